package dev.touchstone.eval.golden;

import dev.touchstone.generator.document.DocumentException;
import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problem;
import java.util.List;

/** A golden dataset that cannot be used, built or added. Holds every problem. */
public final class GoldenException extends DocumentException {

    private static final long serialVersionUID = 1;

    GoldenException(List<Problem> problems) {
        super(problems);
    }

    GoldenException(String subject, String expected, String found, String hint) {
        this(List.of(new Problem(Place.of(subject), "", expected, found, hint)));
    }
}
