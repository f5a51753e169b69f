package dev.touchstone.metrics.weights.network;

import dev.touchstone.metrics.weights.container.WeightFile;
import dev.touchstone.metrics.weights.container.WeightsException;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * CLIP's tokens of a text, as OpenAI's {@code simple_tokenizer.py}: lower case, white space as single blanks, words and
 * signs by its expression, byte-level pairs in the order of the merges. The vocabulary is CLIP's own
 * {@code bpe_simple_vocab_16e6.txt.gz}, or the {@code merges.txt} of a Hugging Face checkpoint, which holds the same pairs.
 *
 * <p>Texts are repaired before as the original does by ftfy, but for wrongly decoded ones. Thread-safe.
 */
public final class ClipTokenizer {

    /** Tokens of a text: shorter ones are padded with 0, longer ones cut off. */
    public static final int LENGTH = 77;

    /** OpenAI's file lists more pairs than its vocabulary of 49,152 byte pairs takes. */
    private static final int MOST_MERGES = 49_152 - 256 - 2;

    private static final String END_OF_WORD = "</w>";
    private static final String START = "<|startoftext|>";
    private static final String END = "<|endoftext|>";
    private static final Pattern TOKENS = Pattern.compile(
            "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

    private final String digest;
    private final String[] letterOfByte = lettersOfBytes();
    private final Map<String, Integer> rank = new HashMap<>();
    private final Map<String, Integer> ids = new HashMap<>();

    private ClipTokenizer(List<String> merges, String digest) {
        this.digest = digest;
        // The printable bytes come first, then the others, each alone and then as the end of a word.
        List<String> letters = new ArrayList<>();
        for (int pass = 0; pass < 2; pass++) {
            for (int b = 0; b < 256; b++) {
                if (printable(b) == (pass == 0)) {
                    letters.add(letterOfByte[b]);
                }
            }
        }
        letters.forEach(letter -> ids.put(letter, ids.size()));
        letters.forEach(letter -> ids.put(letter + END_OF_WORD, ids.size()));
        for (String merge : merges) {
            rank.put(merge, rank.size());
            ids.put(merge.replace(" ", ""), 2 * letters.size() + rank.size() - 1);
        }
        int next = 2 * letters.size() + merges.size();
        ids.put(START, next);
        ids.put(END, next + 1);
    }

    /**
     * Reads a vocabulary.
     *
     * @throws WeightsException if it is no list of pairs of tokens
     */
    public static ClipTokenizer open(Path vocabulary) {
        byte[] bytes = WeightFile.bytes(vocabulary);
        boolean packed = bytes.length > 1 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
        List<String> merges = new ArrayList<>();
        try (InputStream in = new ByteArrayInputStream(bytes);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(packed ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
            String first = lines.readLine();
            for (String line = lines.readLine(); line != null && merges.size() < MOST_MERGES; line = lines.readLine()) {
                if (line.isBlank()) {
                    continue;
                }
                if (line.split(" ", -1).length != 2) {
                    throw new WeightsException(vocabulary + ":" + (merges.size() + 2)
                            + ": expected two tokens with a blank between them, found \"" + line + "\"");
                }
                merges.add(line);
            }
            if (merges.isEmpty()) {
                throw new WeightsException(
                        vocabulary + ": expected CLIP's pairs of tokens, a heading and one pair a line,"
                                + " found " + (first == null ? "an empty file" : "no pair")
                                + "; it is bpe_simple_vocab_16e6.txt.gz"
                                + " or merges.txt that is needed");
            }
        } catch (IOException e) {
            throw new WeightsException(vocabulary + ": expected a readable vocabulary, found " + e, e);
        }
        return new ClipTokenizer(merges, WeightFile.sha256(vocabulary));
    }

    /** SHA-256 of the file. */
    public String digest() {
        return digest;
    }

    /** The id that ends every text, the largest of all. */
    public int end() {
        return ids.get(END);
    }

    /** {@value #LENGTH} ids: start, the text's, end, zeros. Of a text that is too long the last id is still the end. */
    public long[] tokens(String text) {
        List<Integer> encoded = encoded(text);
        long[] tokens = new long[LENGTH];
        for (int i = 0; i < Math.min(LENGTH, encoded.size()); i++) {
            tokens[i] = encoded.get(i);
        }
        if (encoded.size() > LENGTH) {
            tokens[LENGTH - 1] = end();
        }
        return tokens;
    }

    /** How many ids a text would have if it were not cut off: start and end count, padding does not. At least 2. */
    public int count(String text) {
        return encoded(text).size();
    }

    private List<Integer> encoded(String text) {
        List<Integer> encoded = new ArrayList<>();
        encoded.add(ids.get(START));
        Matcher matcher = TOKENS.matcher(ClipText.cleaned(text));
        while (matcher.find()) {
            encoded.addAll(encode(matcher.group()));
        }
        encoded.add(end());
        return encoded;
    }

    private List<Integer> encode(String word) {
        if (word.equals(START) || word.equals(END)) {
            return List.of(ids.get(word));
        }
        List<String> parts = new ArrayList<>();
        for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
            parts.add(letterOfByte[b & 0xff]);
        }
        parts.set(parts.size() - 1, parts.get(parts.size() - 1) + END_OF_WORD);
        while (parts.size() > 1) {
            String best = parts.get(0) + " " + parts.get(1);
            for (int i = 1; i + 1 < parts.size(); i++) {
                String pair = parts.get(i) + " " + parts.get(i + 1);
                if (rankOf(pair) < rankOf(best)) {
                    best = pair;
                }
            }
            if (rankOf(best) == Integer.MAX_VALUE) {
                break;
            }
            List<String> merged = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                if (i + 1 < parts.size() && best.equals(parts.get(i) + " " + parts.get(i + 1))) {
                    merged.add(parts.get(i) + parts.get(i + 1));
                    i++;
                } else {
                    merged.add(parts.get(i));
                }
            }
            parts = merged;
        }
        return parts.stream().map(ids::get).toList();
    }

    private int rankOf(String pair) {
        return rank.getOrDefault(pair, Integer.MAX_VALUE);
    }

    private static boolean printable(int b) {
        return b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae;
    }

    /** A printable letter for each byte: itself, or the next after 255. */
    private static String[] lettersOfBytes() {
        String[] letters = new String[256];
        int next = 256;
        for (int b = 0; b < 256; b++) {
            letters[b] = Character.toString(printable(b) ? b : next++);
        }
        return letters;
    }
}
