package dev.touchstone.generator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.metrics.file.Json;
import org.junit.jupiter.api.Test;

class HostTest {

    @Test
    void thisMachineNamesItsEnginesAndTheHeaderKeepsThem() {
        Host here = Host.here();
        Host.Numerics numerics = here.numerics().orElseThrow();
        assertThat(numerics.threads()).isPositive();
        assertThat(numerics.engines()).containsOnlyKeys("nd4j", "onnxruntime", "openblas");
        assertThat(numerics.engines().get("openblas").version()).startsWith("0.3.");
        assertThat(numerics.engines().get("onnxruntime").kernel()).startsWith("cpu");

        RunHeader plan = Plans.header(Plans.GENERATION);
        RunHeader header = new RunHeader(
                plan.runId(),
                plan.name(),
                plan.createdAt(),
                plan.digests(),
                plan.touchstone(),
                plan.model(),
                here,
                plan.environment(),
                plan.packs(),
                plan.golden());
        RunHeader read = HeaderFile.read(Json.parse("header.json", HeaderFile.write(header)));
        assertThat(read.host()).isEqualTo(here);
    }

    @Test
    void headersOfEarlierVersionsNameNoEngines() {
        RunHeader old = Plans.header(Plans.GENERATION);
        assertThat(HeaderFile.read(Json.parse("header.json", HeaderFile.write(old)))
                        .host()
                        .numerics())
                .isEmpty();
    }
}
