package dev.touchstone.generator.scene;

import dev.touchstone.metrics.feature.Attribute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Captions of scenes, and what a caption or a free prompt asks for. */
public final class Caption {

    /** The longest caption, in words. */
    public static final int MAXIMUM_WORDS = 32;

    private static final Pattern WORD = Pattern.compile("[a-z]+");

    private Caption() {}

    /** The scene in natural lower-case English, at most {@link #MAXIMUM_WORDS} words. */
    public static String of(Scene scene, Phrasing phrasing) {
        return CaptionWriter.write(asks(scene, phrasing), phrasing);
    }

    /** What the caption of a scene in this phrasing mentions; {@link #parse} of that caption gives the same. */
    public static SortedMap<Attribute, String> asks(Scene scene, Phrasing phrasing) {
        SortedMap<Attribute, String> asks = new TreeMap<>();
        scene.values().forEach((attribute, value) -> {
            if (phrasing.mentions(attribute, value)) {
                asks.put(attribute, value);
            }
        });
        return Collections.unmodifiableSortedMap(asks);
    }

    /**
     * What a text asks for: the exact inverse of {@link #of} over captions, and whatever is recognised in free text.
     * Unknown words are passed over; an empty text asks for nothing. Where a subject is recognised, attributes that it
     * never has are left out.
     */
    public static SortedMap<Attribute, String> parse(String text) {
        return Collections.unmodifiableSortedMap(CaptionParser.parse(words(text)));
    }

    /**
     * What a text asks for, if all of it can be read: empty where a word is none of the {@link #vocabulary}, no subject is named, two
     * words contradict each other, or something is asked of the subject that it never has.
     */
    public static Optional<SortedMap<Attribute, String>> understood(String text) {
        List<String> words = words(text);
        boolean known =
                new HashSet<>(vocabulary()).containsAll(words) && !text.matches(".*[\\p{L}\\p{N}&&[^A-Za-z]].*");
        return known ? CaptionParser.understood(words).map(Collections::unmodifiableSortedMap) : Optional.empty();
    }

    /** The words of a text in order: runs of letters a to z after lower-casing, so "low-poly" is two. */
    public static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    /** Every word that captions can contain, sorted. A model's tokens are numbered by it, so words are never removed. */
    public static List<String> vocabulary() {
        return CaptionVocabulary.WORDS;
    }
}
