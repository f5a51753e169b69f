package dev.touchstone.metrics.weights.network;

import dev.touchstone.metrics.weights.container.StateDict;
import dev.touchstone.metrics.weights.container.WeightTensor;
import dev.touchstone.metrics.weights.kernel.BatchedProduct;
import dev.touchstone.metrics.weights.kernel.BlockConvolution;
import dev.touchstone.metrics.weights.kernel.DifferenceMap;
import dev.touchstone.metrics.weights.kernel.PairLayer;
import dev.touchstone.metrics.weights.kernel.PairMaps;
import dev.touchstone.metrics.weights.kernel.PairScratch;
import dev.touchstone.metrics.weights.kernel.WindowConvolution;
import dev.touchstone.metrics.weights.kernel.WinogradConvolution;
import dev.touchstone.metrics.weights.onnx.OnnxGraph.Rounding;
import java.util.ArrayList;
import java.util.List;

/** The layers of a backbone under LPIPS, ready to run: at each tap the two images' channels are compared. Thread-safe. */
final class PerceptualLayers extends PerceptualBackbone.Layers {

    private final StateDict weights;
    private final StateDict linear;
    private final BatchedProduct product;
    private final List<Step> steps = new ArrayList<>();
    private int taps;

    PerceptualLayers(PerceptualBackbone backbone, StateDict weights, StateDict linear, BatchedProduct product) {
        this.weights = weights;
        this.linear = linear;
        this.product = product;
        backbone.build(this);
    }

    /** Runs a pair; one map of differences for each tap, in their order. */
    List<DifferenceMap> run(PairMaps images, PairScratch scratch) {
        List<DifferenceMap> differences = new ArrayList<>();
        PairMaps maps = images;
        for (Step step : steps) {
            maps = step.run(maps, scratch, differences);
        }
        return differences;
    }

    @Override
    void convolve(String name, int out, int in, int kernel, int stride, int padding) {
        PairLayer layer = layer(name, stride, padding);
        steps.add((maps, scratch, differences) -> layer.apply(maps, scratch));
    }

    @Override
    void fire(String name, int squeeze, int expand, int in) {
        PairLayer squeezing = layer(name + ".squeeze", 1, 0);
        PairLayer narrow = layer(name + ".expand1x1", 1, 0);
        PairLayer wide = layer(name + ".expand3x3", 1, 1);
        steps.add((maps, scratch, differences) -> {
            PairMaps squeezed = squeezing.apply(maps, scratch);
            PairMaps both = scratch.next(maps.height(), maps.width(), narrow.channels() + wide.channels());
            narrow.apply(squeezed, both, 0, scratch);
            wide.apply(squeezed, both, narrow.channels(), scratch);
            return both;
        });
    }

    private PairLayer layer(String name, int stride, int padding) {
        WeightTensor weight = weights.tensor(name + ".weight");
        WeightTensor bias = weights.tensor(name + ".bias");
        int kernel = weight.shape().get(2);
        if (BlockConvolution.fits(kernel, stride)) {
            return new BlockConvolution(weight, bias, stride, padding, product);
        }
        // A few input channels make short lines, and the transforms take longer than what they save.
        return WinogradConvolution.fits(kernel, stride) && weight.shape().get(1) > 3
                ? new WinogradConvolution(weight, bias, padding, product)
                : new WindowConvolution(weight, bias, stride, padding, product);
    }

    @Override
    PerceptualBackbone.Layers pool(Rounding rounding) {
        steps.add((maps, scratch, differences) -> maps.pooled(3, 2, rounding, scratch));
        return this;
    }

    @Override
    PerceptualBackbone.Layers pool2() {
        steps.add((maps, scratch, differences) -> maps.pooled(2, 2, Rounding.DOWN, scratch));
        return this;
    }

    @Override
    void tap() {
        float[] factors = linear.tensor("lin" + taps++ + ".model.1.weight").values();
        steps.add((maps, scratch, differences) -> {
            differences.add(DifferenceMap.of(maps, factors));
            return maps;
        });
    }

    private interface Step {
        PairMaps run(PairMaps maps, PairScratch scratch, List<DifferenceMap> differences);
    }
}
