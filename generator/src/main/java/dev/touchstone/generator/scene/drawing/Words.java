package dev.touchstone.generator.scene.drawing;

import dev.touchstone.metrics.feature.Attribute;
import java.util.List;

/** Short words in block letters drawn as thick strokes. The word spans x from -1 to 1. */
final class Words {
    private Words() {}

    /** Strokes of a letter in a cell of 1 x 1: polylines of x, y pairs. */
    private static double[][] strokes(char letter) {
        return switch (letter) {
            case 'a' -> new double[][] {{0, 1, 0.5, 0, 1, 1}, {0.22, 0.64, 0.78, 0.64}};
            case 'c' ->
                new double[][] {{1, 0.22, 0.78, 0.02, 0.28, 0.02, 0, 0.28, 0, 0.72, 0.28, 0.98, 0.78, 0.98, 1, 0.78}};
            case 'e' -> new double[][] {{1, 0, 0, 0, 0, 1, 1, 1}, {0, 0.5, 0.8, 0.5}};
            case 'g' ->
                new double[][] {
                    {1, 0.2, 0.78, 0.02, 0.28, 0.02, 0, 0.28, 0, 0.72, 0.28, 0.98, 1, 0.98, 1, 0.56, 0.6, 0.56}
                };
            case 'h' -> new double[][] {{0, 0, 0, 1}, {1, 0, 1, 1}, {0, 0.5, 1, 0.5}};
            case 'i' -> new double[][] {{0.5, 0, 0.5, 1}};
            case 'l' -> new double[][] {{0, 0, 0, 1, 1, 1}};
            case 'n' -> new double[][] {{0, 1, 0, 0}, {0, 0, 1, 1}, {1, 1, 1, 0}};
            case 'o' -> new double[][] {{0.3, 0, 0.7, 0, 1, 0.3, 1, 0.7, 0.7, 1, 0.3, 1, 0, 0.7, 0, 0.3, 0.3, 0}};
            case 'p' -> new double[][] {{0, 1, 0, 0, 0.72, 0, 1, 0.16, 1, 0.42, 0.72, 0.58, 0, 0.58}};
            case 's' ->
                new double[][] {
                    {
                        1, 0.16, 0.78, 0, 0.25, 0, 0, 0.16, 0, 0.34, 0.22, 0.48, 0.78, 0.52, 1, 0.66, 1, 0.84, 0.75, 1,
                        0.22, 1, 0, 0.84
                    }
                };
            case 't' -> new double[][] {{0, 0, 1, 0}, {0.5, 0, 0.5, 1}};
            case 'u' -> new double[][] {{0, 0, 0, 0.7, 0.28, 1, 0.72, 1, 1, 0.7, 1, 0}};
            case 'v' -> new double[][] {{0, 0, 0.5, 1}, {0.5, 1, 1, 0}};
            case 'w' -> new double[][] {{0, 0, 0.25, 1}, {0.25, 1, 0.5, 0.3}, {0.5, 0.3, 0.75, 1}, {0.75, 1, 1, 0}};
            case 'y' -> new double[][] {{0, 0, 0.5, 0.5}, {1, 0, 0.5, 0.5}, {0.5, 0.5, 0.5, 1}};
            default -> new double[][] {{0, 0, 1, 0, 1, 1, 0, 1, 0, 0}};
        };
    }

    private static double wide(char letter) {
        return letter == 'i' ? 0.3 : letter == 'w' ? 1.25 : 1;
    }

    static void draw(Sketch sketch) {
        String word = sketch.value(Attribute.WORD, "yes");
        Stream s = sketch.stream("word");
        int colour = Tone.vary(Palette.colour(sketch.value(Attribute.COLOUR, "red")), sketch.stream("tint"), 6);
        double units = 0;
        for (int i = 0; i < word.length(); i++) {
            units += wide(word.charAt(i));
        }
        double gap = 0.5;
        double cell = 2 / (units + gap * word.length());
        double stroke = Math.min(0.2, cell * 0.32);
        double high = Math.min(0.8, Math.max(cell * 1.5, 0.56));
        Sketch tilted = sketch.within(Affine.turn(s.around(0.05), 0, 0));
        double x = -1 + gap * cell / 2;
        for (int i = 0; i < word.length(); i++) {
            double w = wide(word.charAt(i)) * cell;
            double y = -high / 2 + s.around(0.02);
            Outline letter = new Outline(List.of());
            for (double[] line : strokes(word.charAt(i))) {
                double[] points = new double[line.length];
                for (int k = 0; k < line.length; k += 2) {
                    double at = word.charAt(i) == 'i' ? 0.5 : line[k];
                    points[k] = x + at * w;
                    points[k + 1] = y + line[k + 1] * high;
                }
                letter = letter.and(Outline.line(stroke, points));
            }
            if (sketch.shaded()) {
                Sketch below = tilted.within(Affine.move(-sketch.light() * 0.035, 0.05));
                below.add(letter, Ink.of(0x120C1C, 0.4), Volume.SHADOW);
            }
            tilted.add(letter, colour, Volume.SLAB);
            x += w + gap * cell;
        }
    }
}
