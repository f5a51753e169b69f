package dev.touchstone.generator.scene;

import dev.touchstone.metrics.feature.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what a prompt asks for. Words that mean two things are told apart by the words around them: "red hair" and "red
 * shirt", "tilted left", "lit from the left" and "on the left", "plain label" and "plain background". Each rule consumes
 * its words, so that a later rule cannot read them again; the first reading of an attribute wins.
 */
final class CaptionParser {

    private static final Map<String, String> SPELLINGS = Map.ofEntries(
            Map.entry("gray", "grey"),
            Map.entry("center", "centre"),
            Map.entry("middle", "centre"),
            Map.entry("centred", "centre"),
            Map.entry("centered", "centre"),
            Map.entry("blonde", "blond"),
            Map.entry("tanned", "tan"),
            Map.entry("curls", "curly"),
            Map.entry("skin", "skinned"),
            Map.entry("labels", "label"),
            Map.entry("leaning", "tilted"),
            Map.entry("tilting", "tilted"));

    private static final Map<String, String> SUBJECTS = Map.ofEntries(
            Map.entry("portrait", "face"),
            Map.entry("woman", "face"),
            Map.entry("man", "face"),
            Map.entry("person", "face"),
            Map.entry("people", "faces"),
            Map.entry("group", "faces"),
            Map.entry("ball", "balls"),
            Map.entry("heap", "pile"),
            Map.entry("sailboat", "boat"),
            Map.entry("cup", "mug"),
            Map.entry("boxes", "box"));

    /** Words with one meaning, wherever they stand. */
    private static final Map<String, Ask> PLAIN_WORDS = Map.ofEntries(
            ask("small", Attribute.SIZE, "small"),
            ask("little", Attribute.SIZE, "small"),
            ask("tiny", Attribute.SIZE, "small"),
            ask("medium", Attribute.SIZE, "medium"),
            ask("large", Attribute.SIZE, "large"),
            ask("big", Attribute.SIZE, "large"),
            ask("huge", Attribute.SIZE, "large"),
            ask("smiling", Attribute.EXPRESSION, "smiling"),
            ask("happy", Attribute.EXPRESSION, "smiling"),
            ask("neutral", Attribute.EXPRESSION, "neutral"),
            ask("calm", Attribute.EXPRESSION, "neutral"),
            ask("surprised", Attribute.EXPRESSION, "surprised"),
            ask("astonished", Attribute.EXPRESSION, "surprised"),
            ask("sad", Attribute.EXPRESSION, "sad"),
            ask("unhappy", Attribute.EXPRESSION, "sad"),
            ask("upright", Attribute.POSE, "upright"),
            ask("bald", Attribute.HAIR, "bald"),
            ask("short", Attribute.HAIR, "short"),
            ask("long", Attribute.HAIR, "long"),
            ask("curly", Attribute.HAIR, "curly"),
            ask("blond", Attribute.HAIR_COLOUR, "blond"),
            ask("sunglasses", Attribute.GLASSES, "sunglasses"),
            ask("gradient", Attribute.BACKGROUND, "gradient"),
            ask("horizon", Attribute.BACKGROUND, "horizon"),
            ask("striped", Attribute.BACKGROUND, "stripes"),
            ask("stripes", Attribute.BACKGROUND, "stripes"),
            ask("dotted", Attribute.BACKGROUND, "dots"),
            ask("dots", Attribute.BACKGROUND, "dots"),
            ask("plain", Attribute.BACKGROUND, "plain"),
            ask("shaded", Attribute.STYLE, "shaded"),
            ask("flat", Attribute.STYLE, "flat"),
            ask("outline", Attribute.STYLE, "outline"),
            ask("outlined", Attribute.STYLE, "outline"),
            ask("pixel", Attribute.STYLE, "pixel"),
            ask("painterly", Attribute.STYLE, "painterly"),
            ask("painting", Attribute.STYLE, "painterly"),
            ask("painted", Attribute.STYLE, "painterly"));

    private static final int WINDOW = 3;

    private final List<String> words = new ArrayList<>();
    private final SortedMap<Attribute, String> asks = new TreeMap<>();
    private boolean dropped;

    private CaptionParser(List<String> words) {
        for (String word : words) {
            this.words.add(SPELLINGS.getOrDefault(word, word));
        }
    }

    static SortedMap<Attribute, String> parse(List<String> words) {
        CaptionParser parser = new CaptionParser(words);
        parser.read();
        return parser.asks;
    }

    /** What the words ask for; empty without a subject, or where a wish is dropped. */
    static Optional<SortedMap<Attribute, String>> understood(List<String> words) {
        CaptionParser parser = new CaptionParser(words);
        parser.read();
        boolean whole = parser.asks.containsKey(Attribute.SUBJECT) && !parser.dropped;
        return whole ? Optional.of(parser.asks) : Optional.empty();
    }

    private void read() {
        readWord();
        readSubject();
        for (int at = 0; at < words.size(); at++) {
            readPhrase(at);
        }
        for (int at = 0; at < words.size(); at++) {
            readSingle(at);
        }
        String subject = asks.get(Attribute.SUBJECT);
        if (subject != null) {
            dropped |= asks.keySet()
                    .removeIf(attribute -> !SceneGrammar.attributesOf(subject).contains(attribute));
        }
    }

