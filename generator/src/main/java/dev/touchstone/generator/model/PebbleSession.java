package dev.touchstone.generator.model;

import dev.touchstone.metrics.runtime.Tensor;
import dev.touchstone.metrics.runtime.TensorRuntime;
import java.util.LinkedHashMap;
import java.util.Map;

/** The networks bound to buffers for one shape of batch; a step moves nothing but the latents. */
final class PebbleSession implements AutoCloseable {

    private final Geometry geometry;
    private final PictureCodec codec;
    private final int groups;
    private final Tensor.Floats cells;
    private final Tensor.Floats condition = Tensor.Floats.zeros(1, PebbleConfig.CONDITION_FEATURES);
    private final Tensor.Floats strength;
    private final Tensor.Floats prediction;
    private final TensorRuntime.Binding flow;
    private final float[] wanted;
    private final float[] unwanted;

    /** @param codec closed with the session */
    PebbleSession(PromptContext context, TensorRuntime flow, PictureCodec codec, Geometry geometry, int batch) {
        this.geometry = geometry;
        this.codec = codec;
        groups = context.groups();
        cells = Tensor.Floats.zeros(batch, geometry.tokens, geometry.latent);
        strength = Tensor.Floats.zeros(groups, 1, 1);
        prediction = Tensor.Floats.zeros(groups, batch * geometry.tokens, geometry.latent);
        wanted = new float[cells.size()];
        unwanted = new float[cells.size()];

        Map<String, Tensor> inputs = new LinkedHashMap<>(context.values());
        inputs.put("cells", cells);
        inputs.put(
                "positions",
                Tensor.Floats.of(Features.positions(geometry), geometry.tokens, PebbleConfig.POSITION_FEATURES));
        inputs.put("condition", condition);
        inputs.put("strength", strength);
        this.flow = flow.bind(inputs, Map.of("prediction", prediction));
    }

    Geometry geometry() {
        return geometry;
    }

    PictureCodec codec() {
        return codec;
    }

    /** The network's latents for a batch of cells; the array is overwritten by the next call. */
    float[] predict(float[] x, double t, double guidance) {
        cells.data().put(0, x);
        condition.data().put(0, Features.condition(t, geometry));
        strength.data().put(0, 1);
        if (groups == 2) {
            strength.data().put(1, WeakenedGuidance.strength(t));
        }
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

    @Override
    public void close() {
        flow.close();
        codec.close();
    }
}
