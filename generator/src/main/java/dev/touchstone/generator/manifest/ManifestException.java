package dev.touchstone.generator.manifest;

import dev.touchstone.generator.document.DocumentException;
import dev.touchstone.generator.document.Problem;
import java.util.List;

/** A manifest that cannot be run. Holds every problem. */
public final class ManifestException extends DocumentException {

    private static final long serialVersionUID = 1;

    ManifestException(List<Problem> problems) {
        super(problems);
    }
}
