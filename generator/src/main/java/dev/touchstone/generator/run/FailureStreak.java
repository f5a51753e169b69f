package dev.touchstone.generator.run;

import dev.touchstone.generator.prompt.PromptId;
import java.util.Optional;

/** Counts failed requests in a row. */
final class FailureStreak {

    private final int limit;
    private int length;

    FailureStreak(int limit) {
        this.limit = limit;
    }

    /** @throws TooManyFailuresException if this failure is one too many */
    void ended(PromptId request, Optional<String> failure) {
        if (failure.isEmpty()) {
            length = 0;
            return;
        }
        length++;
        if (length >= limit) {
            throw new TooManyFailuresException(
                    "generate: expected fewer than " + limit + " failed requests in a row, found " + length
                            + "; the last, " + request + ", with: "
                            + failure.get()
                            + ". The failures are recorded; the same command goes on behind them.");
        }
    }
}
