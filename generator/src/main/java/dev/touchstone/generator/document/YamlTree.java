package dev.touchstone.generator.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Builds the tree of a YAML file from its events. Not from composed nodes, because composing recurses as deep as the
 * file says.
 */
final class YamlTree {

    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,40}");
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\.[0-9]{1,40}|[0-9]{1,40}(\\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,3})?");
    private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL|");

    private final String file;
    private final Iterator<Event> events;
    private final Problems problems;

    YamlTree(String file, Iterator<Event> events, Problems problems) {
        this.file = file;
        this.events = events;
        this.problems = problems;
    }

    /** The only document's outermost section; empty if there is none, and then a problem says so. */
    Optional<DocumentNode.Mapping> document() {
        Optional<DocumentNode> root = Optional.empty();
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof NodeEvent) {
                if (root.isPresent()) {
                    problems.add(place(event), "", "one document in the file", "another one");
                    return Optional.empty();
                }
                root = Optional.of(node(event, 0));
            }
        }
        if (root.isPresent() && root.get() instanceof DocumentNode.Mapping mapping) {
            return Optional.of(mapping);
        }
        problems.add(
                root.map(DocumentNode::place).orElse(new Place(file, 1, 1)),
                "",
                "keys with values",
                root.map(DocumentNode::shown).orElse("an empty file"));
        return Optional.empty();
    }

    private DocumentNode node(Event event, int depth) {
        Place place = place(event);
        refuseWhatIsNotPlain(event, place);
        if (event instanceof ScalarEvent scalar) {
            return new DocumentNode.Scalar(place, scalar.getValue(), kind(scalar));
        }
        if (event.getEventId() == Event.ID.SequenceStart) {
            return new DocumentNode.Sequence(place, items(depth + 1));
        }
        if (event.getEventId() == Event.ID.MappingStart) {
            return new DocumentNode.Mapping(place, entries(depth + 1));
        }
        return new DocumentNode.Scalar(place, "", DocumentNode.Kind.NOTHING);
    }

    private List<DocumentNode> items(int depth) {
        List<DocumentNode> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(child(event, depth));
        }
        return items;
    }

    private List<DocumentNode.Entry> entries(int depth) {
        List<DocumentNode.Entry> entries = new ArrayList<>();
        Map<String, Place> first = new HashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            Place place = place(event);
            DocumentNode key = child(event, depth);
            DocumentNode value = child(events.next(), depth);
            if (!(key instanceof DocumentNode.Scalar scalar)) {
                problems.add(place, "", "a name as key", key.shown());
            } else if (first.containsKey(scalar.text())) {
                problems.add(
                        place,
                        Shown.of(scalar.text()),
                        "each key once",
                        "it again (first at line " + first.get(scalar.text()).line() + ")");
            } else {
                first.put(scalar.text(), place);
                entries.add(new DocumentNode.Entry(place, scalar.text(), value));
            }
        }
        return entries;
    }

    private DocumentNode child(Event event, int depth) {
        if (depth <= DocumentNode.MAX_DEPTH || !(event instanceof CollectionStartEvent)) {
            return node(event, depth);
        }
        Place place = place(event);
        problems.add(place, "", "at most " + DocumentNode.MAX_DEPTH + " levels of nesting", "more");
        for (int open = 1; open > 0; ) {
            Event skipped = events.next();
            open += skipped instanceof CollectionStartEvent ? 1 : 0;
            boolean closes =
                    skipped.getEventId() == Event.ID.SequenceEnd || skipped.getEventId() == Event.ID.MappingEnd;
            open -= closes ? 1 : 0;
        }
        return new DocumentNode.Scalar(place, "", DocumentNode.Kind.NOTHING);
    }

    private void refuseWhatIsNotPlain(Event event, Place place) {
        if (event instanceof AliasEvent alias) {
            problems.add(place, "", "a value", "the alias *" + alias.getAlias());
            return;
        }
        ((NodeEvent) event)
                .getAnchor()
                .ifPresent(anchor ->
                        problems.add(place, "", "a value without an anchor", "&" + Shown.of(anchor.getValue())));
        Optional<String> tag = event instanceof ScalarEvent scalar
                ? scalar.getTag()
                : event instanceof CollectionStartEvent collection ? collection.getTag() : Optional.empty();
        tag.ifPresent(name -> problems.add(place, "", "a value without a tag", "the tag " + Shown.of(name)));
    }

    private static DocumentNode.Kind kind(ScalarEvent scalar) {
        if (!scalar.isPlain()) {
            return DocumentNode.Kind.TEXT;
        }
        String text = scalar.getValue();
        if (NOTHING.matcher(text).matches()) {
            return DocumentNode.Kind.NOTHING;
        }
        if (BOOLEAN.matcher(text).matches()) {
            return DocumentNode.Kind.BOOLEAN;
        }
        if (INTEGER.matcher(text).matches()) {
            return DocumentNode.Kind.INTEGER;
        }
        return NUMBER.matcher(text).matches() ? DocumentNode.Kind.NUMBER : DocumentNode.Kind.TEXT;
    }

    private Place place(Event event) {
        Optional<Mark> mark = event.getStartMark();
        return new Place(
                file,
                mark.map(m -> m.getLine() + 1).orElse(0),
                mark.map(m -> m.getColumn() + 1).orElse(0));
    }
}
