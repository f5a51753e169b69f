package dev.touchstone.eval.golden;

import dev.touchstone.eval.golden.DatasetHeader.Preprocessing;
import dev.touchstone.generator.prompt.ResolutionClass;
import dev.touchstone.generator.scene.Caption;
import dev.touchstone.generator.scene.EditKind;
import dev.touchstone.generator.scene.EditPair;
import dev.touchstone.generator.scene.EditPairSampler;
import dev.touchstone.generator.scene.Phrasing;
import dev.touchstone.generator.scene.Scene;
import dev.touchstone.generator.scene.SceneRenderer;
import dev.touchstone.generator.scene.SceneSampler;
import dev.touchstone.generator.scene.Split;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Builds the golden dataset of the built-in world: the same bytes from the same seed on every machine. */
public final class GoldenBuilder {

    /** Seed of the released dataset {@code builtin/1}. */
    public static final long BUILTIN_SEED = 1;

    /** Images of each workflow in the released dataset. */
    public static final int BUILTIN_IMAGES = 1_024;

    /** Edit pairs in the released dataset. */
    public static final int BUILTIN_EDITS = 96;

    private static final int SIDE_PIXELS = 64;

    /** What an inpainting's input shows where it is masked: mid grey. */
    private static final byte HIDDEN = (byte) 128;

    private final long seed;
    private final int imagesPerWorkflow;
    private final int editPairs;

    /**
     * @param seed of the scenes; training draws from other streams whatever the seed
     * @param imagesPerWorkflow at least 1
     * @param editPairs at least 0
     */
    GoldenBuilder(long seed, int imagesPerWorkflow, int editPairs) {
        this.seed = seed;
        this.imagesPerWorkflow = imagesPerWorkflow;
        this.editPairs = editPairs;
    }

    /**
     * Builds {@code builtin/1} into its folder. Killed at any moment, the folder is as it was, or the same call finishes it.
     *
     * @param out folder of the dataset; if it holds {@code dataset.yaml}, the build must have the digest pinned there
     * @throws GoldenException if it has not; then nothing is changed
     * @throws IOException if the folder cannot be written
     */
    public static GoldenDataset buildBuiltin(Path out, GoldenProgress progress) throws IOException {
        return new GoldenBuilder(BUILTIN_SEED, BUILTIN_IMAGES, BUILTIN_EDITS).build(out, progress);
    }

    GoldenDataset build(Path out, GoldenProgress progress) throws IOException {
        int workflows = Workflow.values().length;
        int total = workflows * imagesPerWorkflow + editPairs;
        AtomicInteger done = new AtomicInteger();
        GoldenImage[] images = new GoldenImage[workflows * imagesPerWorkflow];
        GoldenEdit[] edits = new GoldenEdit[editPairs];
        try (DatasetStaging staging = new DatasetStaging(out)) {
            inParallel(images.length, slot -> {
                images[slot] = image(staging, Workflow.values()[slot / imagesPerWorkflow], slot % imagesPerWorkflow);
                progress.advanced(done.incrementAndGet(), total);
            });
            inParallel(editPairs, index -> {
                edits[index] = edit(staging, index);
                progress.advanced(done.incrementAndGet(), total);
            });
            staging.finish(header(), List.of(images), new ArrayList<>(List.of(edits)));
        }
        return GoldenDataset.open(out);
    }

    private DatasetHeader header() {
        return new DatasetHeader(
                "builtin",
                1,
                "The built-in world",
                "CC0-1.0",
                "Rendered by touchstone golden build builtin: scenes and edits of the golden split, seed " + seed,
                new Preprocessing(SIDE_PIXELS + "x" + SIDE_PIXELS, "none", "srgb-8bit"),
                0,
                "");
    }

    private GoldenImage image(DatasetStaging staging, Workflow workflow, int index) throws IOException {
        Scene scene = SceneSampler.sample(seed, Split.GOLDEN, workflow, index);
        String file = String.format(Locale.ROOT, "images/%s/%05d.png", workflow.id(), index);
        staging.write(file, PngFile.encode(RgbImage.of(SceneRenderer.render(scene, SIDE_PIXELS, SIDE_PIXELS))));
        String key = seed + "/golden/" + workflow.id() + "/" + index;
        return new GoldenImage(file, workflow.id(), scene.values(), Caption.of(scene, Phrasing.full()), key);
    }

    private GoldenEdit edit(DatasetStaging staging, int index) throws IOException {
        EditPair pair = EditPairSampler.sample(seed, Split.GOLDEN, index);
        String name = pairName(index);
        for (ResolutionClass size : ResolutionClass.builtin()) {
            int width = size.widthPixels();
            int height = size.heightPixels();
            write(staging, name, "input.png", editInput(pair, width, height));
            write(staging, name, "mask.png", RgbImage.of(pair.mask(width, height)));
            write(staging, name, "target.png", RgbImage.of(pair.renderAfter(width, height)));
        }
        return new GoldenEdit(
                name,
                pair.kind().id(),
                pair.instruction(),
                Caption.of(pair.after(), Phrasing.full()),
                pair.before().values(),
                pair.after().values());
    }

    /** The picture that an edit starts from; of an inpainting, the masked part is greyed out. */
    public static RgbImage editInput(EditPair pair, int widthPixels, int heightPixels) {
        RgbImage input = RgbImage.of(pair.renderBefore(widthPixels, heightPixels));
        return pair.kind() == EditKind.INPAINT
                ? hidden(input, RgbImage.of(pair.mask(widthPixels, heightPixels)))
                : input;
    }

    private static void write(DatasetStaging staging, String pair, String part, RgbImage image) throws IOException {
        staging.write(
                GoldenDataset.editFile(pair, image.widthPixels(), image.heightPixels(), part), PngFile.encode(image));
    }

    /** Name of the edit with an index, from {@code edit-0001}. */
    static String pairName(int index) {
        return String.format(Locale.ROOT, "edit-%04d", index + 1);
    }

    /** The picture with its masked part greyed out, so that an inpainting cannot copy the answer. */
    private static RgbImage hidden(RgbImage image, RgbImage mask) {
        byte[] rgb = image.rgb().clone();
        for (int i = 0; i < rgb.length; i++) {
            if (mask.rgb()[i] != 0) {
                rgb[i] = HIDDEN;
            }
        }
        return new RgbImage(image.widthPixels(), image.heightPixels(), rgb);
    }

    private interface Slot {
        void fill(int index) throws IOException;
    }

    /** Fixed slots, so that the result does not depend on the number of threads. */
    private static void inParallel(int count, Slot slot) throws IOException {
        try {
            IntStream.range(0, count).parallel().forEach(index -> {
                try {
                    slot.fill(index);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
