package dev.touchstone.generator.scene;

import dev.touchstone.metrics.feature.Attribute;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** Writes sheets of scenes for the eye, and measures speed: {@code ContactSheet FOLDER}. */
final class ContactSheet {
    private static final int SIDE = 64;
    private static final int ZOOM = 2;

    private ContactSheet() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        List<List<Scene>> styles = new ArrayList<>();
        for (String subject : Attribute.SUBJECT.choices()) {
            List<Scene> row = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Scene scene = base(subject, 100 + i)
                        .with(Attribute.STYLE, Attribute.STYLE.choices().get(i / 2))
                        .with(Attribute.SIZE, i % 2 == 0 ? "large" : "medium");
                row.add(scene);
            }
            styles.add(row);
        }
        write(folder.resolve("styles1.png"), styles.subList(0, 8));
        write(folder.resolve("styles2.png"), styles.subList(8, styles.size()));
        write(folder.resolve("grounds.png"), grounds());
        List<List<Scene>> values = new ArrayList<>();
        for (String[] pair : new String[][] {
            {"face", "SKIN"}, {"face", "HAIR"}, {"face", "HAIR_COLOUR"}, {"face", "EXPRESSION"}, {"face", "GLASSES"},
            {"face", "POSE"}, {"face", "LIGHT"}, {"face", "COLOUR"}, {"house", "COLOUR"}, {"mug", "GROUND"},
            {"bottle", "BACKGROUND"}, {"tree", "PLACE"}, {"cat", "SIZE"}, {"bottle", "LABEL"}, {"jar", "LABEL"},
            {"box", "LABEL"}, {"mug", "LABEL"}, {"balls", "COUNT"}, {"hand", "COUNT"}, {"faces", "COUNT"},
            {"hand", "POSE"}, {"word", "WORD"}, {"word", "SIZE"}, {"face", "SIZE"}, {"mirror-ball", "GROUND"}
        }) {
            Attribute attribute = Attribute.valueOf(pair[1]);
            List<Scene> row = new ArrayList<>();
            for (String value : attribute.choices()) {
                row.add(base(pair[0], 7).with(Attribute.SIZE, "large").with(attribute, value));
            }
            values.add(row);
        }
        write(folder.resolve("values.png"), values);
        List<List<Scene>> people = new ArrayList<>();
        for (int y = 0; y < 8; y++) {
            List<Scene> row = new ArrayList<>();
            for (int x = 0; x < 12; x++) {
                row.add(base("face", 1000 + y * 50 + x).with(Attribute.SIZE, x % 4 == 3 ? "medium" : "large"));
            }
            people.add(row);
        }
        write(folder.resolve("people.png"), people);
        List<List<Scene>> small = new ArrayList<>();
        for (List<Scene> row : styles) {
            small.add(row.stream()
                    .map(scene -> scene.with(Attribute.SIZE, "small"))
                    .toList());
        }
        write(folder.resolve("small.png"), small);
        speed(styles, "all subjects, all styles");
        speed(people, "portraits");
    }

    /** Every colour on every ground, flat and shaded. */
    private static List<List<Scene>> grounds() {
        List<List<Scene>> rows = new ArrayList<>();
        for (String ground : Attribute.GROUND.choices()) {
            List<Scene> row = new ArrayList<>();
            for (String colour : Attribute.COLOUR.choices()) {
                int i = row.size() + rows.size();
                String[] subjects = {"star", "jar", "fish", "tree", "mug", "flower", "cat"};
                row.add(base(subjects[i % subjects.length], i)
                        .with(Attribute.STYLE, i % 2 == 0 ? "flat" : "shaded")
                        .with(Attribute.BACKGROUND, "plain")
                        .with(Attribute.SIZE, "large")
                        .with(Attribute.COLOUR, colour)
                        .with(Attribute.GROUND, ground));
            }
            rows.add(row);
        }
        return rows;
    }

    static Scene base(String subject, long seed) {
        SortedMap<Attribute, String> values = new TreeMap<>();
        for (Attribute attribute : Attribute.values()) {
            List<String> choices = attribute.choices();
            values.put(
                    attribute,
                    choices.get(new SplittableRandom(seed * 31 + attribute.ordinal()).nextInt(choices.size())));
        }
        values.put(Attribute.SUBJECT, subject);
        values.put(Attribute.STYLE, "shaded");
        values.put(Attribute.PLACE, "centre");
        return new Scene(Workflow.STYLISED_ART, values, seed);
    }

    private static void write(Path file, List<List<Scene>> rows) throws IOException {
        int columns = rows.stream().mapToInt(List::size).max().orElse(1);
        int step = SIDE * ZOOM + 4;
        BufferedImage sheet = new BufferedImage(columns * step, rows.size() * step, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < rows.size(); y++) {
            for (int x = 0; x < rows.get(y).size(); x++) {
                BufferedImage image = SceneRenderer.render(rows.get(y).get(x), SIDE, SIDE);
                for (int py = 0; py < SIDE * ZOOM; py++) {
                    for (int px = 0; px < SIDE * ZOOM; px++) {
                        sheet.setRGB(x * step + px, y * step + py, image.getRGB(px / ZOOM, py / ZOOM));
                    }
                }
            }
        }
        ImageIO.write(sheet, "png", file.toFile());
    }

    private static void speed(List<List<Scene>> rows, String name) {
        List<Scene> scenes = rows.stream().flatMap(List::stream).toList();
        for (int round = 0; round < 4; round++) {
            long start = System.nanoTime();
            int n = 0;
            while (System.nanoTime() - start < 700_000_000L) {
                SceneRenderer.render(scenes.get(n++ % scenes.size()), SIDE, SIDE);
            }
            System.out.println(name + ": " + n * 1_000_000_000L / (System.nanoTime() - start) + " images/s");
        }
    }
}
