package dev.touchstone.generator.model;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which tensors a pebble of given sizes has, by PyTorch name. */
final class PebbleShapes {

    private final SortedMap<String, List<Integer>> shapes = new TreeMap<>();

    private PebbleShapes() {}

    static SortedMap<String, List<Integer>> of(PebbleConfig config) {
        PebbleShapes all = new PebbleShapes();
        all.text(config);
        all.flow(config);
        all.encoder(config);
        all.decoder(config);
        return all.shapes;
    }

    private void text(PebbleConfig config) {
        int width = config.width();
        shapes.put("text.token.weight", List.of(config.vocabulary(), width));
        shapes.put("text.place", List.of(config.textTokens(), width));
        for (int i = 0; i < config.textLayers(); i++) {
            String block = "text.blocks." + i;
            norm(block + ".norm1", width);
            linear(block + ".qkv", 3 * width, width);
            linear(block + ".out", width, width);
            norm(block + ".norm2", width);
            linear(block + ".up", 4 * width, width);
            linear(block + ".down", width, 4 * width);
        }
        norm("text.norm", width);
    }

    private void flow(PebbleConfig config) {
        int width = config.width();
        linear("flow.cell_in", width, config.latent());
        linear("flow.position", width, PebbleConfig.POSITION_FEATURES);
        linear("flow.condition1", width, PebbleConfig.CONDITION_FEATURES);
        linear("flow.condition2", width, width);
        linear("flow.pooled", width, width);
        linear("flow.modulation", 6 * width, width);
        for (int i = 0; i < config.layers(); i++) {
            String block = "flow.blocks." + i;
            shapes.put(block + ".table", List.of(6, width));
            linear(block + ".qkv", 3 * width, width);
            linear(block + ".out", width, width);
            norm(block + ".cross_norm", width);
            linear(block + ".cross_q", width, width);
            linear(block + ".cross_kv", 2 * width, width);
            linear(block + ".cross_out", width, width);
            linear(block + ".up", 4 * width, width);
            linear(block + ".down", width, 4 * width);
        }
        linear("flow.final_modulation", 2 * width, width);
        linear("flow.cell_out", config.latent(), width);
    }

    private void encoder(PebbleConfig config) {
        convolution("encoder.first", config.middle(), PictureNetworks.ENCODER_BLOCK_VALUES, 3);
        residuals("encoder.middle", PictureNetworks.ENCODER_MIDDLE, config.middle());
        convolution("encoder.down", config.coarse(), 4 * config.middle(), 1);
        residuals("encoder.coarse", PictureNetworks.COARSE, config.coarse());
        convolution("encoder.last", config.latent() / 4, config.coarse(), 1);
    }

    private void decoder(PebbleConfig config) {
        convolution("decoder.first", config.coarse(), config.latent() / 4, 3);
        residuals("decoder.coarse", PictureNetworks.COARSE, config.coarse());
        convolution("decoder.up", 4 * config.middle(), config.coarse(), 1);
        residuals("decoder.middle", PictureNetworks.DECODER_MIDDLE, config.middle());
        convolution("decoder.up_fine", 4 * config.fine(), config.middle(), 1);
        residuals("decoder.fine", PictureNetworks.DECODER_FINE, config.fine());
        convolution("decoder.last", PictureNetworks.DECODER_BLOCK_VALUES, config.fine(), 3);
    }

    private void residuals(String name, int count, int channels) {
        for (int i = 0; i < count; i++) {
            convolution(name + "." + i + ".convolution", channels, channels, 3);
        }
    }

    private void linear(String name, int out, int in) {
        shapes.put(name + ".weight", List.of(out, in));
        shapes.put(name + ".bias", List.of(out));
    }

    private void norm(String name, int width) {
        shapes.put(name + ".weight", List.of(width));
        shapes.put(name + ".bias", List.of(width));
    }

    private void convolution(String name, int out, int in, int side) {
        shapes.put(name + ".weight", List.of(out, in, side, side));
        shapes.put(name + ".bias", List.of(out));
    }
}
