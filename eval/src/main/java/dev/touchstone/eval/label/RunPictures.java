package dev.touchstone.eval.label;

import dev.touchstone.generator.run.ImageId;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The pictures of a run, as far as votes are concerned. */
public final class RunPictures {

    private final SortedMap<ImageId, Optional<JudgedPicture>> pictures;

    /** @param pictures every image id of the run; empty where there is no picture */
    public RunPictures(SortedMap<ImageId, Optional<JudgedPicture>> pictures) {
        this.pictures = Collections.unmodifiableSortedMap(new TreeMap<>(pictures));
    }

    /** Whether the run asked for the image. */
    public boolean knows(ImageId image) {
        return pictures.containsKey(image);
    }

    /** Compares the picture a vote was given to with the run's. */
    public PictureMatch match(ImageId image, JudgedPicture judged) {
        Optional<JudgedPicture> held = picture(image);
        if (held.isEmpty()) {
            return PictureMatch.NO_PICTURE;
        }
        if (judged.equals(JudgedPicture.UNKNOWN)) {
            return PictureMatch.BY_ID_ONLY;
        }
        if (judged.sha256().isPresent() && judged.sha256().equals(held.get().sha256())) {
            return PictureMatch.SAME_FILE;
        }
        boolean close = judged.fingerprint().isPresent()
                && held.get().fingerprint().isPresent()
                && judged.fingerprint().get().matches(held.get().fingerprint().get());
        return close ? PictureMatch.SAME_WITHIN_ROUNDING : PictureMatch.DIFFERENT;
    }

    /** What a vote without a picture is bound to when it is taken in. */
    Optional<JudgedPicture> picture(ImageId image) {
        return pictures.getOrDefault(image, Optional.empty());
    }
}
