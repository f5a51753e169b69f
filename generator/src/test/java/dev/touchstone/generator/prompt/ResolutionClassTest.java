package dev.touchstone.generator.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolutionClassTest {

    @Test
    void aLabelSaysItsSize() {
        assertThat(ResolutionClass.of("square-1024")).contains(new ResolutionClass("square-1024", 1024, 1024));
        assertThat(ResolutionClass.of("portrait-832x1216"))
                .contains(new ResolutionClass("portrait-832x1216", 832, 1216));
        assertThat(ResolutionClass.of("ultra-wide-4096x16")).isPresent();
        ResolutionClass.builtin()
                .forEach(each -> assertThat(ResolutionClass.of(each.id())).contains(each));
    }

    @ParameterizedTest
    @ValueSource(strings = {"square", "square-", "64", "square-15", "wide-4097x64", "wide-64x", "Wide-64x64", "a-064"})
    void whatSaysNoSizeIsNoLabel(String label) {
        assertThat(ResolutionClass.of(label)).isEmpty();
    }
}
