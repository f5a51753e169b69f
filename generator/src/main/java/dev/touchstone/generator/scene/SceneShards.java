package dev.touchstone.generator.scene;

import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.file.Sha256;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Writes training scenes in the form that a trainer maps into memory: {@code images.u8} (N x height x width x 3, row-major
 * RGB), {@code captions.txt} (a line each), {@code attributes.u8} (N x attributes: the class index, or 255 where the
 * attribute does not apply) and, last, {@code shard.json}. Uses nothing but the JDK, so that it runs from the bare jar.
 */
public final class SceneShards {

    /** All workflows equally often, but the failure probes, which are the hardest, half as often again. */
    public static final List<Workflow> MIX = List.of(
            Workflow.FAILURE_PROBES,
            Workflow.PORTRAIT_REALISM,
            Workflow.STYLISED_ART,
            Workflow.MARKETING_ASSETS,
            Workflow.FAILURE_PROBES,
            Workflow.EDIT_WORKFLOWS,
            Workflow.PORTRAIT_REALISM,
            Workflow.STYLISED_ART,
            Workflow.FAILURE_PROBES,
            Workflow.MARKETING_ASSETS,
            Workflow.EDIT_WORKFLOWS);

    static final int UNDEFINED = 255;

    /** Images per unit of work: 3 MB at 64 px. */
    private static final int CHUNK = 256;

    private static final long REPORT_NANOS = 2_000_000_000L;

    private final Path folder;
    private final long seed;
    private final int count;
    private final int widthPixels;
    private final int heightPixels;
    private final List<Workflow> mix;

    private SceneShards(Path folder, long seed, int count, int widthPixels, int heightPixels, List<Workflow> mix) {
        if (count < 1 || widthPixels < 1 || heightPixels < 1 || mix.isEmpty()) {
            throw new IllegalArgumentException(
                    "scene shard: expected a count, width and height of 1 or more and a workflow, found " + count + ", "
                            + widthPixels + ", " + heightPixels + " and " + mix);
        }
        this.folder = folder;
        this.seed = seed;
        this.count = count;
        this.widthPixels = widthPixels;
        this.heightPixels = heightPixels;
        this.mix = List.copyOf(mix);
    }

