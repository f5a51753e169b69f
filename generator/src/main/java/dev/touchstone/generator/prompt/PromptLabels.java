package dev.touchstone.generator.prompt;

import dev.touchstone.generator.prompt.Prompt.Rotation;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The labels of a prompt on every axis.
 *
 * @param styleFamily {@code [a-z0-9-]{1,40}}
 */
public record PromptLabels(
        Workflow workflow, String styleFamily, ResolutionClass resolutionClass, UserType userType, Rotation rotation) {

    private static final int LONGEST = 40;
    private static final int DIGEST_DIGITS = 6;
    private static final String NAMELESS = "other";

    /** The same labels with another style family. */
    public PromptLabels withStyleFamily(String other) {
        return new PromptLabels(workflow, other, resolutionClass, userType, rotation);
    }

    /** The label on each cohort axis. */
    public SortedMap<CohortAxis, String> byAxis() {
        SortedMap<CohortAxis, String> labels = new TreeMap<>();
        labels.put(CohortAxis.WORKFLOW, workflow.id());
        labels.put(CohortAxis.STYLE_FAMILY, styleFamily);
        labels.put(CohortAxis.RESOLUTION_CLASS, resolutionClass.id());
        labels.put(CohortAxis.USER_TYPE, userType.id());
        return labels;
    }

    /**
     * Foreign words as a label: lower case, accents off, {@code -} for everything that is no letter or digit. Where a letter or
     * digit of another script is lost on the way, or the words are too long, the first digits of their SHA-256 tell them from
     * others: {@code other-9c1f02} for words of which nothing is left.
     */
    static String slug(String words) {
        String lower = Normalizer.normalize(words, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String plain = Normalizer.normalize(lower, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
        String slug = plain.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        boolean lost = plain.codePoints().anyMatch(c -> Character.isLetterOrDigit(c) && c > 'z');
        if (!lost && slug.length() <= LONGEST) {
            return slug.isEmpty() ? NAMELESS : slug;
        }
        String digest =
                Sha256.of(lower.strip().getBytes(StandardCharsets.UTF_8)).substring(0, DIGEST_DIGITS);
        String start = slug.isEmpty() ? NAMELESS : slug;
        return start.substring(0, Math.min(LONGEST - DIGEST_DIGITS - 1, start.length())) + "-" + digest;
    }
}
