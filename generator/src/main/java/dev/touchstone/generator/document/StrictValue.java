package dev.touchstone.generator.document;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The value of a key. Each method answers empty if the key is absent, or if the value is not what it should be; the
 * latter is recorded as a problem.
 */
public final class StrictValue {

    private final Place place;
    private final String path;
    private final Optional<DocumentNode> node;
    private final Problems problems;

    StrictValue(Place place, String path, Optional<DocumentNode> node, Problems problems) {
        this.place = place;
        this.path = path;
        this.node = node;
        this.problems = problems;
    }

    /** Whether the key is there. */
    public boolean isPresent() {
        return node.isPresent();
    }

    /** Whether the value has keys of its own. */
    public boolean isSection() {
        return node.isPresent() && node.get() instanceof DocumentNode.Mapping;
    }

    /** Where the key stands, or its section if it is absent. */
    public Place place() {
        return place;
    }

    /** Where the value itself starts, behind its key; as {@link #place} if it is absent. */
    public Place valuePlace() {
        return node.map(DocumentNode::place).orElse(place);
    }

    /** Records a problem with this value. */
    public void problem(String expected, String hint) {
        problems.add(
                new Problem(place, path, expected, node.map(DocumentNode::shown).orElse("none"), hint));
    }

    /** A text; numbers and truth values must be quoted to be one. */
    public Optional<String> text() {
        return scalar("a text", DocumentNode.Kind.TEXT).map(DocumentNode.Scalar::text);
    }

    /**
     * A text of a form.
     *
     * @param described the form in words, for messages
     */
    public Optional<String> text(Pattern form, String described) {
        Optional<String> text = scalar(described, DocumentNode.Kind.TEXT).map(DocumentNode.Scalar::text);
        if (text.isPresent() && !form.matcher(text.get()).matches()) {
            problem(described, "");
            return Optional.empty();
        }
        return text;
    }

    /** A whole number in [least, most]. */
    public Optional<Long> integer(long least, long most) {
        String expected = "a whole number in [" + least + ", " + most + "]";
        return scalar(expected, DocumentNode.Kind.INTEGER).flatMap(scalar -> {
            BigDecimal value = new BigDecimal(scalar.text());
            if (value.compareTo(BigDecimal.valueOf(least)) < 0 || value.compareTo(BigDecimal.valueOf(most)) > 0) {
                problem(expected, "");
                return Optional.empty();
            }
            return Optional.of(value.longValueExact());
        });
    }

    /** A whole number in [least, most]. */
    public Optional<Integer> integer(int least, int most) {
        return integer((long) least, (long) most).map(Long::intValue);
    }

    /**
     * A text of a form, or a whole number in [least, most] written without quotes, as a text.
     *
     * @param described both forms in words
     */
    public Optional<String> textOrInteger(Pattern form, long least, long most, String described) {
        return scalar(described, DocumentNode.Kind.TEXT, DocumentNode.Kind.INTEGER)
                .flatMap(scalar -> {
                    boolean good = scalar.kind() == DocumentNode.Kind.TEXT
                            ? form.matcher(scalar.text()).matches()
                            : new BigDecimal(scalar.text()).compareTo(BigDecimal.valueOf(least)) >= 0
                                    && new BigDecimal(scalar.text()).compareTo(BigDecimal.valueOf(most)) <= 0;
                    if (!good) {
                        problem(described, "");
                        return Optional.empty();
                    }
                    return Optional.of(
                            scalar.kind() == DocumentNode.Kind.TEXT
                                    ? scalar.text()
                                    : new BigDecimal(scalar.text())
                                            .toBigInteger()
                                            .toString());
                });
    }

    /** A number in the range. */
    public Optional<BigDecimal> number(NumberRange range) {
        String expected = "a number in " + range;
        return scalar(expected, DocumentNode.Kind.NUMBER, DocumentNode.Kind.INTEGER)
                .flatMap(scalar -> {
                    BigDecimal value = new BigDecimal(scalar.text());
                    if (!range.contains(value)) {
                        problem(expected, "");
                        return Optional.empty();
                    }
                    return Optional.of(value);
                });
    }

    /** One of the named values. */
    public <T> Optional<T> choice(Map<String, T> choices) {
        String expected = "one of " + String.join(", ", choices.keySet());
        return scalar(expected, DocumentNode.Kind.values()).flatMap(scalar -> {
            if (choices.containsKey(scalar.text())) {
                return Optional.of(choices.get(scalar.text()));
            }
            problem(expected, NearestName.hint(scalar.text(), choices.keySet()));
            return Optional.empty();
        });
    }

    /** One of the names. */
    public Optional<String> choice(Collection<String> names) {
        Map<String, String> choices = new LinkedHashMap<>();
        names.forEach(name -> choices.put(name, name));
        return choice(choices);
    }

    /** Keys with values. */
    public Optional<StrictSection> section() {
        if (node.isPresent() && !(node.get() instanceof DocumentNode.Mapping)) {
            problem("a section with keys", "");
        }
        return node.filter(DocumentNode.Mapping.class::isInstance)
                .map(value -> new StrictSection((DocumentNode.Mapping) value, place, path, problems));
    }

    StrictSection emptySection() {
        return new StrictSection(new DocumentNode.Mapping(place, List.of()), place, path, problems);
    }

    /**
     * A list of single values, each read by the function; items that are wrong are left out of the answer. The same
     * item twice is a problem.
     *
     * @param least items there must be
     */
    public <T> Optional<List<T>> list(int least, Function<StrictValue, Optional<T>> item) {
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!(node.get() instanceof DocumentNode.Sequence sequence)) {
            problem("a list", "");
            return Optional.empty();
        }
        if (sequence.items().size() < least) {
            problem("a list of at least " + least, "");
        }
        List<T> read = new ArrayList<>();
        Map<T, Place> first = new LinkedHashMap<>();
        int index = 0;
        for (DocumentNode one : sequence.items()) {
            StrictValue value = new StrictValue(one.place(), path + "[" + index++ + "]", Optional.of(one), problems);
            item.apply(value).ifPresent(result -> {
                if (first.putIfAbsent(result, one.place()) != null) {
                    value.problem(
                            "each item once",
                            "first at line " + first.get(result).line());
                }
                read.add(result);
            });
        }
        return Optional.of(read);
    }

    private Optional<DocumentNode.Scalar> scalar(String expected, DocumentNode.Kind... kinds) {
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (node.get() instanceof DocumentNode.Scalar scalar) {
            for (DocumentNode.Kind kind : kinds) {
                if (scalar.kind() == kind) {
                    return Optional.of(scalar);
                }
            }
            boolean quotesHelp = kinds.length == 1
                    && kinds[0] == DocumentNode.Kind.TEXT
                    && scalar.kind() != DocumentNode.Kind.NOTHING;
            problem(expected, quotesHelp ? "put it in quotes to make it a text" : "");
            return Optional.empty();
        }
        problem(expected, "");
        return Optional.empty();
    }
}