    /** {@code OUT SEED COUNT WIDTH HEIGHT THREADS} */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 6) {
            System.err.println("usage: SceneShards OUT SEED COUNT WIDTH HEIGHT THREADS");
            System.exit(2);
        }
        System.setProperty("java.awt.headless", "true");
        write(
                Path.of(arguments[0]),
                Long.parseLong(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                MIX,
                Integer.parseInt(arguments[5]));
    }

    /**
     * Renders {@code count} training scenes. The files do not depend on the number of threads; their first images do not
     * depend on the count.
     *
     * @param mix the workflows, dealt in this order over and over; one that occurs twice is shown twice as often
     * @throws IOException if the folder cannot be written; what is finished then has no {@code shard.json}
     * @throws IllegalArgumentException if a number is below 1 or the mix is empty
     */
    public static void write(
            Path folder, long seed, int count, int widthPixels, int heightPixels, List<Workflow> mix, int threads)
            throws IOException {
        new SceneShards(folder, seed, count, widthPixels, heightPixels, mix).write(threads);
    }

    private void write(int threads) throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve("shard.json"));
        Path images = folder.resolve("images.u8.part");
        Path attributes = folder.resolve("attributes.u8.part");
        Path captions = folder.resolve("captions.txt.part");
        MessageDigest imageDigests = Sha256.running();
        MessageDigest captionDigest = Sha256.running();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (FileChannel imageFile = create(images);
                FileChannel attributeFile = create(attributes);
                FileChannel captionFile = create(captions)) {
            List<Future<Chunk>> chunks = new ArrayList<>();
            for (int first = 0; first < count; first += CHUNK) {
                int from = first;
                chunks.add(pool.submit(() -> render(from, Math.min(count, from + CHUNK), imageFile, attributeFile)));
            }
            Progress progress = new Progress(count);
            for (int index = 0; index < chunks.size(); index++) {
                Chunk chunk = chunks.set(index, null).get();
                imageDigests.update(chunk.imageDigest());
                captionDigest.update(chunk.captions());
                writeFully(captionFile, ByteBuffer.wrap(chunk.captions()), captionFile.size());
                progress.report(Math.min(count, (index + 1) * CHUNK));
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UncheckedIOException full) {
                throw full.getCause();
            }
            throw new IllegalStateException("scene shard: a scene could not be rendered", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("scene shard: interrupted", stopped);
        } finally {
            pool.shutdownNow();
        }
        move(images, "images.u8");
        move(attributes, "attributes.u8");
        move(captions, "captions.txt");
        Path header = folder.resolve("shard.json.part");
        Files.writeString(header, header(captionDigest, imageDigests));
        move(header, "shard.json");
    }

    private Chunk render(int from, int to, FileChannel imageFile, FileChannel attributeFile) {
        int imageBytes = widthPixels * heightPixels * 3;
        Attribute[] columns = Attribute.values();
        ByteBuffer images = ByteBuffer.allocate((to - from) * imageBytes);
        ByteBuffer attributes = ByteBuffer.allocate((to - from) * columns.length);
        StringBuilder captions = new StringBuilder();
        for (int index = from; index < to; index++) {
            Scene scene = scene(index);
            Phrasing phrasing = Phrasing.sampled(new CounterRandom(seed, "phrasing/training", index));
            captions.append(Caption.of(scene, phrasing)).append('\n');
            for (Attribute column : columns) {
                attributes.put((byte) scene.value(column)
                        .map(column.choices()::indexOf)
                        .orElse(UNDEFINED)
                        .intValue());
            }
            put(SceneRenderer.render(scene, widthPixels, heightPixels), images);
        }
        byte[] digest = Sha256.running().digest(images.array());
        try {
            writeFully(imageFile, images.flip(), (long) from * imageBytes);
            writeFully(attributeFile, attributes.flip(), (long) from * columns.length);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new Chunk(captions.toString().getBytes(StandardCharsets.UTF_8), digest);
    }

    /** The scene at a place of the shard: the workflows in turn, each counting its own scenes. */
    private Scene scene(int index) {
        int turn = index % mix.size();
        Workflow workflow = mix.get(turn);
        long perRound = mix.stream().filter(workflow::equals).count();
        long earlier = mix.subList(0, turn).stream().filter(workflow::equals).count();
        return SceneSampler.sample(seed, Split.TRAINING, workflow, index / mix.size() * perRound + earlier);
    }

    private void put(BufferedImage image, ByteBuffer bytes) {
        for (int pixel :
                image.getRGB(0, 0, widthPixels, heightPixels, new int[widthPixels * heightPixels], 0, widthPixels)) {
            bytes.put((byte) (pixel >> 16)).put((byte) (pixel >> 8)).put((byte) pixel);
        }
    }

    private String header(MessageDigest captions, MessageDigest images) {
        String columns = List.of(Attribute.values()).stream()
                .map(attribute ->
                        "    {\"name\": \"" + attribute.id() + "\", \"choices\": " + quoted(attribute.choices()) + "}")
                .collect(Collectors.joining(",\n"));
        return """
                {
                  "schemaVersion": 1,
                  "seed": %d,
                  "count": %d,
                  "widthPixels": %d,
                  "heightPixels": %d,
                  "mix": %s,
                  "captionsSha256": "%s",
                  "imageChunksSha256": "%s",
                  "imagesPerChunk": %d,
                  "vocabulary": %s,
                  "attributes": [
                %s
                  ]
                }
                """.formatted(
                        seed,
                        count,
                        widthPixels,
                        heightPixels,
                        quoted(mix.stream().map(Workflow::id).toList()),
                        HexFormat.of().formatHex(captions.digest()),
                        HexFormat.of().formatHex(images.digest()),
                        CHUNK,
                        quoted(Caption.vocabulary()),
                        columns);
    }

    private static String quoted(List<String> names) {
        return names.stream().collect(Collectors.joining("\", \"", "[\"", "\"]"));
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    private static void writeFully(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    private void move(Path part, String name) throws IOException {
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What the writing thread needs of a chunk whose pictures are on the disk. */
    private record Chunk(byte[] captions, byte[] imageDigest) {}

    /** Plain lines on stderr, every two seconds and at the end. */
    private static final class Progress {

        private final int count;
        private final long start = System.nanoTime();
        private long last = start;

        Progress(int count) {
            this.count = count;
        }

        void report(int done) {
            long now = System.nanoTime();
            if (done < count && now - last < REPORT_NANOS) {
                return;
            }
            last = now;
            double rate = done / Math.max(1e-9, (now - start) * 1e-9);
            System.err.printf(
                    Locale.ROOT,
                    "scenes: %d of %d, %.0f a second, %.0f s left%n",
                    done,
                    count,
                    rate,
                    (count - done) / rate);
        }
    }
}
