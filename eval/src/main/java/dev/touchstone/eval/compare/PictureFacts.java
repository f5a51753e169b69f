package dev.touchstone.eval.compare;

import dev.touchstone.metrics.image.ImageFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the files of a run's pictures say about themselves: the parameters that generators write into them, and marks of
 * provenance. At most {@link #MOST} are opened, evenly spread.
 *
 * @param opened files
 * @param disagreeing that name other steps than the run
 * @param disagreement one of those
 * @param marked with C2PA or IPTC marks
 */
record PictureFacts(int opened, int disagreeing, String disagreement, int marked) {

    /** Most files that are opened: a share of a thousandth shows. */
    static final int MOST = 1000;

    private static final int SIGNATURE = 8;
    private static final int LARGEST_TEXT = 1 << 16;
    private static final Pattern STEPS = Pattern.compile("(?i)\"?steps\"?\\s*[:=]\\s*\"?(\\d{1,4})");

    static PictureFacts of(ComparedRun run) {
        Pictures pictures = run.pictures();
        int complete = 0;
        for (int row = 0; row < pictures.size(); row++) {
            complete += pictures.isComplete(row) ? 1 : 0;
        }
        int stride = Math.max(1, (complete + MOST - 1) / MOST);
        Counter counter = new Counter();
        int seen = 0;
        for (int row = 0; row < pictures.size(); row++) {
            if (pictures.isComplete(row) && seen++ % stride == 0) {
                counter.open(run, row);
            }
        }
        return new PictureFacts(counter.opened, counter.disagreeing, counter.disagreement, counter.marked);
    }

    private static final class Counter {

        private int opened;
        private int disagreeing;
        private String disagreement = "";
        private int marked;

        void open(ComparedRun run, int row) {
            Pictures pictures = run.pictures();
            String id = run.samples().prompts().id(pictures.prompt(row)) + "." + pictures.index(row);
            Path file = run.output(row);
            byte[] png;
            try {
                png = Files.readAllBytes(file);
            } catch (IOException e) {
                return; // a run whose pictures were put away still has its records
            }
            opened++;
            if (pictures.made(row).format() == ImageFormat.PNG) {
                chunks(png, id, pictures, row);
            } else {
                // Marks of other formats stand near the head, in XMP or JUMBF, whose names are plain text.
                String head = new String(png, 0, Math.min(png.length, LARGEST_TEXT), StandardCharsets.ISO_8859_1);
                marked += head.contains("DigitalSourceType") || head.contains("c2pa") ? 1 : 0;
            }
        }

        private void chunks(byte[] png, String id, Pictures pictures, int row) {
            boolean mark = false;
            boolean other = false;
            for (int at = SIGNATURE; at + 12 <= png.length; ) {
                int length = integer(png, at);
                if (length < 0 || length > png.length - at - 12) {
                    break;
                }
                String type = new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
                mark |= type.equals("caBX");
                if (type.equals("tEXt") || type.equals("iTXt")) {
                    String text = new String(png, at + 8, Math.min(length, LARGEST_TEXT), StandardCharsets.UTF_8);
                    mark |= text.contains("DigitalSourceType") || text.contains("c2pa");
                    other |= disagrees(text, pictures.steps(row), id);
                }
                at += 12 + length;
            }
            marked += mark ? 1 : 0;
            disagreeing += other ? 1 : 0;
        }

        private boolean disagrees(String text, int asked, String id) {
            Matcher matcher = STEPS.matcher(text);
            if (asked == 0 || !matcher.find() || matcher.group(1).equals(Integer.toString(asked))) {
                return false;
            }
            disagreement = id + ": steps " + matcher.group(1) + " for " + asked;
            return true;
        }

        private static int integer(byte[] bytes, int at) {
            return (bytes[at] & 0xff) << 24
                    | (bytes[at + 1] & 0xff) << 16
                    | (bytes[at + 2] & 0xff) << 8
                    | bytes[at + 3] & 0xff;
        }
    }
}
