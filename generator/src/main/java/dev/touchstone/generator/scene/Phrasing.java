package dev.touchstone.generator.scene;

import dev.touchstone.metrics.feature.Attribute;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a caption is worded, apart from the scene that it describes.
 *
 * @param template which order of clauses, in [0, {@link #TEMPLATES})
 * @param mentioned the attributes that are said; the subject always is
 * @param defaultsMentioned the attributes that are said even where nobody would (no glasses, no label, a neutral
 *     expression, upright)
 * @param wording seed of the choice between words of the same meaning
 */
public record Phrasing(int template, Set<Attribute> mentioned, Set<Attribute> defaultsMentioned, long wording) {

    /** Number of clause orders: picture first, subject first, background first, and a list of keywords. */
    public static final int TEMPLATES = 4;

    private static final double MENTIONED_SHARE = 0.75;

    private static final double DEFAULT_MENTIONED_SHARE = 0.3;

    private static final Map<Attribute, String> DEFAULTS = Map.of(
            Attribute.GLASSES, "none",
            Attribute.LABEL, "none",
            Attribute.EXPRESSION, "neutral",
            Attribute.POSE, "upright");

    /**
     * @throws IllegalArgumentException if there is no such template
     */
    public Phrasing {
        if (template < 0 || template >= TEMPLATES) {
            throw new IllegalArgumentException(
                    "phrasing template: expected 0 to " + (TEMPLATES - 1) + ", found " + template);
        }
        mentioned = Collections.unmodifiableSet(new TreeSet<>(mentioned));
        defaultsMentioned = Collections.unmodifiableSet(new TreeSet<>(defaultsMentioned));
    }

    /** The phrasing that says everything, always in the same words. */
    public static Phrasing full() {
        Set<Attribute> all = EnumSet.allOf(Attribute.class);
        return new Phrasing(0, all, all, 0);
    }

    /** A phrasing that says the subject and about three quarters of the rest. */
    public static Phrasing sampled(CounterRandom random) {
        int template = random.nextInt(TEMPLATES);
        Set<Attribute> mentioned = EnumSet.noneOf(Attribute.class);
        Set<Attribute> defaultsMentioned = EnumSet.noneOf(Attribute.class);
        for (Attribute attribute : Attribute.values()) {
            if (random.chance(MENTIONED_SHARE)) {
                mentioned.add(attribute);
            }
            if (random.chance(DEFAULT_MENTIONED_SHARE)) {
                defaultsMentioned.add(attribute);
            }
        }
        return new Phrasing(template, mentioned, defaultsMentioned, random.nextLong());
    }

    /** Whether a scene's value of an attribute is said. */
    public boolean mentions(Attribute attribute, String value) {
        return attribute == Attribute.SUBJECT
                || (mentioned.contains(attribute)
                        && (!value.equals(DEFAULTS.get(attribute)) || defaultsMentioned.contains(attribute)));
    }
}
