package dev.touchstone.reports.format;

import dev.touchstone.metrics.image.ImageDecodeException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Hands out thumbnails until their text takes up the budget; then says that it did. */
final class PictureBudget {

    private final long totalBytes;
    private final Map<Path, Answer> known = new HashMap<>();
    private long usedBytes;

    PictureBudget(long totalBytes) {
        this.totalBytes = totalBytes;
    }

    /** A picture, or why there is none. */
    sealed interface Answer {}

    record Shown(Thumbnail thumbnail) implements Answer {}

    /** There is a picture, but no room for it. */
    record OverBudget() implements Answer {}

    /** @param reason one line */
    record Unreadable(String reason) implements Answer {}

    Answer take(Path file) {
        Answer answer = known.computeIfAbsent(file, PictureBudget::read);
        if (answer instanceof Shown shown) {
            long size = shown.thumbnail().dataUri().length();
            if (usedBytes + size > totalBytes) {
                return new OverBudget();
            }
            usedBytes += size;
        }
        return answer;
    }

    long totalBytes() {
        return totalBytes;
    }

    private static Answer read(Path file) {
        try {
            return new Shown(Thumbnail.of(file));
        } catch (ImageDecodeException e) {
            return new Unreadable(e.getMessage());
        }
    }
}
