package dev.touchstone.eval.label;

import java.util.Optional;

/**
 * Which picture was looked at.
 *
 * @param sha256 of its file, lower-case hex
 * @param fingerprint small perceptual print, as in {@code images.jsonl}
 */
public record JudgedPicture(Optional<String> sha256, Optional<String> fingerprint) {

    /** Nobody wrote down which picture it was. */
    public static final JudgedPicture UNKNOWN = new JudgedPicture(Optional.empty(), Optional.empty());
}
