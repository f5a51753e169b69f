package dev.touchstone.generator.manifest;

import dev.touchstone.generator.document.NumberRange;
import dev.touchstone.generator.document.Problems;
import dev.touchstone.generator.document.StrictSection;
import dev.touchstone.generator.document.StrictValue;
import dev.touchstone.generator.document.YamlDocument;
import dev.touchstone.generator.manifest.RunManifest.Fees;
import dev.touchstone.generator.manifest.RunManifest.Hardware;
import dev.touchstone.generator.manifest.RunManifest.Report;
import dev.touchstone.generator.manifest.RunManifest.ReportFormat;
import dev.touchstone.generator.manifest.RunManifest.Target;
import dev.touchstone.generator.manifest.RunManifest.Title;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a manifest strictly. Every mistake in the file is found in one reading: unknown, missing and repeated keys, wrong
 * types, ranges and names, paths that leave the project.
 */
public final class ManifestReader {

    /** The version of the manifest's form that is read. */
    public static final int SCHEMA_VERSION = 1;

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern KIND = Pattern.compile("[a-z0-9-]{1,60}");
    private static final NumberRange PRICE = NumberRange.closed(0, 1e6);

    private final StrictSection root;
    private final Vocabulary vocabulary;
    private final ProjectPaths paths;

    private ManifestReader(StrictSection root, Vocabulary vocabulary, ProjectPaths paths) {
        this.root = root;
        this.vocabulary = vocabulary;
        this.paths = paths;
    }

    /**
     * Reads a manifest. Its project is the nearest folder above it that holds {@code prompt-packs}, or the manifest's own.
     *
     * @throws ManifestException with every problem
     */
    public static RunManifest read(Path manifest) {
        Path folder = manifest.toAbsolutePath().normalize().getParent();
        Path project = Stream.<Path>iterate(folder, one -> one != null, Path::getParent)
                .filter(one -> Files.isDirectory(one.resolve("prompt-packs")))
                .findFirst()
                .orElse(folder);
        return read(manifest, project, Vocabulary.of(project));
    }

    /**
     * Reads a manifest of a project.
     *
     * @param project folder that no path may leave
     * @param vocabulary the names that exist
     * @throws ManifestException with every problem
     */
    public static RunManifest read(Path manifest, Path project, Vocabulary vocabulary) {
        return read(ManifestSource.read(manifest, project), project, vocabulary);
    }

    /**
     * Reads the bytes of a manifest.
     *
     * @param project folder that no path may leave
     * @param vocabulary the names that exist
     * @throws ManifestException with every problem
     */
    public static RunManifest read(ManifestSource manifest, Path project, Vocabulary vocabulary) {
        Problems problems = new Problems();
        Optional<RunManifest> read = YamlDocument.parse(manifest.shown().toString(), manifest.bytes(), problems)
                .map(root ->
                        new ManifestReader(root, vocabulary, new ProjectPaths(manifest.file(), project)).manifest());
        problems.throwIfAny(ManifestException::new);
        return read.orElseThrow(() -> new IllegalStateException("manifest: expected problems, found none"));
    }

    private RunManifest manifest() {
        root.required("schema_version").integer(SCHEMA_VERSION, SCHEMA_VERSION);
        Title title = title();
        Target target = new BackendReader(
                        section(root.required("model")),
                        section(root.optional("serving")),
                        vocabulary.backends(),
                        paths)
                .read();
        RunManifest manifest = new RunManifest(
                title,
                target,
                new GenerationReader(section(root.required("generation")), target.backend()).read(),
                hardware(),
                fees(),
                new DataReader(root, vocabulary, paths).data(),
                new DataReader(root, vocabulary, paths).evaluation(),
                report());
        root.noOtherKeys();
        return manifest;
    }

    private Title title() {
        return new Title(
                root.required("name")
                        .text(NAME, "a name of 1 to 40 characters a-z, 0-9 and -")
                        .orElse(""),
                root.optional("description").text().orElse(""));
    }

    private Hardware hardware() {
        StrictSection hardware = section(root.required("hardware"));
        Hardware read = new Hardware(
                hardware.required("class")
                        .text(NAME, "a name of 1 to 40 characters a-z, 0-9 and -")
                        .orElse(""),
                hardware.required("price_per_hour").number(PRICE).orElse(BigDecimal.ZERO),
                hardware.required("currency")
                        .text(CURRENCY, "a currency code of three capital letters, such as USD")
                        .orElse(""));
        hardware.noOtherKeys();
        return read;
    }

    private Fees fees() {
        StrictSection fees = section(root.optional("fees"));
        BigDecimal perImage = fees.optional("price_per_image").number(PRICE).orElse(BigDecimal.ZERO);
        StrictValue table = fees.optional("prices");
        SortedMap<String, BigDecimal> prices = new TreeMap<>();
        table.section().ifPresent(kinds -> {
            for (String kind : kinds.keys()) {
                if (!KIND.matcher(kind).matches()) {
                    table.problem("kinds of 1 to 60 characters a-z, 0-9 and -", "it has \"" + kind + "\"");
                }
                kinds.optional(kind).number(PRICE).ifPresent(price -> prices.put(kind, price));
            }
        });
        Fees read = new Fees(perImage, prices);
        fees.noOtherKeys();
        return read;
    }

    private Report report() {
        StrictSection report = section(root.optional("report"));
        Map<String, ReportFormat> formats = GenerationReader.byName(ReportFormat.values());
        Report read = new Report(
                report.optional("formats").list(1, item -> item.choice(formats)).orElse(List.of(ReportFormat.HTML)));
        report.noOtherKeys();
        return read;
    }

    /** The section, or an unread one if it is absent or something else, so that reading goes on. */
    static StrictSection section(StrictValue value) {
        return value.section().orElseGet(StrictSection::absent);
    }
}
