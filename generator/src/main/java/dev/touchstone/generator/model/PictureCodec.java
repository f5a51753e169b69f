package dev.touchstone.generator.model;

import dev.touchstone.metrics.runtime.Tensor;
import dev.touchstone.metrics.runtime.TensorRuntime;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Between pictures and latents: the decoder and the encoder, bound to buffers for one shape of batch. The encoder is asked
 * for when something is first encoded: only edits pay for it.
 */
final class PictureCodec implements AutoCloseable {

    private final Geometry geometry;
    private final int batch;
    private final Supplier<TensorRuntime> encoders;
    private final Tensor.Floats grid;
    private final Tensor.Floats picture;
    private final TensorRuntime.Binding decoder;
    private TensorRuntime.Binding encoder;

    PictureCodec(TensorRuntime decoder, Supplier<TensorRuntime> encoders, Geometry geometry, int batch) {
        this.geometry = geometry;
        this.batch = batch;
        this.encoders = encoders;
        grid = Tensor.Floats.zeros(batch, geometry.latent, geometry.rows, geometry.columns);
        picture = Tensor.Floats.zeros(batch, 3, geometry.height, geometry.width);
        this.decoder = decoder.bind(Map.of("grid", grid), Map.of("picture", picture));
    }

    /** Cells of a batch to pixels, image after image; not clamped. */
    float[] decode(float[] cells) {
        write(cells, geometry.cells, geometry::toGrid, grid.data());
        decoder.run();
        return read(picture.data(), geometry.size, geometry::fromPlanes);
    }

    /** Pixels of a batch, image after image, to cells. */
    float[] encode(float[] pixels) {
        if (encoder == null) {
            encoder = encoders.get().bind(Map.of("picture", picture), Map.of("grid", grid));
        }
        write(pixels, geometry.size, geometry::toPlanes, picture.data());
        encoder.run();
        return read(grid.data(), geometry.cells, geometry::fromGrid);
    }

    private void write(float[] values, int size, UnaryOperator<float[]> form, FloatBuffer to) {
        for (int at = 0; at < batch * size; at += size) {
            to.put(at, form.apply(Arrays.copyOfRange(values, at, at + size)));
        }
    }

    private float[] read(FloatBuffer from, int size, UnaryOperator<float[]> form) {
        float[] values = new float[batch * size];
        float[] one = new float[size];
        for (int at = 0; at < values.length; at += size) {
            from.get(at, one);
            System.arraycopy(form.apply(one), 0, values, at, size);
        }
        return values;
    }

    @Override
    public void close() {
        decoder.close();
        if (encoder != null) {
            encoder.close();
        }
    }
}
