package dev.touchstone.eval.training;

import dev.touchstone.metrics.feature.Attribute;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How often a head's most probable value is the true one, on held-back scenes.
 *
 * @param n scenes to which the attribute applies
 * @param correct of these, how many the head got right
 */
record HeadAccuracy(int n, int correct) {

    private static final int BATCH = 64;

    /** Share of right answers in [0, 1]. */
    double share() {
        return n == 0 ? 0 : correct / (double) n;
    }

    /** Accuracy per attribute that occurs at all, in attribute order. */
    static SortedMap<Attribute, HeadAccuracy> measure(ComputationGraph network, ExampleSource source, int scenes) {
        Map<Attribute, int[]> counts = new EnumMap<>(Attribute.class);
        for (int first = 0; first < scenes; first += BATCH) {
            List<Example> examples = new ArrayList<>(LongStream.range(first, Math.min(scenes, first + BATCH))
                    .parallel()
                    .mapToObj(source::heldBack)
                    .toList());
            INDArray[] outputs = network.output(ExampleBatch.of(examples).input());
            for (Attribute attribute : Attribute.values()) {
                INDArray chosen = outputs[attribute.ordinal()].argMax(1);
                for (int i = 0; i < examples.size(); i++) {
                    String truth = examples.get(i).values().get(attribute);
                    if (truth != null) {
                        int[] count = counts.computeIfAbsent(attribute, key -> new int[2]);
                        count[0]++;
                        count[1] += attribute.choices().get(chosen.getInt(i)).equals(truth) ? 1 : 0;
                    }
                }
            }
        }
        SortedMap<Attribute, HeadAccuracy> result = new TreeMap<>();
        counts.forEach((attribute, count) -> result.put(attribute, new HeadAccuracy(count[0], count[1])));
        return result;
    }
}
