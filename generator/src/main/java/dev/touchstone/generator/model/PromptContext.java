package dev.touchstone.generator.model;

import dev.touchstone.generator.runtime.Tensor;
import dev.touchstone.generator.runtime.TensorRuntime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the text encoder made of one or two prompts, in the buffers that the transformer reads. */
final class PromptContext implements AutoCloseable {

    private final int groups;
    private final Tokenizer tokenizer;
    private final Tensor.Ints tokens;
    private final Map<String, Tensor.Floats> values = new LinkedHashMap<>();
    private final TensorRuntime.Binding encoder;

    PromptContext(PebbleConfig config, Tokenizer tokenizer, TensorRuntime encoder, int groups) {
        this.groups = groups;
        this.tokenizer = tokenizer;
        int length = config.textTokens();
        tokens = Tensor.Ints.of(new int[groups * length], groups, length);
        values.put("summary", Tensor.Floats.zeros(groups, config.width()));
        for (int i = 0; i < config.layers(); i++) {
            values.put(PebbleNetworks.keys(i), Tensor.Floats.zeros(groups, length, config.width()));
            values.put(PebbleNetworks.values(i), Tensor.Floats.zeros(groups, length, config.width()));
        }
        this.encoder = encoder.bind(Map.of("tokens", tokens), values);
    }

    int groups() {
        return groups;
    }

    /** The transformer's inputs that come from text, by name. */
    Map<String, Tensor.Floats> values() {
        return values;
    }

    /** Reads the wanted prompt and, with two groups, the unwanted one. */
    void encode(String wanted, String unwanted) {
        int at = 0;
        for (String prompt : List.of(wanted, unwanted).subList(0, groups)) {
            int[] ids = tokenizer.tokenize(prompt);
            tokens.data().put(at, ids);
            at += ids.length;
        }
        encoder.run();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
