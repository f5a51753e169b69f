package dev.touchstone.metrics.weights.network;

import dev.touchstone.metrics.weights.onnx.OnnxGraph.Rounding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The networks under LPIPS: torchvision's layers up to the last tap, and the shapes of their weights. */
public enum PerceptualBackbone {
    /** torchvision AlexNet. */
    ALEX(31) {
        @Override
        void build(Layers layers) {
            layers.convolution("features.0", 64, 11, 4, 2).tap();
            layers.pool(Rounding.DOWN).convolution("features.3", 192, 5, 1, 2).tap();
            layers.pool(Rounding.DOWN).convolution("features.6", 384, 3, 1, 1).tap();
            layers.convolution("features.8", 256, 3, 1, 1).tap();
            layers.convolution("features.10", 256, 3, 1, 1).tap();
        }
    },
    /** torchvision VGG-16. */
    VGG(16) {
        @Override
        void build(Layers layers) {
            int[][] blocks = {{0, 2}, {5, 7}, {10, 12, 14}, {17, 19, 21}, {24, 26, 28}};
            int[] channels = {64, 128, 256, 512, 512};
            for (int block = 0; block < blocks.length; block++) {
                if (block > 0) {
                    layers.pool2();
                }
                for (int index : blocks[block]) {
                    layers.convolution("features." + index, channels[block], 3, 1, 1);
                }
                layers.tap();
            }
        }
    },
    /** torchvision SqueezeNet 1.1. */
    SQUEEZE(17) {
        @Override
        void build(Layers layers) {
            layers.convolution("features.0", 64, 3, 2, 0).tap();
            layers.pool(Rounding.UP).fire(3, 16, 64).fire(4, 16, 64).tap();
            layers.pool(Rounding.UP).fire(6, 32, 128).fire(7, 32, 128).tap();
            layers.pool(Rounding.UP).fire(9, 48, 192).tap();
            layers.fire(10, 48, 192).tap();
            layers.fire(11, 64, 256).tap();
            layers.fire(12, 64, 256).tap();
        }
    };

    private final int smallestSide;

    PerceptualBackbone(int smallestSide) {
        this.smallestSide = smallestSide;
    }

    abstract void build(Layers layers);

    /** Pixels of the shortest side of which the poolings leave something. */
    public int smallestSide() {
        return smallestSide;
    }

    /** The name in options. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Shapes of the weights that LPIPS uses. */
    public Map<String, List<Integer>> shapes() {
        ShapeLayers layers = new ShapeLayers();
        build(layers);
        return layers.shapes;
    }

    /** Shapes of the linear weights. */
    public Map<String, List<Integer>> linearShapes() {
        ShapeLayers layers = new ShapeLayers();
        build(layers);
        Map<String, List<Integer>> shapes = new TreeMap<>();
        for (int i = 0; i < layers.taps.size(); i++) {
            shapes.put("lin" + i + ".model.1.weight", List.of(1, layers.taps.get(i), 1, 1));
        }
        return shapes;
    }

    /** What a network is made of, in order. */
    abstract static class Layers {
        private int channels = 3;

        /** A convolution with bias and ReLU. */
        Layers convolution(String name, int out, int kernel, int stride, int padding) {
            convolve(name, out, channels, kernel, stride, padding);
            channels = out;
            return this;
        }

        /** Squeeze to few channels, then 1 x 1 and 3 x 3 side by side. */
        Layers fire(int index, int squeeze, int expand) {
            fire("features." + index, squeeze, expand, channels);
            channels = 2 * expand;
            return this;
        }

        int channels() {
            return channels;
        }

        abstract void convolve(String name, int out, int in, int kernel, int stride, int padding);

        abstract void fire(String name, int squeeze, int expand, int in);

        /** Maximum over 3 x 3 windows, stride 2. */
        abstract Layers pool(Rounding rounding);

        /** Maximum over 2 x 2 windows, stride 2. */
        abstract Layers pool2();

        /** Hands out the last value. */
        abstract void tap();
    }

    private static final class ShapeLayers extends Layers {
        private final Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        private final List<Integer> taps = new ArrayList<>();

        @Override
        void convolve(String name, int out, int in, int kernel, int stride, int padding) {
            shapes.put(name + ".weight", List.of(out, in, kernel, kernel));
            shapes.put(name + ".bias", List.of(out));
        }

        @Override
        void fire(String name, int squeeze, int expand, int in) {
            convolve(name + ".squeeze", squeeze, in, 1, 1, 0);
            convolve(name + ".expand1x1", expand, squeeze, 1, 1, 0);
            convolve(name + ".expand3x3", expand, squeeze, 3, 1, 1);
        }

        @Override
        Layers pool(Rounding rounding) {
            return this;
        }

        @Override
        Layers pool2() {
            return this;
        }

        @Override
        void tap() {
            taps.add(channels());
        }
    }
}
