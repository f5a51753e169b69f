package dev.touchstone.metrics.feature;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/**
 * Reads a DL4J model file. DL4J finds the classes of own layers by the names in the file, and files from before the metrics had a
 * module of their own name them in another package; the file itself, and so its digest, stays as it was published.
 */
public final class ModelFile {

    private static final String CONFIGURATION = "configuration.json";
    private static final String OLD_PACKAGE = "\"dev.touchstone.eval.feature.";
    private static final String PACKAGE = "\"" + ModelFile.class.getPackageName() + ".";

    private ModelFile() {}

    /**
     * @param model bytes whose digest was checked: DL4J loads classes by the names in it
     * @param updater whether the optimiser's state is read too
     * @throws IOException if it is no DL4J model
     */
    public static ComputationGraph read(byte[] model, boolean updater) throws IOException {
        return ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(withNamesOfToday(model)), updater);
    }

    private static byte[] withNamesOfToday(byte[] model) throws IOException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream(model.length);
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(model));
                ZipOutputStream out = new ZipOutputStream(copy)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                if (entry.getName().equals(CONFIGURATION)) {
                    content = new String(content, StandardCharsets.UTF_8)
                            .replace(OLD_PACKAGE, PACKAGE)
                            .getBytes(StandardCharsets.UTF_8);
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(content);
                out.closeEntry();
            }
        }
        return copy.toByteArray();
    }
}
