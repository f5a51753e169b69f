package dev.touchstone.eval.training;

import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.feature.FeatureNetwork;
import dev.touchstone.metrics.feature.NetworkInput;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Examples as plain arrays, made on any thread; they become native tensors on the training thread.
 *
 * @param size n
 * @param pixels {@code [n, 3, 64, 64]}
 * @param labels one-hot classes per attribute, {@code [n, choices]} each
 * @param masks per attribute {@code [n]}: 1 where it applies, else 0
 */
record ExampleBatch(int size, float[] pixels, float[][] labels, float[][] masks) {

    static ExampleBatch of(List<Example> examples) {
        int size = examples.size();
        Attribute[] attributes = Attribute.values();
        float[] pixels = new float[size * NetworkInput.LENGTH];
        float[][] labels = new float[attributes.length][];
        float[][] masks = new float[attributes.length][size];
        for (Attribute attribute : attributes) {
            labels[attribute.ordinal()] = new float[size * attribute.choices().size()];
        }
        for (int i = 0; i < size; i++) {
            NetworkInput.write(examples.get(i).image(), pixels, i);
            for (Attribute attribute : examples.get(i).values().keySet()) {
                int choice =
                        attribute.choices().indexOf(examples.get(i).values().get(attribute));
                labels[attribute.ordinal()][i * attribute.choices().size() + choice] = 1;
                masks[attribute.ordinal()][i] = 1;
            }
        }
        return new ExampleBatch(size, pixels, labels, masks);
    }

    /** The pixels as the network's input. */
    INDArray input() {
        return tensor(pixels, size, FeatureNetwork.CHANNELS, FeatureNetwork.SIDE, FeatureNetwork.SIDE);
    }

    MultiDataSet dataSet() {
        INDArray[] targets = new INDArray[labels.length];
        INDArray[] weights = new INDArray[labels.length];
        for (int i = 0; i < labels.length; i++) {
            targets[i] = tensor(labels[i], size, labels[i].length / size);
            weights[i] = tensor(masks[i], size, 1);
        }
        return new MultiDataSet(new INDArray[] {input()}, targets, null, weights);
    }

    private static INDArray tensor(float[] values, long... shape) {
        return Nd4j.create(values, shape, 'c');
    }
}
