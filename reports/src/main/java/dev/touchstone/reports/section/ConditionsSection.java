package dev.touchstone.reports.section;

import dev.touchstone.eval.result.Evaluation;
import dev.touchstone.generator.run.GeneratedRecord;
import dev.touchstone.generator.run.Host;
import dev.touchstone.generator.run.ImageRecord;
import dev.touchstone.generator.run.PromptRecord;
import dev.touchstone.generator.run.RunHeader;
import dev.touchstone.reports.model.Block;
import dev.touchstone.reports.model.Cell;
import dev.touchstone.reports.model.Decimals;
import dev.touchstone.reports.model.KeyValues;
import dev.touchstone.reports.model.Listing;
import dev.touchstone.reports.model.Section;
import dev.touchstone.reports.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Under which conditions the numbers hold: everything that someone needs to make the run again. */
final class ConditionsSection implements SectionWriter {

    private static final List<String> FIRST_KEYS = List.of("id", "version", "runtime", "runtimeReason");
    /** What stands between the prompts and the model is told with the generation settings. */
    private static final Set<String> GENERATION_KEYS = Set.of("bestOf", "judge", "judgeDigest", "promptUpsampling");

    private static final double BYTES_PER_GIBIBYTE = 1L << 30;

    @Override
    public Section write(RunEvidence evidence) {
        RunHeader header = evidence.header();
        return new Section(
                "conditions",
                "Test conditions",
                List.of(
                        part("model", "Model and serving", model(header)),
                        part("settings", "Generation", settings(evidence)),
                        part("machine", "Machine and price", machine(evidence)),
                        new Section("data", "Prompts and golden set", List.of(data(header))),
                        new Section(
                                "conditions-identity",
                                "Identity",
                                List.of(
                                        new KeyValues(identity(evidence), KeyValues.Emphasis.LIST),
                                        new Listing("The manifest, as it was given", evidence.manifest())))));
    }

    private static Section part(String id, String title, List<KeyValues.Entry> entries) {
        Block facts = new KeyValues(entries, KeyValues.Emphasis.LIST);
        return new Section("conditions-" + id, title, List.of(facts));
    }

    private static List<KeyValues.Entry> model(RunHeader header) {
        List<KeyValues.Entry> entries = new ArrayList<>();
        FIRST_KEYS.stream()
                .filter(header.model()::containsKey)
                .forEach(key -> entries.add(identity(key, header.model().get(key))));
        header.model().forEach((key, value) -> {
            if (!FIRST_KEYS.contains(key) && !GENERATION_KEYS.contains(key)) {
                entries.add(identity(key, value));
            }
        });
        RunHeader.Serving serving = header.environment().serving();
        entries.add(text("Serving path", serving.path()));
        entries.add(text("Container", serving.container()));
        entries.add(code("Serving commit", serving.commit()));
        return entries;
    }

    private static KeyValues.Entry identity(String key, String value) {
        String label = key.equals("id") ? "Model" : title(key);
        return value.matches("(sha256:)?[0-9a-f]{40,}") ? code(label, value) : text(label, value);
    }