    /** What is to be written is quoted, not meant: nothing else may read it. */
    private void readWord() {
        for (int at = 0; at + 1 < words.size(); at++) {
            boolean introduces = List.of("word", "says", "saying", "reading").contains(words.get(at));
            if (introduces && Attribute.WORD.choices().contains(words.get(at + 1))) {
                found(Attribute.WORD, words.get(at + 1), at + 1);
            }
        }
    }

    private void readSubject() {
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            if ((word.equals("mirror") || word.equals("chrome"))
                    && wordAt(at + 1).startsWith("ball")) {
                found(Attribute.SUBJECT, "mirror-ball", at, at + 1);
            } else {
                String singular = word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
                for (String form : List.of(word, singular)) {
                    String subject = SUBJECTS.getOrDefault(form, form);
                    if (Attribute.SUBJECT.choices().contains(subject) && !subject.equals(SceneGrammar.NOTHING)) {
                        found(Attribute.SUBJECT, subject, at);
                        break;
                    }
                }
            }
        }
        // "An empty box" is a box.
        if (!asks.containsKey(Attribute.SUBJECT) && words.contains("empty")) {
            asks.put(Attribute.SUBJECT, SceneGrammar.NOTHING);
        }
    }

    /** Meanings that take more than one word. */
    private void readPhrase(int at) {
        switch (words.get(at)) {
            case "tilted" -> side(at).ifPresent(side -> found(Attribute.POSE, "tilted-" + words.get(side), at, side));
            case "from" -> side(at).ifPresent(side -> found(Attribute.LIGHT, words.get(side), at, side));
            case "skinned" -> before(at, 1, Attribute.SKIN);
            case "hair" -> before(at, 2, Attribute.HAIR_COLOUR);
            case "label" -> {
                switch (wordAt(at - 1)) {
                    case "striped" -> found(Attribute.LABEL, "striped", at, at - 1);
                    case "plain" -> found(Attribute.LABEL, "plain", at, at - 1);
                    default -> found(Attribute.LABEL, isDenied(at) ? "none" : "plain", at);
                }
            }
            case "glasses" -> found(Attribute.GLASSES, isDenied(at) ? "none" : "round", at);
            case "poly" -> {
                if (wordAt(at - 1).equals("low")) {
                    found(Attribute.STYLE, "low-poly", at, at - 1);
                }
            }
            default -> {}
        }
    }

    private void readSingle(int at) {
        String word = words.get(at);
        Ask ask = PLAIN_WORDS.get(word);
        if (ask != null) {
            found(ask.attribute(), ask.value(), at);
        } else if (Attribute.COUNT.choices().contains(word)) {
            found(Attribute.COUNT, word, at);
        } else if (Attribute.GROUND.choices().contains(word)) {
            // "sky blue" is a ground, not a blue subject.
            found(
                    Attribute.GROUND,
                    word,
                    word.equals("sky") && wordAt(at + 1).equals("blue") ? new int[] {at, at + 1} : new int[] {at});
        } else if (Attribute.PLACE.choices().contains(word)) {
            found(Attribute.PLACE, word, at);
        } else if (Attribute.COLOUR.choices().contains(word) && !isOfBackground(at)) {
            found(Attribute.COLOUR, word, at);
        }
    }

    /** The place of "left" or "right" within the next words. */
    private Optional<Integer> side(int at) {
        for (int next = at + 1; next <= at + WINDOW && next < words.size(); next++) {
            if (words.get(next).equals("left") || words.get(next).equals("right")) {
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    /** Takes an attribute's value from the words before its noun. */
    private void before(int at, int reach, Attribute attribute) {
        for (int previous = at - 1; previous >= Math.max(0, at - reach); previous--) {
            if (attribute.choices().contains(words.get(previous))) {
                found(attribute, words.get(previous), previous, at);
                return;
            }
        }
    }

    private boolean isDenied(int at) {
        String previous = wordAt(at - 1);
        return switch (wordAt(at - 2)) {
            case "without" -> List.of("a", "any", "no").contains(previous);
            case "remove" -> List.of("the", "all").contains(previous);
            default -> List.of("no", "without", "remove").contains(previous);
        };
    }

    /** A colour that no ground has still belongs to the background that it stands before. */
    private boolean isOfBackground(int at) {
        return List.of("background", "backdrop", "gradient", "stripes", "dots", "horizon")
                .contains(wordAt(at + 1));
    }

    private String wordAt(int at) {
        return at < 0 || at >= words.size() ? "" : words.get(at);
    }

    private void found(Attribute attribute, String value, int... places) {
        String first = asks.putIfAbsent(attribute, value);
        boolean beads = attribute == Attribute.SUBJECT && "pile".equals(first) && value.equals("balls");
        dropped |= first != null && !first.equals(value) && !beads;
        for (int place : places) {
            words.set(place, "");
        }
    }

    private static Map.Entry<String, Ask> ask(String word, Attribute attribute, String value) {
        return Map.entry(word, new Ask(attribute, value));
    }

    private record Ask(Attribute attribute, String value) {}
}
