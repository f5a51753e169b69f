package dev.touchstone.metrics.metric.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.metrics.engine.LinearCheck;
import org.junit.jupiter.api.Test;

class OpenBlasTest {

    @Test
    void theLibraryPassesItsCheckAndTellsItsKernel() {
        assertThat(LinearCheck.faults(new OpenBlas.Operations())).isEmpty();
        assertThat(OpenBlas.verdict().passed()).isTrue();
        assertThat(OpenBlas.verdict().version()).startsWith("0.3.");
        assertThat(OpenBlas.verdict().kernel()).isNotBlank().isNotEqualTo("unknown");
    }
}
