package dev.touchstone.eval.training;

import dev.touchstone.generator.scene.CounterRandom;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.image.RgbImage;
import java.util.SortedMap;
import java.util.TreeMap;

/** Pictures that a few steps of training can tell apart: a coloured disc at one of three places, or a coloured ground. */
final class DrawnExamples implements ExampleSource {

    @Override
    public Example training(long index) {
        return draw(index, "training");
    }

    @Override
    public Example heldBack(long index) {
        return draw(index, "held-back");
    }

    private static Example draw(long index, String purpose) {
        CounterRandom random = new CounterRandom(7, purpose, index);
        SortedMap<Attribute, String> values = new TreeMap<>();
        values.put(Attribute.SUBJECT, random.pick(Attribute.SUBJECT.choices().subList(0, 2)));
        int place = random.nextInt(3);
        int size = 64;
        byte[] rgb = new byte[size * size * 3];
        boolean face = values.get(Attribute.SUBJECT).equals("face");
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                boolean inside = Math.hypot(x - 12 - 20 * place, y - 32) < 9;
                for (int channel = 0; channel < 3; channel++) {
                    int value = inside ? (face == (channel == 0) ? 250 : 20) : 120;
                    rgb[(y * size + x) * 3 + channel] = (byte) (value + random.nextInt(5));
                }
            }
        }
        // Every second picture says nothing of the place: that head must learn from the others alone.
        if (index % 2 == 0) {
            values.put(Attribute.PLACE, Attribute.PLACE.choices().get(place));
        }
        return new Example(new RgbImage(size, size, rgb), values);
    }
}
