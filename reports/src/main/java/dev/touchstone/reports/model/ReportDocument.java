package dev.touchstone.reports.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A whole report.
 *
 * @param title one line
 * @param lead a sentence below the title
 * @param origin what made it and from what, printed small at the end
 * @param sections in order, with ids that are unique over all levels
 */
public record ReportDocument(String title, String lead, String origin, List<Section> sections) {

    /** @throws IllegalArgumentException if two sections have one id */
    public ReportDocument {
        sections = List.copyOf(sections);
        requireUnique(sections, new HashSet<>());
    }

    private static void requireUnique(List<? extends Block> blocks, Set<String> seen) {
        for (Block block : blocks) {
            if (block instanceof Section section) {
                if (!seen.add(section.id())) {
                    throw new IllegalArgumentException(
                            "report: expected unique section ids, found \"" + section.id() + "\" again");
                }
                requireUnique(section.blocks(), seen);
            }
        }
    }
}
