package dev.touchstone.metrics.weights.network;

import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.image.PillowResize;
import dev.touchstone.metrics.image.PlanarImage;
import dev.touchstone.metrics.image.ResampleFilter;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.SourceImage;
import dev.touchstone.metrics.image.SourceResize;
import dev.touchstone.metrics.weights.container.WeightFile;
import dev.touchstone.metrics.weights.container.WeightsException;
import dev.touchstone.metrics.weights.onnx.OnnxNetwork;
import dev.touchstone.metrics.weights.onnx.OnnxNetwork.Floats;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Embeddings of a CLIP image tower from an ONNX file: a square by Pillow's bicubic, as CMMD or as CLIP itself prepares it,
 * then CLIP's mean and deviation. The model needs one float input {@code [n, 3, side, side]}; its output
 * {@code image_embeds} is taken, or else its only two-axis output.
 */
public final class ClipImageFeatures implements ImageNetwork {

    private static final float[] MEAN = {.48145466f, .4578275f, .40821073f};
    private static final float[] DEVIATION = {.26862954f, .26130258f, .27577711f};

    /** How an image becomes the tower's square. */
    public enum Preparation {
        /** The centred square, then resized. */
        CMMD,
        /** The shorter side resized in the mode of the file, then the centre cut out, then converted to RGB. */
        CLIP;

        /** CLIP's preparation has a number, since it resizes before it converts. */
        private String text(int side) {
            return name().toLowerCase(java.util.Locale.ROOT) + "-" + side + (this == CLIP ? "-2" : "");
        }
    }

    private final Preparation preparation;
    private final OnnxNetwork network;
    private final String digest;
    private final String input;
    private final String output;
    private final int side;
    private final int dimension;

    private ClipImageFeatures(OnnxNetwork network, String digest, Preparation preparation) {
        this.preparation = preparation;
        this.network = network;
        this.digest = digest;
        input = network.inputs().get(0);
        List<Long> shape = network.inputShape(input);
        if (network.inputs().size() != 1 || shape.size() != 4 || shape.get(1) != 3) {
            throw new WeightsException("clip: expected a model with one input [n, 3, side, side], found "
                    + network.inputs() + " " + shape);
        }
        side = shape.get(2) > 0 ? shape.get(2).intValue() : 224;
        output = network.embedding("image_embeds");
        float[] probe = network.run(Map.of(input, Floats.allocate(1, 3, side, side)), Set.of(output))
                .get(output);
        dimension = probe.length;
    }

    /**
     * Opens a model.
     *
     * @throws WeightsException if ONNX Runtime refuses it or it has other inputs or outputs
     */
    public static ClipImageFeatures open(Path onnx, Preparation preparation, int threads) {
        return new ClipImageFeatures(
                new OnnxNetwork(onnx.toString(), WeightFile.bytes(onnx), threads),
                WeightFile.sha256(onnx),
                preparation);
    }

    @Override
    public String name() {
        return "clip-image";
    }

    @Override
    public String weightsDigest() {
        return digest;
    }

    @Override
    public String preprocessing() {
        return preparation.text(side);
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public PlanarImage prepare(RgbImage image) {
        return prepare(SourceImage.opaque(image));
    }

    @Override
    public PlanarImage prepare(SourceImage source) {
        RgbImage image = source.rgb();
        int shorter = Math.min(image.widthPixels(), image.heightPixels());
        RgbImage square;
        if (preparation == Preparation.CMMD) {
            RgbImage middle =
                    cropped(image, (image.widthPixels() - shorter) / 2, (image.heightPixels() - shorter) / 2, shorter);
            square = PillowResize.bytes(middle, ResampleFilter.BICUBIC, side, side);
        } else {
            int width = (int) ((long) side * image.widthPixels() / shorter);
            int height = (int) ((long) side * image.heightPixels() / shorter);
            RgbImage small = SourceResize.bytes(source, ResampleFilter.BICUBIC, width, height);
            // torchvision rounds half to even.
            square =
                    cropped(small, (int) Math.rint((width - side) / 2.0), (int) Math.rint((height - side) / 2.0), side);
        }
        PlanarImage planes = PlanarImage.of(square);
        float[] values = planes.values();
        int pixels = side * side;
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] / 255f - MEAN[i / pixels]) / DEVIATION[i / pixels];
        }
        return planes;
    }

    private static RgbImage cropped(RgbImage image, int left, int top, int square) {
        byte[] rgb = new byte[3 * square * square];
        for (int y = 0; y < square; y++) {
            System.arraycopy(
                    image.rgb(), ((top + y) * image.widthPixels() + left) * 3, rgb, 3 * y * square, 3 * square);
        }
        return new RgbImage(square, square, rgb);
    }

    @Override
    public FeatureMatrix run(List<PlanarImage> images) {
        Floats batch = Floats.allocate(images.size(), 3, side, side);
        images.forEach(image -> batch.data().put(image.values()));
        return new FeatureMatrix(
                images.size(),
                dimension,
                network.run(Map.of(input, batch), Set.of(output)).get(output));
    }

    @Override
    public void close() {
        network.close();
    }
}
