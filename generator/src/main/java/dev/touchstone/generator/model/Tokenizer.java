package dev.touchstone.generator.model;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text to tokens: a begin token, then one per word of [a-z]+ in the lower-cased text, cut and padded to a length. */
final class Tokenizer {

    static final int PAD = 0;
    static final int UNKNOWN = 1;
    static final int BEGIN = 2;
    /** Tokens before the first word. */
    static final int RESERVED = 3;

    private static final Pattern WORD = Pattern.compile("[a-z]+");

    private final Map<String, Integer> tokens = new HashMap<>();
    private final int length;

    Tokenizer(List<String> words, int length) {
        for (int i = 0; i < words.size(); i++) {
            tokens.put(words.get(i), RESERVED + i);
        }
        this.length = length;
    }

    /** Tokens of every text. */
    int length() {
        return length;
    }

    /** Exactly {@code length} tokens; a word outside the vocabulary is {@link #UNKNOWN}, words beyond the length are cut. */
    int[] tokenize(String text) {
        int[] result = new int[length];
        result[0] = BEGIN;
        Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
        for (int i = 1; i < length && words.find(); i++) {
            result[i] = tokens.getOrDefault(words.group(), UNKNOWN);
        }
        return result;
    }
}
