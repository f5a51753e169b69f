package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.Conditions.Change;
import dev.touchstone.eval.compare.Conditions.Kind;
import dev.touchstone.generator.document.NearestName;
import dev.touchstone.generator.run.RunHeader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays the conditions of two runs beside one another before any number is looked at. */
final class ConditionDiff {

    /** Sections of a manifest that only say how results are cut, judged and shown. */
    private static final List<String> AFTERWARDS =
            List.of("name", "description", "schema_version", "labels", "metrics", "cohorts", "gate", "report");

    /** Names that make numbers incomparable: another ruler, not another model. */
    private static final Set<String> RULERS = Set.of(
            "golden", "prompts", "extractor", "metric-weights", "recipe", "scoring", "judge", "engine", "currency");

    /** What follows from a change, and is no change of its own. */
    private static final Map<String, List<String>> FOLLOWS = Map.of(
            "model.id", List.of("model.version", "weights", "sampling", "runtime-version"),
            "model.version", List.of("weights", "sampling"),
            "runtime", List.of("runtime-version", "device"),
            "hardware.class", List.of("hardware.price_per_hour", "device"),
            "best_of", List.of("judge"),
            "prompt_packs", List.of("prompts"));

    private final SortedMap<String, String> base;
    private final SortedMap<String, String> candidate;

    private ConditionDiff(SortedMap<String, String> base, SortedMap<String, String> candidate) {
        this.base = base;
        this.candidate = candidate;
    }

    /**
     * @param allowed names that may differ beside one another
     * @throws ComparisonException if an allowed name is no condition of either run
     */
    static Conditions of(ComparedRun base, ComparedRun candidate, List<String> allowed) {
        return new ConditionDiff(conditions(base), conditions(candidate)).conditions(allowed);
    }

    private Conditions conditions(List<String> allowed) {
        Set<String> names = new TreeSet<>(base.keySet());
        names.addAll(candidate.keySet());
        names.addAll(RULERS);
        requireKnown(allowed, names);
        Map<String, Change> changes = new LinkedHashMap<>();
        for (String name : names) {
            String before = base.getOrDefault(name, "none");
            String after = candidate.getOrDefault(name, "none");
            if (!before.equals(after)) {
                changes.put(name, new Change(name, shown(before), shown(after)));
            }
        }
        FOLLOWS.forEach((cause, effects) -> {
            if (changes.containsKey(cause)) {
                changes.keySet().removeAll(effects);
            }
        });
        List<Change> irrelevant = changes.values().stream()
                .filter(change -> isIrrelevant(change.name()))
                .toList();
        List<Change> rulers = changes.values().stream()
                .filter(change -> RULERS.contains(change.name()))
                .toList();
        List<Change> variables = changes.values().stream()
                .filter(change -> !irrelevant.contains(change) && !rulers.contains(change))
                .toList();
        return verdict(variables, rulers, irrelevant, allowed);
    }

    private static Conditions verdict(
            List<Change> variables, List<Change> rulers, List<Change> irrelevant, List<String> allowed) {
        List<Change> refused = rulers.stream()
                .filter(change -> !allowed.contains(change.name()))
                .toList();
        List<Change> all = Stream.concat(variables.stream(), rulers.stream()).toList();
        Kind kind;
        String headline;
        if (!refused.isEmpty()) {
            kind = Kind.NOT_COMPARABLE;
            headline = "not comparable: " + list(refused) + "; numbers of different rulers say nothing about the model";
        } else if (all.isEmpty()) {
            kind = Kind.SAME;
            headline = "nothing changed: an A/A test, whose differences are noise";
        } else if (all.size() == 1) {
            kind = Kind.ONE_VARIABLE;
            Change only = all.get(0);
            headline = "only `" + only.name() + "` changed: " + only.base() + " -> " + only.candidate();
        } else {
            List<Change> unnamed = all.stream()
                    .filter(change -> !allowed.contains(change.name()))
                    .toList();
            kind = unnamed.isEmpty() ? Kind.JOINT : Kind.NOT_COMPARABLE;
            headline = unnamed.isEmpty()
                    ? all.size() + " things changed together, and what follows is their joint doing: " + list(all)
                    : "not comparable: " + all.size() + " things changed, so no difference has one cause: " + list(all)
                            + "; --allow "
                            + all.stream().map(Change::name).collect(Collectors.joining(","))
                            + " compares all the same";
        }
        return new Conditions(kind, headline, variables, rulers, irrelevant, allowed);
    }

