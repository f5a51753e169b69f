package dev.touchstone.generator.scene;

import dev.touchstone.metrics.feature.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** Words one scene in one phrasing: noun phrase, place, light, style and background, in the order of the template. */
final class CaptionWriter {

    private static final int PICTURE_FIRST = 0;
    private static final int SUBJECT_FIRST = 1;
    private static final int BACKGROUND_FIRST = 2;
    private static final int KEYWORDS = 3;

    private final SortedMap<Attribute, String> asked;
    private final int template;
    private final CounterRandom random;

    private CaptionWriter(SortedMap<Attribute, String> asked, int template, long wording) {
        this.asked = asked;
        this.template = template;
        this.random = new CounterRandom(wording, "wording", 0);
    }

    /** The caption; where the template would take more words than a prompt may have, the keyword form. */
    static String write(SortedMap<Attribute, String> asked, Phrasing phrasing) {
        String caption = new CaptionWriter(asked, phrasing.template(), phrasing.wording()).caption();
        if (Caption.words(caption).size() > Caption.MAXIMUM_WORDS) {
            return new CaptionWriter(asked, KEYWORDS, phrasing.wording()).caption();
        }
        return caption;
    }

    private String caption() {
        String style = value(Attribute.STYLE);
        String background = background();
        if (asked.get(Attribute.SUBJECT).equals(SceneGrammar.NOTHING)) {
            String empty = article("empty " + (background.isEmpty() ? "background" : background));
            return sentence(empty, style.isEmpty() ? "" : styleSuffix(style));
        }
        String subject = subject();
        String details = details();
        String place = place();
        String light = light();
        return switch (template) {
            case PICTURE_FIRST -> {
                String picture = style.isEmpty() ? article(subject) : stylePrefix(style) + " of " + article(subject);
                yield sentence(join(picture, place), details, light, on(background));
            }
            case SUBJECT_FIRST ->
                sentence(
                        join(article(subject), details, place, on(background)),
                        light,
                        style.isEmpty() ? "" : styleSuffix(style));
            case BACKGROUND_FIRST ->
                sentence(
                        on(background),
                        join(article(subject), details),
                        place,
                        light,
                        style.isEmpty() ? "" : styleSuffix(style));
            default -> sentence(subject, details, style, place, light, background);
        };
    }

    private String subject() {
        String size = size();
        String colour = value(Attribute.COLOUR);
        String subject = asked.get(Attribute.SUBJECT);
        String count = value(Attribute.COUNT);
        return switch (subject) {
            case "face" -> face(size);
            case "balls" -> {
                String noun = join(size, colour, count.equals("one") ? "ball" : "balls");
                yield count.isEmpty() ? any("some ", "several ") + noun : count + " " + noun;
            }
            case "pile" -> join(size, any("pile", "heap"), "of", colour, any("balls", "beads"));
            case "mirror-ball" -> join(size, any("mirror ball", "chrome ball"));
            case "hand" -> join(size, skin(), "hand");
            case "faces" ->
                count.isEmpty()
                        ? join(size, "group of", any("people", "faces"))
                        : any(
                                join(size, "group of", count, any("people", "faces")),
                                join(count, size, any("people", "faces")));
            case "word" -> "the " + join(size, colour, "word", value(Attribute.WORD));
            default -> join(size, colour, subject);
        };
    }

    private String face(String size) {
        String person = join(
                expression(),
                value(Attribute.HAIR).equals("bald") ? "bald" : "",
                skin(),
                any("woman", "man", "person"));
        return any(join(size, "portrait of", article(person)), join(size, "face of", article(person)));
    }

    /** What follows the subject's noun: hair, glasses, shirt, fingers, label, posture. */
    private String details() {
        boolean brief = template == KEYWORDS;
        List<String> parts = new ArrayList<>();
        String hairColour = value(Attribute.HAIR_COLOUR);
        String hair = value(Attribute.HAIR).equals("bald") ? "" : value(Attribute.HAIR);
        if (!(hair + hairColour).isEmpty()) {
            parts.add(join(hair, hairColour, "hair"));
        }
        switch (value(Attribute.GLASSES)) {
            case "round" -> parts.add("round glasses");
            case "sunglasses" -> parts.add("sunglasses");
            case "none" -> parts.add("no glasses");
            default -> {}
        }
        if (asked.get(Attribute.SUBJECT).equals("face")
                && !value(Attribute.COLOUR).isEmpty()) {
            parts.add((brief ? "" : "a ") + value(Attribute.COLOUR) + " " + any("shirt", "sweater"));
        }
        String count = value(Attribute.COUNT);
        if (asked.get(Attribute.SUBJECT).equals("hand") && !count.isEmpty()) {
            parts.add(count + any(" raised", "") + (count.equals("one") ? " finger" : " fingers"));
        }
        String label = value(Attribute.LABEL);
        if (!label.isEmpty()) {
            parts.add(label.equals("none") ? "no label" : brief ? label + " label" : "a " + label + " label");
        }
        String with = brief || parts.isEmpty() ? String.join(", ", parts) : "with " + enumerate(parts);
        if (asked.get(Attribute.SUBJECT).equals("word") && random.chance(0.5)) {
            with = "in block letters";
        }
        return joinWith(", ", with, posture());
    }

