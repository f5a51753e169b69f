package dev.touchstone.reports.section;

import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.prompt.CohortAxis;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What things are called in a report. */
final class Wording {

    private Wording() {}

    static String cohort(CohortKey key) {
        return key.labels().isEmpty()
                ? "All images"
                : String.join(" \u00d7 ", key.labels().values());
    }

    /** The title of an axis or a cross of axes, by its id. */
    static String axis(String id) {
        return Arrays.stream(id.split("\\*")).map(Wording::oneAxis).collect(Collectors.joining(" \u00d7 "));
    }

    private static String oneAxis(String id) {
        return Arrays.stream(CohortAxis.values())
                .filter(axis -> axis.id().equals(id))
                .findFirst()
                .map(axis -> switch (axis) {
                    case WORKFLOW -> "Workflow";
                    case STYLE_FAMILY -> "Style family";
                    case RESOLUTION_CLASS -> "Resolution class";
                    case USER_TYPE -> "User type";
                })
                .orElse(id);
    }

    static String measure(String id) {
        return switch (id) {
            case "end-to-end" -> "End-to-end latency";
            case "first-image" -> "Time to first image";
            case "service" -> "Service time";
            default -> id.startsWith("phase.") ? capital(id.substring("phase.".length())) : id;
        };
    }

    static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    static String images(long count) {
        return dev.touchstone.reports.model.Decimals.of(count) + (count == 1 ? " image" : " images");
    }

    static String prompts(long count) {
        return dev.touchstone.reports.model.Decimals.of(count) + (count == 1 ? " prompt" : " prompts");
    }

    /** Who judged, to stand behind a title: nothing where nobody did. */
    static String judges(int reviewers) {
        return switch (reviewers) {
            case 0 -> "";
            case 1 -> ", judged by one person";
            default -> ", judged by " + dev.touchstone.reports.model.Decimals.of((long) reviewers) + " people";
        };
    }
}