    private static String list(List<Change> changes) {
        return changes.stream().map(Change::toString).collect(Collectors.joining("; "));
    }

    private static void requireKnown(List<String> allowed, Set<String> names) {
        List<String> problems = new ArrayList<>();
        for (String name : allowed) {
            if (!names.contains(name)) {
                String hint = NearestName.hint(name, names);
                problems.add("--allow: expected names of conditions, found \"" + name + "\""
                        + (hint.isEmpty() ? "; there are " + String.join(", ", names) : "; " + hint));
            }
        }
        if (!problems.isEmpty()) {
            throw new ComparisonException(String.join("\n", problems));
        }
    }

    private static boolean isIrrelevant(String name) {
        return name.startsWith("host.")
                || name.startsWith("touchstone.")
                || name.equals("created")
                || AFTERWARDS.stream().anyMatch(section -> name.equals(section) || name.startsWith(section + "."));
    }

    /** A digest by its first digits, an empty text by a word. */
    private static String shown(String value) {
        if (value.isEmpty()) {
            return "empty";
        }
        return value.matches("[0-9a-f]{64}") ? value.substring(0, 12) : value;
    }

    private static SortedMap<String, String> conditions(ComparedRun run) {
        SortedMap<String, String> all = new TreeMap<>();
        run.manifest().values().forEach((key, value) -> all.put(name(key), value));
        all.put("currency", all.getOrDefault("hardware.currency", ""));
        all.remove("hardware.currency");
        RunHeader header = run.header();
        Map<String, String> model = header.model();
        put(all, "weights", model.get("weightsDigest"));
        put(all, "sampling", model.get("sampling"));
        put(all, "runtime-version", model.get("runtimeVersion"));
        put(all, "device", model.get("device"));
        // What runs, not what was asked: auto may have become something else.
        put(all, "runtime", model.get("runtime"));
        put(all, "judge", model.get("judgeDigest"));
        Set<String> named = Set.of(
                "id",
                "version",
                "weightsDigest",
                "sampling",
                "runtime",
                "runtimeVersion",
                "runtimeReason",
                "device",
                "precision",
                "bestOf",
                "judge",
                "judgeDigest");
        model.forEach((key, value) -> {
            if (!named.contains(key) && !key.endsWith("Reason")) {
                all.put("model." + key, value);
            }
        });
        all.put(
                "prompts",
                header.packs().stream()
                        .map(pack -> pack.digest()
                                .substring(0, Math.min(12, pack.digest().length())))
                        .collect(Collectors.joining(",")));
        header.golden()
                .ifPresent(golden -> all.put(
                        "golden",
                        golden.id() + "/" + golden.version() + " "
                                + golden.digest()
                                        .substring(
                                                0, Math.min(12, golden.digest().length()))));
        scoring(all, run.scoring());
        all.put("engine", header.touchstone().version());
        all.put("touchstone.commit", header.touchstone().commit());
        all.put("touchstone.sources", header.touchstone().state().name().toLowerCase(Locale.ROOT));
        if (all.getOrDefault("serving.commit", "").equals("workspace")) {
            all.remove("serving.commit");
        }
        all.put("created", header.createdAt().toString());
        all.put("host.os", header.host().os());
        all.put("host.processor", header.host().processor());
        all.put("host.cores", Integer.toString(header.host().logicalCores()));
        all.put("host.memory", Long.toString(header.host().memoryBytes()));
        all.put("host.java", header.host().java());
        return all;
    }

    private static void scoring(SortedMap<String, String> all, SortedMap<String, String> scoring) {
        put(all, "extractor", scoring.get("extractor"));
        put(all, "metric-weights", scoring.get("weightsDigest"));
        put(all, "recipe", scoring.get("preprocessing"));
        put(all, "scoring", scoring.get("scoring"));
    }

    private static void put(SortedMap<String, String> all, String name, String value) {
        if (value != null) {
            all.put(name, value);
        }
    }

    /** A key as people name it: those of the generation without their section. */
    private static String name(String key) {
        return key.startsWith("generation.") ? key.substring("generation.".length()) : key;
    }
}
