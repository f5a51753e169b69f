package dev.touchstone.metrics.feature;

import dev.touchstone.metrics.feature.ConvolutionStage.Form;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * The shape of {@code touchstone-1}: seven convolution stages over 64 x 64 pixels; means, peaks and a layout vector of the
 * picture; and one softmax head per scene attribute.
 */
public final class FeatureNetwork {

    /** Side of the square input in pixels. */
    public static final int SIDE = 64;

    public static final int CHANNELS = 3;

    /** Vertices whose activations serve perceptual distances, shallow to deep. */
    public static final List<String> TAPS = List.of("stage-1", "stage-2", "stage-4", "stage-5", "stage-7");

    /** Channels of each tap. */
    public static final List<Integer> TAP_CHANNELS = List.of(32, 48, 96, 128, 128);

    /** Means over the picture that make the feature vector, in order. */
    public static final List<String> POOLED = List.of("mean-middle", "mean-late");

    /** Length of the feature vector. */
    public static final int DIMENSION = 96 + 128;

    private static final int LAYOUT_CHANNELS = 16;
    private static final int LAYOUT_UNITS = 128;

    private FeatureNetwork() {}

    /** An untrained network with seeded weights. */
    public static ComputationGraph create(long seed, ISchedule learningRate) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam.Builder().learningRateSchedule(learningRate).build())
                .weightInit(WeightInit.RELU)
                .activation(Activation.RELU)
                // One spoilt batch must not undo an hour; ordinary gradients stay below.
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(2.0)
                .graphBuilder()
                .addInputs("image");
        graph.addLayer("stage-1", new ConvolutionStage(CHANNELS, 32, 5, 2, Form.PLAIN), "image")
                .addLayer("stage-2", new ConvolutionStage(32, 48, 3, 1, Form.PLAIN), "stage-1")
                .addLayer("stage-3", new ConvolutionStage(48, 96, 3, 1, Form.POOLED), "stage-2")
                .addLayer("stage-4", new ConvolutionStage(96, 96, 3, 1, Form.RESIDUAL), "stage-3")
                .addLayer("stage-5", new ConvolutionStage(96, 128, 3, 1, Form.POOLED), "stage-4")
                .addLayer("stage-6", new ConvolutionStage(128, 128, 3, 1, Form.RESIDUAL), "stage-5")
                .addLayer("stage-7", new ConvolutionStage(128, 128, 3, 1, Form.RESIDUAL), "stage-6")
                .addLayer("mean-middle", new GlobalPoolingLayer(PoolingType.AVG), "stage-4")
                .addLayer("mean-late", new GlobalPoolingLayer(PoolingType.AVG), "stage-7")
                // A mouth covers one cell in sixty: the mean alone hides it.
                .addLayer("peak-late", new GlobalPoolingLayer(PoolingType.MAX), "stage-7")
                .addLayer("layout-map", new ConvolutionStage(128, LAYOUT_CHANNELS, 1, 1, Form.PLAIN), "stage-7")
                .addLayer("layout", new DenseLayer.Builder().nOut(LAYOUT_UNITS).build(), "layout-map")
                .addVertex("context", new MergeVertex(), "mean-middle", "mean-late", "peak-late", "layout");
        for (Attribute attribute : Attribute.values()) {
            graph.addLayer(head(attribute), output(attribute), "context");
        }
        graph.setOutputs(heads().toArray(String[]::new)).setInputTypes(InputType.convolutional(SIDE, SIDE, CHANNELS));
        ComputationGraph network = new ComputationGraph(graph.build());
        network.init();
        return network;
    }

    private static OutputLayer output(Attribute attribute) {
        return new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .weightInit(WeightInit.XAVIER)
                .nOut(attribute.choices().size())
                .build();
    }

    /** Name of an attribute's output. */
    public static String head(Attribute attribute) {
        return "head-" + attribute.id();
    }

    /** Names of all outputs, in attribute order. */
    public static List<String> heads() {
        List<String> heads = new ArrayList<>();
        for (Attribute attribute : Attribute.values()) {
            heads.add(head(attribute));
        }
        return heads;
    }
}
