package dev.touchstone.generator.model;

import dev.touchstone.generator.runtime.Tensor;
import dev.touchstone.generator.runtime.TensorRuntime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Transformer and decoder bound to buffers for one shape of batch; a step moves nothing but the pictures. */
final class PebbleSession implements AutoCloseable {

    private final Geometry geometry;
    private final int groups;
    private final Tensor.Floats patches;
    private final Tensor.Floats condition = Tensor.Floats.zeros(1, PebbleConfig.CONDITION_FEATURES);
    private final Tensor.Floats prediction;
    private final Tensor.Floats cells;
    private final Tensor.Floats picture;
    private final TensorRuntime.Binding flow;
    private final TensorRuntime.Binding decoder;
    private final float[] wanted;
    private final float[] unwanted;

    PebbleSession(PromptContext context, TensorRuntime flow, TensorRuntime decoder, Geometry geometry, int batch) {
        this.geometry = geometry;
        groups = context.groups();
        patches = Tensor.Floats.zeros(batch, geometry.tokens, PebbleConfig.PATCH_VALUES);
        prediction = Tensor.Floats.zeros(groups, batch * geometry.tokens, PebbleConfig.PATCH_VALUES);
        cells = Tensor.Floats.zeros(batch, PebbleConfig.CELL_VALUES, geometry.height / 2, geometry.width / 2);
        picture = Tensor.Floats.zeros(batch, PebbleConfig.CELL_VALUES, geometry.height / 2, geometry.width / 2);
        wanted = new float[patches.size()];
        unwanted = new float[patches.size()];

        Map<String, Tensor> inputs = new LinkedHashMap<>(context.values());
        inputs.put("patches", patches);
        inputs.put(
                "positions",
                Tensor.Floats.of(Features.positions(geometry), geometry.tokens, PebbleConfig.POSITION_FEATURES));
        inputs.put("condition", condition);
        this.flow = flow.bind(inputs, Map.of("prediction", prediction));
        this.decoder = decoder.bind(Map.of("cells", cells), Map.of("picture", picture));
    }

    Geometry geometry() {
        return geometry;
    }

    /** The network's picture for a batch in patch form; the array is overwritten by the next call. */
    float[] predict(float[] x, double t, double guidance) {
        patches.data().put(0, x);
        condition.data().put(0, Features.condition(t, geometry));
        flow.run();
        prediction.data().get(0, wanted);
        if (groups == 2) {
            prediction.data().get(wanted.length, unwanted);
            float scale = (float) guidance;
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = unwanted[i] + scale * (wanted[i] - unwanted[i]);
            }
        }
        return wanted;
    }

    /** A batch in patch form to its finished pixels, image after image. */
    float[] decode(float[] x) {
        int size = geometry.size;
        for (int at = 0; at < x.length; at += size) {
            float[] pixels = geometry.fromPatches(Arrays.copyOfRange(x, at, at + size));
            cells.data().put(at, geometry.toCells(pixels));
        }
        decoder.run();
        float[] pixels = new float[x.length];
        float[] one = new float[size];
        for (int at = 0; at < x.length; at += size) {
            picture.data().get(at, one);
            System.arraycopy(geometry.fromCells(one), 0, pixels, at, size);
        }
        return pixels;
    }

    @Override
    public void close() {
        flow.close();
        decoder.close();
    }
}
