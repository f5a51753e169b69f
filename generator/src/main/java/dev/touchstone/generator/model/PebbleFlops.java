package dev.touchstone.generator.model;

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
        double ends = 2 * 2 * tokens * PebbleConfig.PATCH_VALUES * width;
        return config.layers() * (linear + attention) + ends;
    }

    /** One image. */
    double decoder(Geometry geometry) {
        double cells = geometry.size / (double) PebbleConfig.CELL_VALUES;
        double channels = config.decoderChannels();
        double ends = 2 * PebbleConfig.CELL_VALUES * channels;
        return 2 * cells * 9 * (ends + config.decoderLayers() * channels * channels);
    }
}