    private String posture() {
        String pose = value(Attribute.POSE);
        if (pose.isEmpty()) {
            return "";
        }
        return pose.equals("upright")
                ? "upright"
                : any("tilted", "leaning")
                        + (template == KEYWORDS ? " " : " to the ")
                        + pose.substring("tilted-".length());
    }

    private String expression() {
        return switch (value(Attribute.EXPRESSION)) {
            case "smiling" -> any("smiling", "happy");
            case "neutral" -> any("neutral", "calm");
            case "surprised" -> any("surprised", "astonished");
            case "sad" -> any("sad", "unhappy");
            default -> "";
        };
    }

    private String skin() {
        String skin = value(Attribute.SKIN);
        return skin.isEmpty() ? "" : skin + "-skinned";
    }

    private String size() {
        return switch (value(Attribute.SIZE)) {
            case "small" -> any("small", "little");
            case "medium" -> any("medium", "medium-sized");
            case "large" -> any("large", "big");
            default -> "";
        };
    }

    private String place() {
        String place = value(Attribute.PLACE);
        if (place.isEmpty()) {
            return "";
        }
        if (place.equals("centre")) {
            return any("in the centre", "in the middle");
        }
        return any("on the " + place, "on the " + place + " side");
    }

    private String light() {
        String light = value(Attribute.LIGHT);
        return light.isEmpty() ? "" : any("lit from the ", "light from the ") + light;
    }

    private String background() {
        String ground = value(Attribute.GROUND);
        return switch (value(Attribute.BACKGROUND)) {
            case "plain" -> join("plain", ground, any("background", "backdrop"));
            case "gradient" -> join(ground, any("gradient", "gradient background"));
            case "horizon" -> join(ground, any("horizon", "background with a horizon"));
            case "stripes" -> any(join("striped", ground, "background"), join("background of", ground, "stripes"));
            case "dots" -> any(join("dotted", ground, "background"), join("background of", ground, "dots"));
            default -> ground.isEmpty() ? "" : join(ground, any("background", "backdrop"));
        };
    }

    private String stylePrefix(String style) {
        return switch (style) {
            case "shaded" -> "a shaded " + any("picture", "image");
            case "flat" -> "a flat " + any("picture", "drawing", "illustration");
            case "outline" -> "an outline " + any("picture", "drawing");
            case "low-poly" -> "a low-poly " + any("picture", "image");
            case "pixel" -> "a pixel " + any("picture", "art picture");
            default -> any("a painterly picture", "a painting");
        };
    }

    private String styleSuffix(String style) {
        return any(style + " style", "in " + article(style + " style"), "drawn " + style);
    }

    private String on(String background) {
        return background.isEmpty() ? "" : any("on ", "against ") + article(background);
    }

    private String value(Attribute attribute) {
        return asked.getOrDefault(attribute, "");
    }

    private String any(String... wordings) {
        return random.pick(List.of(wordings));
    }

    private String article(String noun) {
        String first = noun.split(" ", 2)[0];
        if (first.equals("the")
                || first.equals("some")
                || first.equals("several")
                || Attribute.COUNT.choices().contains(first)) {
            return noun;
        }
        return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }

    private static String enumerate(List<String> parts) {
        int last = parts.size() - 1;
        return last == 0 ? parts.get(0) : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }

    private static String join(String... words) {
        return joinWith(" ", words);
    }

    private static String sentence(String... clauses) {
        return joinWith(", ", clauses).toLowerCase(Locale.ROOT);
    }

    private static String joinWith(String separator, String... parts) {
        return String.join(
                separator,
                List.of(parts).stream().filter(part -> !part.isEmpty()).toList());
    }
}
