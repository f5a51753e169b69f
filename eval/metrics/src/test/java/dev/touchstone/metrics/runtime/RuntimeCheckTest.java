package dev.touchstone.metrics.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.metrics.runtime.nd4j.Nd4jEngine;
import dev.touchstone.metrics.runtime.onnxruntime.OnnxEngine;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeCheckTest {

    private static final RuntimeProvider SOUND =
            Runtimes.installed().select("onnxruntime", Precision.FP32).provider();

    @Test
    void bothRuntimesPassHere() {
        assertThat(OnnxEngine.verdict().passed()).isTrue();
        assertThat(Nd4jEngine.verdict().passed()).isTrue();
        assertThat(RuntimeCheck.faults(SOUND::load, EnumSet.allOf(Precision.class)))
                .isEmpty();
        RuntimeProvider nd4j =
                Runtimes.installed().select("nd4j", Precision.FP32).provider();
        assertThat(RuntimeCheck.faults(nd4j::load, EnumSet.of(Precision.FP32))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "convolution-3, a wrong convolution",
        "convolution-1, a wrong convolution",
        "convolution-5, a wrong convolution",
        "product, a wrong matrix product",
        "transposed, a wrong matrix product"
    })
    void oneWrongValueIsFoundAndNamed(String output, String sentence) {
        List<String> faults = RuntimeCheck.faults(
                (network, settings) -> new Spoilt(SOUND.load(network, settings), output), EnumSet.of(Precision.FP32));
        assertThat(faults)
                .singleElement()
                .asString()
                .startsWith(sentence + " (")
                .endsWith(" in " + output + ")");
    }

    @Test
    void aWrongProductInEightBitsIsFoundAndNamed() {
        List<String> faults = RuntimeCheck.faults(
                (network, settings) -> settings.precision() == Precision.INT8
                        ? new Spoilt(SOUND.load(network, settings), "linear")
                        : SOUND.load(network, settings),
                EnumSet.allOf(Precision.class));
        assertThat(faults).singleElement().asString().startsWith("a wrong product in 8 bits (");
    }

    @Test
    void aNetworkThatDoesNotRunIsAFault() {
        List<String> faults = RuntimeCheck.faults(
                (network, settings) -> {
                    throw new TensorRuntimeException("no such operation");
                },
                EnumSet.of(Precision.FP32));
        assertThat(faults)
                .containsExactly(
                        "a convolution that does not run (no such operation)",
                        "a matrix product that does not run (no such operation)");
    }

    /** The last value of an output is off by one. */
    private record Spoilt(TensorRuntime sound, String output) implements TensorRuntime {
        @Override
        public Binding bind(Map<String, ? extends Tensor> inputs, Map<String, Tensor.Floats> outputs) {
            Binding binding = sound.bind(inputs, outputs);
            return new Binding() {
                @Override
                public void run() {
                    binding.run();
                    Tensor.Floats spoilt = outputs.get(output);
                    if (spoilt != null) {
                        int last = spoilt.size() - 1;
                        spoilt.data().put(last, spoilt.data().get(last) + 1);
                    }
                }

                @Override
                public void close() {
                    binding.close();
                }
            };
        }

        @Override
        public void close() {
            sound.close();
        }
    }
}
