package dev.touchstone.reports.chart;

/** For which page a chart is drawn. */
enum ChartFormat {
    WIDE(960, 14, 70),
    NARROW(358, 12, 62);

    private final int widthPixels;
    private final int fontPixels;
    private final int rowPixels;

    ChartFormat(int widthPixels, int fontPixels, int rowPixels) {
        this.widthPixels = widthPixels;
        this.fontPixels = fontPixels;
        this.rowPixels = rowPixels;
    }

    int widthPixels() {
        return widthPixels;
    }

    int fontPixels() {
        return fontPixels;
    }

    /** Height of a row with its label. */
    int rowPixels() {
        return rowPixels;
    }

    /** Ends the ids of a drawing, so that both drawings of a chart can stand in one page. */
    String suffix() {
        return this == WIDE ? "w" : "n";
    }
}
