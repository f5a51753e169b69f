package dev.touchstone.generator.manifest;

import dev.touchstone.generator.backend.BackendCapabilities;
import dev.touchstone.generator.backend.BackendSettings;
import dev.touchstone.generator.backend.OptionValues;
import dev.touchstone.generator.backend.OptionsSchema.Effect;
import dev.touchstone.generator.prompt.CohortAxis;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that decides a run's result, as one file says it.
 *
 * @param title what the run is called
 * @param target what is measured
 * @param generation how pictures are made
 * @param hardware what they are made on, and its price
 * @param fees what a picture costs beside the hardware
 * @param data prompts, golden dataset, human labels
 * @param evaluation metrics, cohorts, gate
 * @param report what is written at the end
 */
public record RunManifest(
        Title title,
        Target target,
        GenerationSettings generation,
        Hardware hardware,
        Fees fees,
        Data data,
        Evaluation evaluation,
        Report report) {

    /**
     * @param name {@code [a-z0-9-]{1,40}}; the run id starts with it
     * @param description for people, may be empty
     */
    public record Title(String name, String description) {}

    /** What is measured: a model, how it is served, and through which back end. */
    public record Target(Model model, Serving serving, Backend backend) {}

    /**
     * @param id of the model
     * @param version as its makers write it
     */
    public record Model(String id, String version) {}

    /**
     * The back end that requests go through.
     *
     * @param provider its name
     * @param options checked, with defaults filled in
     * @param effects of the options, by key
     * @param capabilities what it takes with these options
     */
    public record Backend(
            String provider,
            OptionValues options,
            SortedMap<String, Effect> effects,
            BackendCapabilities capabilities) {
        public Backend {
            effects = Collections.unmodifiableSortedMap(new TreeMap<>(effects));
        }
    }

    /**
     * How requests reach the model.
     *
     * @param path {@code in-process, http, command} or {@code files}
     * @param container image tag of the serving container, {@code none} if there is none
     * @param commit of the serving code; {@code workspace} means the one that runs
     */
    public record Serving(String path, String container, String commit) {}

    /**
     * @param hardwareClass name of the kind of machine
     * @param pricePerHour at least 0
     * @param currency ISO 4217 code
     */
    public record Hardware(String hardwareClass, BigDecimal pricePerHour, String currency) {}

    /**
     * What is paid beside the hardware, in the hardware's currency.
     *
     * @param pricePerImage at least 0
     * @param prices of a unit of what back ends say was used up, such as a token, by kind
     */
    public record Fees(BigDecimal pricePerImage, SortedMap<String, BigDecimal> prices) {
        public Fees {
            prices = Collections.unmodifiableSortedMap(new TreeMap<>(prices));
        }
    }

    /**
     * @param promptPacks at least one, in order
     * @param golden dataset that pictures are measured against
     * @param labels files with human judgements, absolute paths that stay in the project; may be empty
     */
    public record Data(List<Release> promptPacks, Release golden, List<Path> labels) {
        public Data {
            promptPacks = List.copyOf(promptPacks);
            labels = List.copyOf(labels);
        }
    }

    /**
     * @param metrics names, at least one, in order
     * @param cohorts by what results are sliced
     * @param gate what decides
     */
    public record Evaluation(List<String> metrics, Cohorts cohorts, GatePolicy gate) {
        public Evaluation {
            metrics = List.copyOf(metrics);
        }
    }

    /**
     * @param axes at least one
     * @param crosses combinations of two or more axes that are sliced together; may be empty
     */
    public record Cohorts(List<CohortAxis> axes, List<List<CohortAxis>> crosses) {
        public Cohorts {
            axes = List.copyOf(axes);
            crosses = crosses.stream().map(List::copyOf).toList();
        }
    }

    /** What decides whether a run may go out. */
    public sealed interface GatePolicy {

        /** Nothing is decided. */
        record None() implements GatePolicy {}

        /**
         * The rules of a file.
         *
         * @param path absolute, stays in the project
         * @param baseline name of the baseline that a run is decided against; empty if the command names one, or nobody does
         */
        record File(Path path, String baseline) implements GatePolicy {}
    }

    /** @param formats at least one */
    public record Report(List<ReportFormat> formats) {
        public Report {
            formats = List.copyOf(formats);
        }
    }

    /** Forms of the report. */
    public enum ReportFormat {
        HTML;

        /** The name in the manifest. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Everything of the manifest that can change a picture, in one form: two manifests have equal texts exactly if they
     * ask for the same pictures. Lines {@code key=value} in a fixed order; texts in JSON quotes, numbers without
     * trailing zeros. Names, prices, labels, metrics, cohorts, gate, report and warm-up are not part of it; what packs,
     * weights and golden inputs hold is added by whoever reads them.
     */
    public String generationText() {
        return GenerationText.of(this);
    }

    /** How the back end is to be opened. */
    public BackendSettings backendSettings() {
        return new BackendSettings(
                new BackendSettings.Model(target.model().id(), target.model().version()),
                generation.execution().runtime().name().toLowerCase(Locale.ROOT),
                generation.execution().precision().name().toLowerCase(Locale.ROOT),
                target.backend().options());
    }

    /** The run's name. */
    public String name() {
        return title.name();
    }
}
