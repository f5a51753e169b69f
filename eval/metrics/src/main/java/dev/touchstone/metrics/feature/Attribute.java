package dev.touchstone.metrics.feature;

import java.util.List;

/**
 * One thing that can be said about a scene, with its closed list of values. The order of the values is the class order
 * of the feature network's head of that attribute: append, never reorder.
 */
public enum Attribute {
    SUBJECT(
            "subject",
            "face",
            "house",
            "tree",
            "star",
            "cat",
            "fish",
            "flower",
            "boat",
            "bottle",
            "jar",
            "box",
            "mug",
            "balls",
            "hand",
            "faces",
            "mirror-ball",
            "pile",
            "word",
            "nothing"),
    /** Main colour of the subject; of a person, the shirt. */
    COLOUR("colour", "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink", "brown", "white", "black"),
    /** Pattern of the background. */
    BACKGROUND("background", "plain", "gradient", "horizon", "stripes", "dots"),
    /** Colour of the background. */
    GROUND("ground", "cream", "mint", "sky", "lilac", "rose", "sand", "grey", "navy"),
    PLACE("place", "left", "centre", "right"),
    SIZE("size", "small", "medium", "large"),
    STYLE("style", "shaded", "flat", "outline", "low-poly", "pixel", "painterly"),
    /** Number of balls, of people in a group, or of raised fingers of a hand. */
    COUNT("count", "one", "two", "three", "four", "five", "six"),
    LIGHT("light", "left", "right"),
    SKIN("skin", "light", "tan", "brown", "dark"),
    HAIR("hair", "short", "long", "curly", "bald"),
    HAIR_COLOUR("hair-colour", "black", "brown", "blond", "red", "grey"),
    EXPRESSION("expression", "smiling", "neutral", "surprised", "sad"),
    GLASSES("glasses", "none", "round", "sunglasses"),
    /** Head or hand posture. */
    POSE("pose", "upright", "tilted-left", "tilted-right"),
    /** Label on a product. */
    LABEL("label", "none", "plain", "striped"),
    WORD("word", "yes", "no", "sale", "new", "hot", "open", "go", "stop", "love", "tea", "ice", "sun");

    private final String id;
    private final List<String> choices;

    Attribute(String id, String... choices) {
        this.id = id;
        this.choices = List.of(choices);
    }

    /** The name used in packs, scores and model cards. */
    public String id() {
        return id;
    }

    /** Every value, in class order. */
    public List<String> choices() {
        return choices;
    }
}
