package dev.touchstone.eval.compare;

import dev.touchstone.generator.document.DocumentNode;
import dev.touchstone.generator.document.Problem;
import dev.touchstone.generator.document.Problems;
import dev.touchstone.generator.document.YamlDocument;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.IoReason;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A run's manifest as key and text, the keys of a section behind its name and a dot, the items of a list joined by a comma. Read
 * as it stands, so that the manifest of an old run compares even where this program would not run it any more. Keys that may be
 * left out have the value that they stand for then.
 *
 * @param values by key, as in {@code generation.steps}
 */
record ManifestValues(SortedMap<String, String> values) {

    /** What a key that is left out stands for, as in docs/schema/manifest-1.json. */
    private static final Map<String, String> LEFT_OUT = Map.ofEntries(
            Map.entry("description", ""),
            Map.entry("serving.path", "in-process"),
            Map.entry("serving.container", "none"),
            Map.entry("serving.commit", "workspace"),
            Map.entry("generation.resolution", "by-class"),
            Map.entry("generation.negative_prompt", ""),
            Map.entry("generation.prompt_upsampling", "off"),
            Map.entry("generation.seed_policy", "fixed"),
            Map.entry("generation.best_of", "1"),
            Map.entry("generation.batch_size", "1"),
            Map.entry("generation.warmup_requests", "1"),
            Map.entry("generation.precision", "fp32"),
            Map.entry("generation.runtime", "auto"),
            Map.entry("generation.edit_strength", "1"),
            Map.entry("fees.price_per_image", "0"),
            Map.entry("golden", "builtin/1"),
            Map.entry("gate.policy", "none"));

    ManifestValues {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** @throws DataFileException if the file cannot be read or is not YAML */
    static ManifestValues read(Path manifest) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(manifest);
        } catch (IOException e) {
            throw new DataFileException(manifest + ": expected the run's manifest, found " + IoReason.of(e), e);
        }
        Problems problems = new Problems();
        Optional<DocumentNode.Mapping> tree = YamlDocument.tree(manifest.toString(), bytes, problems);
        if (tree.isEmpty()) {
            throw new DataFileException(
                    problems.list().stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        SortedMap<String, String> values = new TreeMap<>(LEFT_OUT);
        flatten("", tree.get(), values);
        return new ManifestValues(values);
    }

    private static void flatten(String path, DocumentNode.Mapping mapping, SortedMap<String, String> values) {
        for (DocumentNode.Entry entry : mapping.entries()) {
            String key = path.isEmpty() ? entry.key() : path + "." + entry.key();
            if (entry.value() instanceof DocumentNode.Mapping section) {
                flatten(key, section, values);
            } else {
                values.put(key, text(entry.value()));
            }
        }
    }

    private static String text(DocumentNode node) {
        if (node instanceof DocumentNode.Scalar scalar) {
            return switch (scalar.kind()) {
                case INTEGER, NUMBER -> number(scalar.text());
                default -> scalar.text();
            };
        }
        if (node instanceof DocumentNode.Sequence list) {
            return list.items().stream().map(ManifestValues::text).collect(Collectors.joining(","));
        }
        SortedMap<String, String> inner = new TreeMap<>();
        flatten("", (DocumentNode.Mapping) node, inner);
        return inner.toString();
    }

    /** The number in one form: 2.50 and 2.5 are no difference. */
    private static String number(String text) {
        BigDecimal exact = new BigDecimal(text);
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }

    String text(String key) {
        return values.getOrDefault(key, "");
    }

    List<String> list(String key) {
        return text(key).isEmpty() ? List.of() : List.of(text(key).split(","));
    }

    /** A number; the other value where the key is absent or no number. */
    double number(String key, double otherwise) {
        try {
            return values.containsKey(key) ? Double.parseDouble(values.get(key)) : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
