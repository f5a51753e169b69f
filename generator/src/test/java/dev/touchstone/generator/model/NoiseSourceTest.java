package dev.touchstone.generator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class NoiseSourceTest {

    /** Known answers of Random123 1.14, tests/kat_vectors, lines "philox4x32 10". */
    @Test
    void philoxGivesItsKnownAnswers() {
        int[] zeros = {0, 0, 0, 0};
        Philox.mix(zeros, 0, 0);
        assertThat(zeros).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);

        int[] ones = {-1, -1, -1, -1};
        Philox.mix(ones, -1, -1);
        assertThat(ones).containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);

        int[] pi = {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344};
        Philox.mix(pi, 0xa4093822, 0x299f31d0);
        assertThat(pi).containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    @Test
    void noiseIsStandardNormal() {
        float[] values = new NoiseSource(7, "pr-001").values(3, 100_000);
        double mean = 0;
        double square = 0;
        double fourth = 0;
        for (float value : values) {
            mean += value;
            square += value * value;
            fourth += Math.pow(value, 4);
        }
        // Six standard errors of each moment.
        assertThat(mean / values.length).isCloseTo(0, within(0.019));
        assertThat(square / values.length).isCloseTo(1, within(0.027));
        assertThat(fourth / values.length).isCloseTo(3, within(0.19));
    }

    @Test
    void eachOfSeedPromptAndImageGivesOtherNoise() {
        float[] one = new NoiseSource(7, "pr-001").values(0, 64);
        assertThat(new NoiseSource(7, "pr-001").values(0, 64)).isEqualTo(one);
        assertThat(new NoiseSource(7L + (1L << 32), "pr-001").values(0, 64)).isNotEqualTo(one);
        assertThat(new NoiseSource(7, "pr-002").values(0, 64)).isNotEqualTo(one);
        assertThat(new NoiseSource(7, "pr-001").values(1, 64)).isNotEqualTo(one);
    }

    @Test
    void aLongerRunBeginsWithTheShorterOne() {
        float[] shorter = new NoiseSource(1, "a").values(0, 7);
        float[] longer = new NoiseSource(1, "a").values(0, 64);
        assertThat(longer).startsWith(shorter);
    }

    /** Source and command of the values: see {@code .ci/reference/pebble.py}. */
    @Test
    void noiseIsThatOfTheDefinition() throws IOException {
        try (InputStream in = NoiseSourceTest.class.getResourceAsStream("pebble-reference.json")) {
            JsonNode reference = new ObjectMapper().readTree(in).get("noise");
            NoiseSource source = new NoiseSource(
                    reference.get("seed").asLong(), reference.get("promptId").asText());
            JsonNode expected = reference.get("values");
            float[] found = source.values(reference.get("image").asInt(), expected.size());
            for (int i = 0; i < found.length; i++) {
                assertThat(found[i])
                        .as("value %d", i)
                        .isCloseTo((float) expected.get(i).asDouble(), within(1e-6f));
            }
        }
    }
}
