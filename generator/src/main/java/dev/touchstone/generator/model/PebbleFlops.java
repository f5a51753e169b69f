package dev.touchstone.generator.model;

import dev.touchstone.metrics.runtime.Network;
import dev.touchstone.metrics.runtime.Operation;
import java.util.HashMap;
import java.util.Map;

/** Floating-point operations of pebble's products, from its sizes; a multiply-add is two. */
final class PebbleFlops {

    private final PebbleConfig config;
    private final double width;

    PebbleFlops(PebbleConfig config) {
        this.config = config;
        this.width = config.width();
    }

    /** One prompt, with the matrices of every cross attention. */
    double textEncoder() {
        double tokens = config.textTokens();
        double block = 2 * tokens * 12 * width * width + 4 * tokens * tokens * width;
        double handedOver = 2 * tokens * config.heads() * width * (2 * width + 1);
        return config.textLayers() * block + config.layers() * handedOver;
    }

    /** One evaluation for one image and one prompt; what a batch shares (time, positions) is left out. */
    double flowTransformer(Geometry geometry) {
        double tokens = geometry.tokens;
        double linear = 2 * tokens * 12 * width * width;
        double attention = 4 * tokens * width * (tokens + config.heads() * config.textTokens());
        double ends = 2 * 2 * tokens * config.latent() * width;
        return config.layers() * (linear + attention) + ends;
    }

    /**
     * One image's convolutions: a kernel's values times the places that it is computed at.
     *
     * @param network with one input
     * @param side in pixels of a place of its input
     */
    static double convolutions(Network network, int side, Geometry geometry) {
        Map<String, Integer> sides = new HashMap<>();
        sides.put(network.inputs().get(0).name(), side);
        double operations = 0;
        for (Operation operation : network.operations()) {
            int place = sides.get(operation.inputs().get(0));
            if (operation instanceof Operation.SpaceToDepth op) {
                place *= op.block();
            } else if (operation instanceof Operation.DepthToSpace op) {
                place /= op.block();
            } else if (operation instanceof Operation.Convolution op) {
                double places = geometry.width * geometry.height / (place * place);
                operations += 2 * places * network.parameters().get(op.weight()).values().length;
            }
            for (String output : operation.outputs()) {
                sides.put(output, place);
            }
        }
        return operations;
    }
}
