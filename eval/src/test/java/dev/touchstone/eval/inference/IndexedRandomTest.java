package dev.touchstone.eval.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IndexedRandomTest {

    /** As drawn before: intervals of stored evaluations depend on these very numbers. */
    @Test
    void theStreamStaysWhatItWas() {
        assertThat(IndexedRandom.of(7, "kid", "floor").seed()).isEqualTo(4179206337926452961L);
        assertThat(IndexedRandom.of(7, "kidf", "loor").seed()).isNotEqualTo(4179206337926452961L);
    }
}