    private static List<KeyValues.Entry> settings(RunEvidence evidence) {
        List<KeyValues.Entry> entries = new ArrayList<>();
        entries.add(text(
                "Size", distinct(evidence, asked -> asked.widthPixels() + " \u00d7 " + asked.heightPixels() + " px")));
        entries.add(text(
                "Sampler",
                distinct(
                        evidence,
                        asked -> asked.settings().sampler().orElse("the back end's own") + ", "
                                + (asked.settings().steps().isPresent()
                                        ? asked.settings().steps().getAsInt() + " steps"
                                        : "its own number of steps"))));
        entries.add(text(
                "Guidance",
                distinct(
                        evidence,
                        asked -> asked.settings().guidance().isPresent()
                                ? Decimals.plain(asked.settings().guidance().getAsDouble())
                                : "the back end's own")));
        entries.add(text(
                "Negative prompt",
                distinct(evidence, asked -> asked.negativePrompt().isBlank() ? "none" : asked.negativePrompt())));
        entries.add(text(
                "Precision and runtime",
                distinct(
                        evidence,
                        asked -> asked.settings().precision().orElse("its own") + ", "
                                + asked.settings().runtime())));
        entries.add(text(
                "Seed",
                distinct(
                        evidence,
                        asked -> asked.seed().isPresent()
                                ? Long.toString(asked.seed().getAsLong())
                                : "the back end takes none")));
        entries.add(text(
                "Images per prompt",
                evidence.prompts().values().stream()
                        .map(PromptRecord::images)
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "))));
        entries.addAll(choice(evidence));
        Evaluation.Overhead overhead = evidence.evaluation().overhead();
        entries.add(new KeyValues.Entry(
                "Warm-up, left out",
                new Cell.Text(
                        Decimals.of(overhead.warmUpRequests())
                                + (overhead.warmUpRequests() == 1 ? " request, " : " requests, ")
                                + Decimals.of(overhead.warmUpSeconds()) + " s",
                        "loading took " + Decimals.of(overhead.loadingSeconds())
                                + " s; neither is in a latency, both are in the cost")));
        return entries;
    }

    /** Best of several, and prompts written out: settings that most runs do without. */
    private static List<KeyValues.Entry> choice(RunEvidence evidence) {
        List<KeyValues.Entry> entries = new ArrayList<>();
        SortedMap<String, String> model = evidence.header().model();
        if (model.containsKey("bestOf")) {
            entries.add(new KeyValues.Entry(
                    "Best of",
                    new Cell.Text(
                            model.get("bestOf") + " candidates an image, chosen by " + model.get("judge"),
                            "all of them are in times and cost; adherence by the network that chose is flattered")));
            entries.add(code("Judge digest", model.get("judgeDigest")));
        }
        if (model.containsKey("promptUpsampling")) {
            Map<String, Integer> counts = evidence.folder()
                    .generated()
                    .map(GeneratedRecord::revisedPrompts)
                    .orElseGet(TreeMap::new);
            entries.add(new KeyValues.Entry(
                    "Prompts written out",
                    new Cell.Text(
                            counts.entrySet().stream()
                                    .map(count -> count.getValue() + " " + count.getKey())
                                    .collect(Collectors.joining(", ")),
                            "rule " + model.get("promptUpsampling")
                                    + "; adherence and cohorts are of the prompts as they were asked")));
        }
        return entries;
    }

    private static String distinct(
            RunEvidence evidence, java.util.function.Function<ImageRecord.Asked, String> aspect) {
        TreeSet<String> values = evidence.images().stream()
                .map(ImageRecord::asked)
                .map(aspect)
                .collect(Collectors.toCollection(TreeSet::new));
        return values.isEmpty() ? "no images" : String.join("; ", values);
    }

    private static List<KeyValues.Entry> machine(RunEvidence evidence) {
        Host host = evidence.header().host();
        Evaluation.Prices prices = evidence.evaluation().conditions().prices();
        String fee = prices.feePerImage() > 0
                ? ", " + Decimals.plain(prices.feePerImage()) + " " + prices.currency() + " fee per image"
                : "";
        return List.of(
                text(
                        "Hardware class",
                        evidence.header().environment().hardware().hardwareClass()),
                text("Price", Decimals.plain(prices.pricePerHour()) + " " + prices.currency() + " per hour" + fee),
                text("Processor", host.processor()),
                text("Cores", Decimals.of(host.logicalCores())),
                text("Memory", Decimals.of(host.memoryBytes() / BYTES_PER_GIBIBYTE, 1) + " GiB"),
                text("System", host.os()),
                text("Java", host.java()));
    }

    private static Table data(RunHeader header) {
        List<List<Cell>> rows = new ArrayList<>();
        header.packs().forEach(pack -> rows.add(row("prompt pack", pack)));
        header.golden().ifPresent(golden -> rows.add(row("golden set", golden)));
        return new Table(
                "",
                List.of(
                        Table.Column.text("Data"),
                        Table.Column.text("Kind"),
                        Table.Column.number("Version"),
                        Table.Column.text("SHA-256")),
                rows);
    }

    private static List<Cell> row(String kind, RunHeader.DataReference data) {
        return List.of(Cell.text(data.id()), Cell.text(kind), Cell.count(data.version()), new Cell.Code(data.digest()));
    }

    private static List<KeyValues.Entry> identity(RunEvidence evidence) {
        RunHeader header = evidence.header();
        String state = header.touchstone().state().name().toLowerCase(Locale.ROOT);
        Evaluation.Sources sources = evidence.evaluation().sources();
        return Stream.concat(
                        Stream.of(
                                code("Run", header.runId().value()),
                                text("Started", header.createdAt().toString()),
                                text(
                                        "Touchstone",
                                        header.touchstone().version() + ", commit "
                                                + header.touchstone().commit() + " (" + state + ")"),
                                code("Generation digest", header.digests().generation()),
                                code("Manifest digest", header.digests().manifest()),
                                code("Images digest", sources.images())),
                        Stream.concat(
                                sources.scores().map(digest -> code("Scores digest", digest)).stream(),
                                sources.labels().map(digest -> code("Labels digest", digest)).stream()))
                .toList();
    }

    private static KeyValues.Entry text(String label, String value) {
        return new KeyValues.Entry(label, Cell.text(value));
    }

    private static KeyValues.Entry code(String label, String value) {
        return new KeyValues.Entry(label, new Cell.Code(value));
    }

    /** {@code weightsDigest} as "Weights digest". */
    private static String title(String key) {
        String words =
                key.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replace('_', ' ').replace('-', ' ');
        return Wording.capital(words.toLowerCase(Locale.ROOT));
    }
}
