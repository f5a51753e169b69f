package dev.touchstone.generator.model;

import dev.touchstone.metrics.runtime.Tensor;
import dev.touchstone.metrics.runtime.TensorRuntime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** What the text encoder made of one or two prompts, in the buffers that the transformer reads. */
final class PromptContext implements AutoCloseable {

    private final int groups;
    private final Tokenizer tokenizer;
    private final Tensor.Ints tokens;
    private final Map<String, Tensor.Floats> values = new LinkedHashMap<>();
    private final TensorRuntime.Binding encoder;

    PromptContext(PebbleNetworks networks, Tokenizer tokenizer, TensorRuntime encoder, int groups) {
        this.groups = groups;
        this.tokenizer = tokenizer;
        SortedMap<String, List<Integer>> shapes = networks.context(groups);
        int length = tokenizer.length();
        tokens = Tensor.Ints.of(new int[groups * length], groups, length);
        shapes.forEach((name, shape) -> values.put(name, Tensor.Floats.zeros(shape.toArray(Integer[]::new))));
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
