package dev.touchstone.cli.terminal;

import dev.touchstone.generator.run.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how far the stages are: stage, done of total, rate, time left. On a terminal one line that is drawn again, at most ten
 * times a second; elsewhere, as in a CI log, a plain line when a stage begins, every ten seconds, and when it ends. Rates
 * count only what was done since the stage was first heard of, so that a continued run does not look fast.
 */
public final class ProgressBar implements Progress, AutoCloseable {

    /** How progress is shown. */
    public enum Style {
        BAR,
        LINES,
        NONE
    }

    private static final int BAR_CELLS = 24;
    private static final long BAR_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;

    private final PrintStream out;
    private final Style style;
    private final LongSupplier nanos;
    private String stage = "";
    private long stageStart;
    private long stageFirst;
    private long shown;
    private int width;
    private boolean open;

    public ProgressBar(PrintStream out, Style style) {
        this(out, style, System::nanoTime);
    }

    ProgressBar(PrintStream out, Style style, LongSupplier nanos) {
        this.out = out;
        this.style = style;
        this.nanos = nanos;
    }

    @Override
    public synchronized void report(String newStage, long done, long total, String note) {
        if (style == Style.NONE) {
            return;
        }
        long now = nanos.getAsLong();
        boolean begins = !newStage.equals(stage);
        if (begins) {
            endLine();
            stage = newStage;
            stageStart = now;
            stageFirst = done;
        }
        boolean ends = done >= total;
        boolean due = now - shown >= (style == Style.BAR ? BAR_NANOS : LINE_NANOS);
        if (!begins && !due && !(ends && open)) {
            return;
        }
        shown = now;
        String text = text(done, total, note, now);
        if (style == Style.LINES) {
            out.println(text);
            open = !ends;
            return;
        }
        out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
        out.flush();
        width = text.length();
        open = true;
        if (ends) {
            endLine();
        }
    }

    private String text(long done, long total, String note, long now) {
        double seconds = (now - stageStart) / 1e9;
        long made = done - stageFirst;
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-9s ", stage));
        if (style == Style.BAR) {
            int full = total == 0 ? BAR_CELLS : (int) (BAR_CELLS * Math.min(done, total) / total);
            text.append('[')
                    .append("#".repeat(full))
                    .append("-".repeat(BAR_CELLS - full))
                    .append("] ");
        }
        text.append(done).append(" of ").append(total);
        if (made > 0 && seconds > 0.5) {
            double rate = made / seconds;
            text.append(String.format(Locale.ROOT, ", %.1f a second", rate));
            text.append(", ").append(done >= total ? clock(seconds) : clock((total - done) / rate) + " left");
        }
        if (!note.isEmpty()) {
            text.append(", ").append(note);
        }
        return text.toString();
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }

    private void endLine() {
        if (open && style == Style.BAR) {
            out.println();
        }
        open = false;
        width = 0;
    }

    /** Ends a half-drawn line, so that what follows stands on its own. */
    public synchronized void finish() {
        endLine();
    }

    @Override
    public void close() {
        finish();
    }
}
