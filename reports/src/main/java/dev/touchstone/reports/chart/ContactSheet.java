package dev.touchstone.reports.chart;

import dev.touchstone.eval.trial.PackAdherence.Sample;
import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.image.RgbImage;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Pictures side by side, enlarged, each with its prompt under it. */
public final class ContactSheet {

    private static final int COLUMNS = 6;
    private static final int SIDE_PIXELS = 160;
    private static final int GAP_PIXELS = 10;
    private static final int LINES = 4;
    private static final int LINE_PIXELS = 12;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 10);

    private ContactSheet() {}

    /** Writes a PNG; a prompt that does not fit under its picture ends in an ellipsis. */
    public static void write(Path file, List<Sample> samples) throws IOException {
        int cellHeight = SIDE_PIXELS + LINES * LINE_PIXELS + GAP_PIXELS;
        int rows = (samples.size() + COLUMNS - 1) / COLUMNS;
        BufferedImage sheet = new BufferedImage(
                COLUMNS * (SIDE_PIXELS + GAP_PIXELS) + GAP_PIXELS,
                rows * cellHeight + GAP_PIXELS,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = sheet.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setFont(FONT);
        pen.setColor(Color.DARK_GRAY);
        for (int i = 0; i < samples.size(); i++) {
            int x = GAP_PIXELS + i % COLUMNS * (SIDE_PIXELS + GAP_PIXELS);
            int y = GAP_PIXELS + i / COLUMNS * cellHeight;
            pen.drawImage(picture(samples.get(i).image()), x, y, SIDE_PIXELS, SIDE_PIXELS, null);
            List<String> lines = lines(samples.get(i).prompt(), pen.getFontMetrics());
            for (int line = 0; line < lines.size(); line++) {
                pen.drawString(lines.get(line), x, y + SIDE_PIXELS + (line + 1) * LINE_PIXELS);
            }
        }
        pen.dispose();
        AtomicFile.write(file, out -> ImageIO.write(sheet, "png", out));
    }

    private static BufferedImage picture(RgbImage image) {
        BufferedImage picture =
                new BufferedImage(image.widthPixels(), image.heightPixels(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < image.widthPixels() * image.heightPixels(); i++) {
            int red = image.rgb()[3 * i] & 0xff;
            int green = image.rgb()[3 * i + 1] & 0xff;
            int blue = image.rgb()[3 * i + 2] & 0xff;
            picture.setRGB(i % image.widthPixels(), i / image.widthPixels(), red << 16 | green << 8 | blue);
        }
        return picture;
    }

    private static List<String> lines(String text, FontMetrics metrics) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && metrics.stringWidth(line + " " + word) > SIDE_PIXELS) {
                if (lines.size() == LINES - 1) {
                    lines.add(line + "\u2026");
                    return lines;
                }
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
