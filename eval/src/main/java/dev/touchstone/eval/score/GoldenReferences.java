package dev.touchstone.eval.score;

import dev.touchstone.eval.golden.GoldenDataset;
import dev.touchstone.eval.golden.GoldenImage;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.run.PromptRecord;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.feature.DigestedImage;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.metric.FloorDesign;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Which pictures of the golden dataset a cohort or a prompt is measured against. */
final class GoldenReferences {

    /** Pictures that fit a prompt equally well and are compared with at most. */
    static final int NEAREST = 4;

    private final GoldenDataset golden;
    private final List<GoldenImage> images;
    private final ImageDecoder decoder = new ImageDecoder();

    GoldenReferences(GoldenDataset golden) {
        this.golden = golden;
        this.images = golden.images();
    }

    List<GoldenImage> all() {
        return images;
    }

    DigestedImage digested(GoldenImage image) {
        return DigestedImage.recorded(golden.file(image), golden.digest(image), decoder);
    }

    /** The expected result of a prompt's edit; empty where it is no edit, or the dataset has no result at this size. */
    Optional<DigestedImage> target(PromptRecord asked) {
        return asked.prompt()
                .edit()
                .flatMap(edit -> golden.editFiles(edit.pair(), asked.widthPixels(), asked.heightPixels()))
                .map(files -> DigestedImage.recorded(files.target(), golden.digest(files.target()), decoder));
    }

    /**
     * Indexes into {@link #all()} of the pictures that a set of prompts is compared with: those of the same workflow and style. A dataset
     * without styles is compared by workflow, one without any of the workflows as a whole.
     */
    int[] of(List<Prompt> prompts) {
        Set<String> workflows = new HashSet<>();
        Set<String> looks = new HashSet<>();
        for (Prompt prompt : prompts) {
            String workflow = prompt.label(CohortAxis.WORKFLOW);
            workflows.add(workflow);
            looks.add(workflow + "/" + prompt.label(CohortAxis.STYLE_FAMILY));
        }
        int[] byLook = indexes(image -> looks.contains(image.workflow() + "/" + style(image)));
        if (byLook.length > 0) {
            return byLook;
        }
        int[] byWorkflow = indexes(image -> workflows.contains(image.workflow()));
        return byWorkflow.length > 0 ? byWorkflow : indexes(image -> true);
    }

    /** The pictures that a prompt's are compared with: {@link #nearest(Prompt, int)}, at most four. */
    List<GoldenImage> nearest(Prompt prompt) {
        return nearest(prompt, NEAREST);
    }

    /** The pictures of the prompt's workflow that show most of what it asks for, best first; empty where it asks for nothing. */
    List<GoldenImage> nearest(Prompt prompt, int most) {
        if (prompt.asks().isEmpty()) {
            return List.of();
        }
        String workflow = prompt.label(CohortAxis.WORKFLOW);
        List<GoldenImage> candidates = images.stream()
                .filter(image -> image.workflow().equals(workflow))
                .filter(image -> shows(image, prompt.asks(), Attribute.SUBJECT))
                .toList();
        return candidates.stream()
                .sorted(Comparator.comparingLong((GoldenImage image) -> -matches(image, prompt.asks()))
                        .thenComparing(GoldenImage::file))
                .limit(most)
                .toList();
    }

    /**
     * How many of the attributes that a prompt asks for two golden pictures share, those of one workflow before all others.
     * Datasets without attributes leave nothing to go by; then any picture is as good as another.
     *
     * @param prompts whose asked attributes count
     * @param rows indexes into {@link #all()}
     */
    FloorDesign.Likeness likeness(List<Prompt> prompts, int[] rows) {
        Attribute[] attributes = Attribute.values();
        int[][] codes = new int[attributes.length + 1][rows.length];
        Map<String, Integer> numbers = new HashMap<>();
        for (int row = 0; row < rows.length; row++) {
            GoldenImage image = images.get(rows[row]);
            for (Attribute attribute : attributes) {
                String value = image.attributes().getOrDefault(attribute, "");
                codes[attribute.ordinal()][row] =
                        value.isEmpty() ? -row - 1 : numbers.computeIfAbsent(value, key -> numbers.size());
            }
            codes[attributes.length][row] = numbers.computeIfAbsent("/" + image.workflow(), key -> numbers.size());
        }
        int[][] asked = prompts.stream()
                .map(prompt -> prompt.asks().keySet().stream()
                        .mapToInt(Attribute::ordinal)
                        .toArray())
                .toArray(int[][]::new);
        return new SharedAttributes(codes, asked);
    }

    /**
     * Counts what pictures have in common.
     *
     * @param codes of each attribute, then of the workflow, one number per picture; equal numbers are equal values
     * @param asked places of the attributes that each prompt asks for
     */
    private record SharedAttributes(int[][] codes, int[][] asked) implements FloorDesign.Likeness {

        @Override
        public int of(int prompt, int first, int second) {
            int[] workflow = codes[codes.length - 1];
            int alike = workflow[first] == workflow[second] ? codes.length - 1 : 0;
            for (int attribute : asked[prompt]) {
                alike += codes[attribute][first] == codes[attribute][second] ? 1 : 0;
            }
            return alike;
        }

        @Override
        public void all(int prompt, int first, int[] into) {
            int[] workflow = codes[codes.length - 1];
            for (int row = 0; row < into.length; row++) {
                into[row] = workflow[row] == workflow[first] ? codes.length - 1 : 0;
            }
            for (int attribute : asked[prompt]) {
                int[] values = codes[attribute];
                int wanted = values[first];
                for (int row = 0; row < into.length; row++) {
                    into[row] += values[row] == wanted ? 1 : 0;
                }
            }
        }
    }

    private static long matches(GoldenImage image, SortedMap<Attribute, String> asks) {
        return asks.keySet().stream()
                .filter(attribute -> shows(image, asks, attribute))
                .count();
    }

    private static boolean shows(GoldenImage image, SortedMap<Attribute, String> asks, Attribute attribute) {
        return !asks.containsKey(attribute)
                || asks.get(attribute).equals(image.attributes().get(attribute));
    }

    private static String style(GoldenImage image) {
        return image.attributes().getOrDefault(Attribute.STYLE, "");
    }

    private int[] indexes(java.util.function.Predicate<GoldenImage> wanted) {
        return java.util.stream.IntStream.range(0, images.size())
                .filter(i -> wanted.test(images.get(i)))
                .toArray();
    }
}
