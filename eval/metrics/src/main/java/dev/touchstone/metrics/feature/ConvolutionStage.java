package dev.touchstone.metrics.feature;

import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A layer of the feature network: pooling where asked, a convolution with bias, ReLU; channels first, same padding. It is a
 * SameDiff layer because DL4J's own convolution layer of this release never reaches oneDNN: its helper looks for a class that
 * was renamed. See {@code docs/decisions/0001-feature-network-on-deeplearning4j.md}.
 *
 * <p>Public, with a bare constructor and properties, because DL4J writes layers into the model file as JSON and creates
 * them again by name.
 */
public final class ConvolutionStage extends SameDiffLayer {

    private static final long serialVersionUID = 1L;

    /** What surrounds the convolution. */
    public enum Form {
        PLAIN,
        /** Maximum of 2 x 2 before the convolution. */
        POOLED,
        /** The input is added before the ReLU. */
        RESIDUAL
    }

    private int inputChannels;
    private int outputChannels;
    private int kernel;
    private int stride;
    private Form form = Form.PLAIN;

    /** For DL4J's reader. */
    public ConvolutionStage() {}

    ConvolutionStage(int inputChannels, int outputChannels, int kernel, int stride, Form form) {
        if (form == Form.RESIDUAL && (inputChannels != outputChannels || stride != 1)) {
            throw new IllegalArgumentException("residual stage: expected equal channels and stride 1, found "
                    + inputChannels + " -> " + outputChannels + ", stride " + stride);
        }
        this.inputChannels = inputChannels;
        this.outputChannels = outputChannels;
        this.kernel = kernel;
        this.stride = stride;
        this.form = form;
    }

    @Override
    public void defineParameters(SDLayerParams parameters) {
        parameters.addWeightParam("W", kernel, kernel, inputChannels, outputChannels);
        parameters.addBiasParam("b", outputChannels);
    }

    @Override
    public void initializeParameters(Map<String, INDArray> parameters) {
        // He initialisation; a residual branch starts small, so that its stage starts near the identity.
        double deviation = Math.sqrt(2.0 / (kernel * kernel * inputChannels)) * (form == Form.RESIDUAL ? 0.5 : 1.0);
        INDArray weights = parameters.get("W");
        weights.assign(Nd4j.randn(DataType.FLOAT, weights.shape()).muli(deviation));
        parameters.get("b").assign(0);
    }

    @Override
    public SDVariable defineLayer(
            SameDiff graph, SDVariable input, Map<String, SDVariable> parameters, SDVariable mask) {
        SDVariable source = form == Form.POOLED ? graph.cnn().maxPooling2d(input, halving()) : input;
        SDVariable sum = graph.cnn().conv2d(source, parameters.get("W"), parameters.get("b"), convolution());
        return graph.nn().relu(form == Form.RESIDUAL ? sum.add(input) : sum, 0);
    }

    private Conv2DConfig convolution() {
        return Conv2DConfig.builder()
                .kH(kernel)
                .kW(kernel)
                .sH(stride)
                .sW(stride)
                .paddingMode(PaddingMode.SAME)
                .dataFormat(Conv2DConfig.NCHW)
                .weightsFormat(WeightsFormat.YXIO)
                .build();
    }

    private static Pooling2DConfig halving() {
        return Pooling2DConfig.builder()
                .kH(2)
                .kW(2)
                .sH(2)
                .sW(2)
                .isNHWC(false)
                .paddingMode(PaddingMode.SAME)
                .build();
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        InputType.InputTypeConvolutional image = (InputType.InputTypeConvolutional) inputType;
        int shrink = stride * (form == Form.POOLED ? 2 : 1);
        return InputType.convolutional(image.getHeight() / shrink, image.getWidth() / shrink, outputChannels);
    }

    @Override
    public void applyGlobalConfigToLayer(NeuralNetConfiguration.Builder global) {
        // Nothing beyond what the superclass takes over: updater and regularisation.
    }

    public int getInputChannels() {
        return inputChannels;
    }

    public void setInputChannels(int inputChannels) {
        this.inputChannels = inputChannels;
    }

    public int getOutputChannels() {
        return outputChannels;
    }

    public void setOutputChannels(int outputChannels) {
        this.outputChannels = outputChannels;
    }

    public int getKernel() {
        return kernel;
    }

    public void setKernel(int kernel) {
        this.kernel = kernel;
    }

    public int getStride() {
        return stride;
    }

    public void setStride(int stride) {
        this.stride = stride;
    }

    public Form getForm() {
        return form;
    }

    public void setForm(Form form) {
        this.form = form;
    }
}
