package dev.touchstone.generator.model;

import dev.touchstone.metrics.runtime.Network;
import dev.touchstone.metrics.runtime.Network.Type;
import dev.touchstone.metrics.runtime.Operation.Function;

/**
 * pebble's picture encoder and decoder, from its weights, as {@code generator/training/pebble.py} defines them but for the
 * norm of a cell, which {@link Geometry} computes: both networks see cells as a grid [latent, rows, columns].
 */
final class PictureNetworks {

    /** Residual layers. */
    static final int COARSE = 2;

    static final int ENCODER_MIDDLE = 2;
    static final int DECODER_MIDDLE = 3;
    static final int DECODER_FINE = 2;

    /** Values of the 4 x 4 pixels that the encoder begins with. */
    static final int ENCODER_BLOCK_VALUES = 4 * 4 * 3;

    /** Values of the 2 x 2 pixels that the decoder ends with. */
    static final int DECODER_BLOCK_VALUES = 2 * 2 * 3;

    private final PebbleWeights weights;

    PictureNetworks(PebbleWeights weights) {
        this.weights = weights;
    }

    /** Encoder: {@code picture} [batch, 3, 16 * rows, 16 * columns] to {@code grid} [batch, latent, rows, columns]. */
    Network encoder() {
        Layers net = new Layers("pebble encoder", weights);
        String picture = net.builder.input("picture", Type.FLOAT, -1, 3, -1, -1);
        String h = net.convolution(net.spaceToDepth(picture, 4), "encoder.first");
        h = net.residuals(h, "encoder.middle", ENCODER_MIDDLE);
        h = net.convolution(net.spaceToDepth(net.activation(Function.RELU, h), 2), "encoder.down");
        h = net.residuals(h, "encoder.coarse", COARSE);
        h = net.convolution(net.activation(Function.RELU, h), "encoder.last");
        net.spaceToDepth(h, 2, "grid");
        net.builder.output("grid");
        return net.builder.build();
    }

    /** Decoder: {@code grid} [batch, latent, rows, columns] to {@code picture} [batch, 3, 16 * rows, 16 * columns]. */
    Network decoder() {
        Layers net = new Layers("pebble decoder", weights);
        String grid = net.builder.input("grid", Type.FLOAT, -1, weights.config().latent(), -1, -1);
        String h = net.convolution(net.depthToSpace(grid, 2), "decoder.first");
        h = net.residuals(h, "decoder.coarse", COARSE);
        h = net.depthToSpace(net.convolution(net.activation(Function.RELU, h), "decoder.up"), 2);
        h = net.residuals(h, "decoder.middle", DECODER_MIDDLE);
        h = net.depthToSpace(net.convolution(net.activation(Function.RELU, h), "decoder.up_fine"), 2);
        h = net.residuals(h, "decoder.fine", DECODER_FINE);
        net.depthToSpace(net.convolution(net.activation(Function.RELU, h), "decoder.last"), 2, "picture");
        net.builder.output("picture");
        return net.builder.build();
    }
}
