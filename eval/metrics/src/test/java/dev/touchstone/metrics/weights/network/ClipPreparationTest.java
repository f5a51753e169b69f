package dev.touchstone.metrics.weights.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.PlanarImage;
import dev.touchstone.metrics.weights.network.ClipImageFeatures.Preparation;
import dev.touchstone.metrics.weights.onnx.OnnxGraph;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The square that CLIP's own preparation makes of every file of the decoders' corpus: resized in the file's mode, cut, then converted.
 * Digests by {@code .ci/reference/decoder_corpus.py}: Pillow 9.4.0, in the order of {@code _transform} of openai/CLIP d05afc4.
 */
class ClipPreparationTest {

    private static final int SIDE = 24;
    private static final float[] MEAN = {.48145466f, .4578275f, .40821073f};
    private static final float[] DEVIATION = {.26862954f, .26130258f, .27577711f};

    @TempDir
    private Path folder;

    @Test
    void everyKindOfFileBecomesTheSquareOfTheOriginal() throws IOException, NoSuchAlgorithmException {
        OnnxGraph graph = new OnnxGraph("means");
        graph.output("image_embeds", graph.globalAverage(graph.input("pixel_values", "n", 3, SIDE, SIDE)), "n", 3);
        Path model = Files.write(folder.resolve("clip.onnx"), graph.model());
        Map<String, byte[]> files = corpus();
        ImageDecoder decoder = new ImageDecoder();
        List<String> different = new ArrayList<>();
        try (InputStream squares = ImageDecoder.class.getResourceAsStream("clip-squares.tsv");
                ClipImageFeatures clip = ClipImageFeatures.open(model, Preparation.CLIP, 1)) {
            String[] lines = new String(squares.readAllBytes(), StandardCharsets.UTF_8).split("\n");
            assertThat(lines).hasSizeGreaterThan(150);
            for (String line : lines) {
                String[] cells = line.split("\t");
                PlanarImage planes = clip.prepare(decoder.decodeSource(files.get(cells[0]), cells[0]));
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(samples(planes));
                if (!HexFormat.of().formatHex(digest).equals(cells[1])) {
                    different.add(cells[0]);
                }
            }
        }
        assertThat(different).isEmpty();
    }

    /** Interleaved bytes of normalised planes. */
    private static byte[] samples(PlanarImage planes) {
        byte[] rgb = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < rgb.length; i++) {
            int channel = i % 3;
            float value = planes.values()[channel * SIDE * SIDE + i / 3];
            rgb[i] = (byte) Math.round((value * DEVIATION[channel] + MEAN[channel]) * 255);
        }
        return rgb;
    }

    private static Map<String, byte[]> corpus() throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(ImageDecoder.class.getResourceAsStream("corpus.zip"))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }
}
