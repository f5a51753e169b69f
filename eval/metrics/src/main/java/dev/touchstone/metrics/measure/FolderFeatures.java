package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.feature.FeatureMatrix;
import java.util.List;

/**
 * Features of the readable images of a folder.
 *
 * @param features one row per readable image, in the order of the names
 * @param unreadable the others
 */
record FolderFeatures(FeatureMatrix features, List<UnreadableImage> unreadable) {

    FolderFeatures {
        unreadable = List.copyOf(unreadable);
    }
}
