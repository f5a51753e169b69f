package dev.touchstone.metrics.metric.adherence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.feature.AttributeReading;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AdherenceTest {

    private final AttributeReading reading = new AttributeReading(new TreeMap<>(Map.of(
            Attribute.PLACE, List.of(0.1, 0.7, 0.2),
            Attribute.SIZE, List.of(0.5, 0.5, 0.0),
            Attribute.LIGHT, List.of(0.4, 0.6))));

    @Test
    void countsTheAskedAttributesThatAreMostProbable() {
        Adherence adherence = Adherence.of(
                reading,
                new TreeMap<>(Map.of(Attribute.PLACE, "centre", Attribute.SIZE, "medium", Attribute.LIGHT, "right")));
        Adherence.Measured measured = (Adherence.Measured) adherence;
        // Of two equally probable sizes the first in class order is seen: small.
        assertThat(measured.findings().get(Attribute.SIZE)).isEqualTo(new Finding("medium", "small", 0.5));
        assertThat(measured.findings().get(Attribute.PLACE).found()).isTrue();
        assertThat(measured.share()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(measured.confidence()).isCloseTo((0.7 + 0.5 + 0.6) / 3, within(1e-12));
    }

    @Test
    void aPromptThatAsksForNothingIsUnscored() {
        assertThat(Adherence.of(reading, new TreeMap<>()))
                .isEqualTo(new Adherence.Unscored("the prompt names no attribute of the built-in world"));
    }

    @Test
    void whatTheNetworkCannotReadIsUnscored() {
        assertThat(Adherence.of(reading, new TreeMap<>(Map.of(Attribute.WORD, "tea"))))
                .isInstanceOf(Adherence.Unscored.class);
    }

    @Test
    void refusesAValueThatDoesNotExist() {
        assertThatThrownBy(() -> Adherence.of(reading, new TreeMap<>(Map.of(Attribute.PLACE, "top"))))
                .hasMessage("adherence: expected place to be one of [left, centre, right], found top");
    }
}
