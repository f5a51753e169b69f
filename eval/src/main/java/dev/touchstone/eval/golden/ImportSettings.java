package dev.touchstone.eval.golden;

import dev.touchstone.eval.golden.DatasetHeader.Preprocessing;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.image.ResampleFilter;
import java.util.Locale;

/**
 * How a folder of images becomes a dataset.
 *
 * @param id {@code [a-z0-9-]{1,40}}
 * @param version at least 1
 * @param title for people
 * @param licence how the images may be used
 * @param source where they come from
 * @param sizing what happens to their size
 * @param workflow of images that do not lie in a folder named after a workflow
 */
public record ImportSettings(
        String id, int version, String title, String licence, String source, Sizing sizing, Workflow workflow) {

    /** @throws IllegalArgumentException if id or version have another form */
    public ImportSettings {
        if (!DatasetFile.ID.matcher(id).matches() || version < 1) {
            throw new IllegalArgumentException("golden dataset: expected an id " + DatasetFile.ID.pattern()
                    + " and a version of at least 1, found \"" + id + "\" and " + version);
        }
    }

    /** What happens to the size of images. */
    public sealed interface Sizing {

        /** Nothing. */
        record Original() implements Sizing {}

        /** Every image is resized to one size, without keeping its aspect, as the metrics' own resizing does. */
        record Resized(int widthPixels, int heightPixels, ResampleFilter filter) implements Sizing {

            /** @throws IllegalArgumentException if a side is not in [8, 4096] */
            public Resized {
                if (widthPixels < 8 || heightPixels < 8 || widthPixels > 4096 || heightPixels > 4096) {
                    throw new IllegalArgumentException(
                            "size: expected sides in [8, 4096], found " + widthPixels + "x" + heightPixels);
                }
            }
        }
    }

    DatasetHeader header() {
        Preprocessing preprocessing = sizing instanceof Sizing.Resized resized
                ? new Preprocessing(
                        resized.widthPixels() + "x" + resized.heightPixels(),
                        resized.filter().name().toLowerCase(Locale.ROOT),
                        "srgb-8bit")
                : new Preprocessing("original", "none", "srgb-8bit");
        return new DatasetHeader(id, version, title, licence, source, preprocessing, 0, "");
    }
}
