package dev.touchstone.metrics.metric.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.metrics.engine.LinearCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

class OpenBlasTest {

    @Test
    void theLibraryPassesItsCheckAndTellsItsKernel() {
        assertThat(LinearCheck.faults(new OpenBlas.Operations())).isEmpty();
        assertThat(OpenBlas.verdict().passed()).isTrue();
        assertThat(OpenBlas.verdict().version()).startsWith("0.3.");
        assertThat(OpenBlas.verdict().kernel()).isNotBlank().isNotEqualTo("unknown");
    }

    /** {@code .ci/kernels.sh} asks for kernels by name: those that run must be those that were asked for. */
    @Test
    @EnabledIfEnvironmentVariable(named = "TOUCHSTONE_EXPECTED_KERNEL", matches = ".+")
    void theKernelThatWasAskedForIsTheOneThatRuns() {
        assertThat(OpenBlas.verdict().kernel()).isEqualTo(System.getenv("TOUCHSTONE_EXPECTED_KERNEL"));
    }
}
