package dev.touchstone.metrics.weights.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The 94 convolutions of the FID Inception network, by name. */
public final class InceptionUnits {

    /** Classes of the classifier, of the 2015 graph. */
    static final int CLASSES = 1008;

    /** Length of the pooled feature. */
    static final int FEATURES = 2048;

    /** A convolution without bias, batch-norm, ReLU. */
    record Unit(String name, List<Integer> shape, int stride, int padHeight, int padWidth) {}

    private final Map<String, Unit> units = new LinkedHashMap<>();

    public InceptionUnits() {
        try (InputStream in = InceptionUnits.class.getResourceAsStream("inception-v3-fid.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] fields = line.split(" ");
                int[] n = new int[7];
                for (int i = 0; i < 7; i++) {
                    n[i] = Integer.parseInt(fields[i + 1]);
                }
                units.put(fields[0], new Unit(fields[0], List.of(n[0], n[1], n[2], n[3]), n[4], n[5], n[6]));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Unit unit(String name) {
        return units.get(name);
    }

    /** Every key of the state dict with its shape. */
    public Map<String, List<Integer>> shapes() {
        Map<String, List<Integer>> shapes = new TreeMap<>();
        for (Unit unit : units.values()) {
            shapes.put(unit.name() + ".conv.weight", unit.shape());
            for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
                shapes.put(unit.name() + ".bn." + part, List.of(unit.shape().get(0)));
            }
        }
        shapes.put("fc.weight", List.of(CLASSES, FEATURES));
        shapes.put("fc.bias", List.of(CLASSES));
        return shapes;
    }
}
