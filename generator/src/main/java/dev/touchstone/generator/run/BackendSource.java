package dev.touchstone.generator.run;

import dev.touchstone.generator.backend.ImageBackend;
import java.util.SortedMap;

/** Opens the back end of a run, when there is something left to make. */
@FunctionalInterface
public interface BackendSource {

    /**
     * Loads the model.
     *
     * @param begunWith identity of the back end that the run's first session used, empty in the first session. Where the
     *     manifest leaves something open, such as {@code runtime: auto}, take what the run was begun with
     */
    ImageBackend open(SortedMap<String, String> begunWith);
}
