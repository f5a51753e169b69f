package dev.touchstone.eval.score;

import dev.touchstone.eval.golden.GoldenImage;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.feature.AttributeReader;
import dev.touchstone.metrics.feature.AttributeReading;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.adherence.Adherence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often the judge of adherence reads an attribute right where it surely is: in golden pictures. No model can be found to
 * follow its prompts more often than that.
 *
 * @param right by attribute, pictures read right
 * @param read by attribute, pictures that say what they show
 */
record JudgeCeiling(Map<Attribute, Integer> right, Map<Attribute, Integer> read) {

    /** Pictures that are read: a share of one half is known to 4 points. */
    private static final int MOST = 512;

    /** Of a dataset, spread evenly over its files; empty where no picture says what it shows. */
    static JudgeCeiling of(AttributeReader judge, GoldenReferences references) {
        List<GoldenImage> telling = references.all().stream()
                .filter(image -> !image.attributes().isEmpty())
                .toList();
        int count = Math.min(MOST, telling.size());
        Map<Attribute, Integer> right = new EnumMap<>(Attribute.class);
        Map<Attribute, Integer> read = new EnumMap<>(Attribute.class);
        if (count == 0) {
            return new JudgeCeiling(right, read);
        }
        List<GoldenImage> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chosen.add(telling.get((int) ((long) i * telling.size() / count)));
        }
        List<RgbImage> pixels = chosen.parallelStream()
                .map(image -> references.digested(image).read())
                .toList();
        List<AttributeReading> readings = judge.attributes(pixels);
        for (int i = 0; i < count; i++) {
            SortedMap<Attribute, String> shown = new TreeMap<>(chosen.get(i).attributes());
            shown.keySet().removeIf(attribute -> !attribute.choices().contains(shown.get(attribute)));
            if (Adherence.of(readings.get(i), shown) instanceof Adherence.Measured measured) {
                measured.findings().forEach((attribute, finding) -> {
                    read.merge(attribute, 1, Integer::sum);
                    right.merge(attribute, finding.found() ? 1 : 0, Integer::sum);
                });
            }
        }
        return new JudgeCeiling(right, read);
    }

    boolean isKnown() {
        return !read.isEmpty();
    }

    /** Pictures behind the attribute that most of them say. */
    int pictures() {
        return read.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Share of all readings that are right, in [0, 1]. */
    double share() {
        return right.values().stream().mapToInt(Integer::intValue).sum()
                / (double) read.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Shares and counts by attribute, as details of a score. */
    SortedMap<String, Double> detail() {
        SortedMap<String, Double> detail = new TreeMap<>();
        read.forEach((attribute, n) -> {
            detail.put(Adherence.CEILING + attribute.id(), right.get(attribute) / (double) n);
            detail.put(Adherence.CEILING_N + attribute.id(), (double) n);
        });
        return detail;
    }
}
