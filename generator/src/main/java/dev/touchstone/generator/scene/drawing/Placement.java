package dev.touchstone.generator.scene.drawing;

import dev.touchstone.generator.scene.Scene;
import dev.touchstone.metrics.feature.Attribute;

/**
 * Where in the frame the subject's box from -1 to 1 lies. The short side of the frame is 1.
 *
 * @param half half the side of the subject's box
 */
record Placement(double x, double y, double half) {

    static Placement of(Scene scene, double width, double height) {
        Stream s = new Stream(scene.variation(), "placement");
        String subject = scene.subject();
        String size = scene.value(Attribute.SIZE).orElse("medium");
        boolean coarse = scene.value(Attribute.STYLE).orElse("shaded").equals("pixel");
        double half = switch (size) {
            case "small" -> coarse ? 0.235 : 0.205;
            case "large" -> 0.39;
            default -> coarse ? 0.305 : 0.29;
        };
        half *= 1 + s.around(0.04);
        if (subject.equals("word")) {
            half = (size.equals("small") ? 0.31 : size.equals("large") ? 0.46 : 0.39) * (1 + s.around(0.02)) * width;
        }
        double wide = half * reach(subject);
        double room = width / 2 - wide - 0.015;
        double shift = Math.max(0.02, Math.min(width * 0.27, room));
        double x = width / 2
                + switch (scene.value(Attribute.PLACE).orElse("centre")) {
                    case "left" -> -shift + s.next() * 0.02;
                    case "right" -> shift - s.next() * 0.02;
                    default -> s.around(0.025);
                };
        double drop = stands(subject) ? 0.45 : 0;
        double y = height * 0.5 + (0.41 - half) * drop + s.around(0.02);
        if (subject.equals("face") || subject.equals("hand")) {
            y = height * 0.5 + (0.39 - half) * 0.25 + half * 0.12 + s.around(0.015);
        }
        if (subject.equals("face") || subject.equals("faces")) {
            y = Math.max(y, height - half * 1.72);
        }
        return new Placement(x, y, half);
    }

    Affine affine() {
        return Affine.move(x, y).then(Affine.scale(half, half));
    }

    private static boolean stands(String subject) {
        return switch (subject) {
            case "house", "tree", "cat", "flower", "boat", "bottle", "jar", "box", "mug", "mirror-ball", "pile" -> true;
            default -> false;
        };
    }

    /** Half the width of a subject in its own box. */
    private static double reach(String subject) {
        return switch (subject) {
            case "face" -> 0.68;
            case "bottle" -> 0.45;
            case "jar" -> 0.62;
            case "flower" -> 0.68;
            case "hand" -> 0.62;
            case "tree" -> 0.8;
            case "mug" -> 0.8;
            case "box" -> 0.78;
            case "house" -> 0.88;
            default -> 0.98;
        };
    }
}
