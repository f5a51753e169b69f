package dev.touchstone.eval.label;

import dev.touchstone.metrics.image.Fingerprint;
import java.util.Optional;

/**
 * Which picture was looked at.
 *
 * @param sha256 of its file, lower-case hex
 * @param fingerprint by which it is known again when another processor rounded it differently
 */
public record JudgedPicture(Optional<String> sha256, Optional<Fingerprint> fingerprint) {

    /** Nobody wrote down which picture it was. */
    public static final JudgedPicture UNKNOWN = new JudgedPicture(Optional.empty(), Optional.empty());
}
