package dev.touchstone.metrics.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineVerdictsTest {

    private static final Processor FIRST = new Processor("first", List.of("avx2", "fma"));

    @TempDir
    private Path folder;

    private int checks;

    @Test
    void aPassHoldsForTheSameVersionProcessorAndVariablesOnly() {
        assertThat(verdict(FIRST, "1", Map.of()).took()).isPresent();
        EngineVerdict cached = verdict(FIRST, "1", Map.of("OTHER", "x"));
        assertThat(cached.took()).isEmpty();
        assertThat(cached.kernel()).isEqualTo("kernel-0");
        assertThat(cached.passed()).isTrue();

        assertThat(verdict(FIRST, "2", Map.of()).took()).isPresent();
        assertThat(verdict(new Processor("second", FIRST.features()), "2", Map.of())
                        .took())
                .isPresent();
        assertThat(verdict(new Processor("second", List.of("avx2")), "2", Map.of())
                        .took())
                .isPresent();
        assertThat(verdict(new Processor("second", List.of("avx2")), "2", Map.of("OPENBLAS_CORETYPE", "ZEN"))
                        .took())
                .isPresent();
        assertThat(checks).isEqualTo(5);
    }

    @Test
    void aFailureIsCheckedAgainAndNeverKept() {
        Check failing = new Check(List.of("a wrong product at size 8 (3 times the bound of rounding)"));
        EngineVerdicts verdicts = new EngineVerdicts(() -> folder, FIRST, Map.of());

        assertThat(verdicts.of(Engine.OPENBLAS, "1", "", failing).passed()).isFalse();
        assertThat(verdicts.of(Engine.OPENBLAS, "1", "", failing).passed()).isFalse();
        assertThat(checks).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
        assertThat(verdict(FIRST, "1", Map.of()).passed()).isTrue();
    }

    @Test
    void aSpoiltOrUnreachableCacheMeansACheck() throws Exception {
        Files.writeString(folder.resolve("openblas.pass"), "pass");
        assertThat(verdict(FIRST, "1", Map.of()).took()).isPresent();

        EngineVerdicts nowhere = new EngineVerdicts(
                () -> {
                    throw new UncheckedIOException(new java.io.IOException("read-only"));
                },
                FIRST,
                Map.of());
        assertThat(nowhere.of(Engine.OPENBLAS, "1", "", new Check(List.of())).passed())
                .isTrue();
    }

    @Test
    void aGateChecksOnceAndRefusesByName() {
        EngineVerdicts verdicts = new EngineVerdicts(() -> folder, FIRST, Map.of());
        EngineGate gate = new EngineGate(() -> verdicts.of(
                Engine.OPENBLAS, "0.3.19", "", new Check(List.of("a wrong Cholesky factor at size 96 (status 36)"))));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(gate::require)
                    .isInstanceOf(EngineException.class)
                    .hasMessage(
                            "openblas 0.3.19 (kernel kernel-0): expected right results of its self-check, found a wrong Cholesky"
                                    + " factor at size 96 (status 36); fid, kid, prdc and cmmd are not computed with it here. Use the"
                                    + " version that Touchstone pins, or other code of it (OPENBLAS_CORETYPE)");
        }
        assertThat(checks).isEqualTo(1);
    }

    @Test
    void aProcessorIsReadFromWhatLinuxSays() {
        Processor intel = Processor.of(List.of(
                "processor\t: 0",
                "model name\t: Xeon 1",
                "flags\t\t: fpu sse4_2 avx512f avx2 fma",
                "model name\t: Xeon 2"));
        assertThat(intel).isEqualTo(new Processor("Xeon 1", List.of("avx2", "avx512f", "fma", "fpu", "sse4_2")));
        assertThat(intel.numeric()).containsExactly("avx2", "avx512f", "fma", "sse4_2");
        assertThat(Processor.of(List.of("Features\t: fp asimd sve")).numeric()).containsExactly("asimd", "sve");
    }

    private EngineVerdict verdict(Processor processor, String version, Map<String, String> environment) {
        return new EngineVerdicts(() -> folder, processor, environment)
                .of(Engine.OPENBLAS, version, "", new Check(List.of()));
    }

    private final class Check implements EngineVerdicts.Check {
        private final List<String> faults;

        Check(List<String> faults) {
            this.faults = faults;
        }

        @Override
        public String kernel() {
            return "kernel-" + checks;
        }

        @Override
        public List<String> faults() {
            checks++;
            return faults;
        }
    }
}
