package dev.touchstone.reports.model;

/**
 * A drawing and the numbers it draws.
 *
 * @param title one line
 * @param summary what a reader who cannot see it needs to know, one sentence
 * @param reading how to read the marks, one sentence
 * @param wide for a page
 * @param narrow for a phone
 * @param data the same numbers as a table
 */
public record Chart(String title, String summary, String reading, Svg wide, Svg narrow, Table data) implements Block {

    /**
     * A drawing without scripts, links or outside resources.
     *
     * @param markup one {@code svg} element
     */
    public record Svg(String markup) {

        /** @throws IllegalArgumentException if the markup is not one svg element */
        public Svg {
            if (!markup.startsWith("<svg") || !markup.endsWith("</svg>")) {
                throw new IllegalArgumentException(
                        "chart: expected an svg element, found " + markup.substring(0, Math.min(40, markup.length())));
            }
        }
    }
}
