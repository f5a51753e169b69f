package dev.touchstone.generator.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BackendProvidersTest {

    @Test
    void findsAProviderByName() {
        BackendProvider pebble = new Named("pebble");

        assertThat(new BackendProviders(List.of(new Named("http"), pebble)).named("pebble"))
                .isSameAs(pebble);
    }

    @Test
    void anUnknownNameListsTheNamesAndTheNearest() {
        BackendProviders providers = new BackendProviders(List.of(new Named("pebble"), new Named("comfyui")));

        assertThatThrownBy(() -> providers.named("peble"))
                .isInstanceOf(BackendException.class)
                .hasMessage("back end: expected one of comfyui, pebble, found \"peble\". Did you mean pebble?");
    }

    @Test
    void rejectsANameThatIsTakenTwiceOrMalformed() {
        assertThatThrownBy(() -> new BackendProviders(List.of(new Named("a"), new Named("a"))))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("back end a: expected one provider");
        assertThatThrownBy(() -> new BackendProviders(List.of(new Named("A b"))))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("found \"A b\"");
    }

    private record Named(String name) implements BackendProvider {
        @Override
        public ServingPath servingPath() {
            return ServingPath.HTTP;
        }

        @Override
        public OptionsSchema options() {
            return OptionsSchema.NONE;
        }

        @Override
        public BackendCapabilities capabilities(BackendSettings settings) {
            return BackendCapabilities.all();
        }

        @Override
        public String modelDigest(BackendSettings settings) {
            return "0".repeat(64);
        }

        @Override
        public ImageBackend open(BackendSettings settings) {
            throw new BackendException("back end " + name + ": expected a model, found none");
        }
    }
}
