package dev.touchstone.cli.pipeline;

import dev.touchstone.cli.exit.CommandException;
import dev.touchstone.cli.exit.ExitCode;
import dev.touchstone.eval.compare.ComparisonSettings;
import dev.touchstone.eval.compare.RunComparison;
import dev.touchstone.eval.gate.CalibrationStage;
import dev.touchstone.eval.gate.CalibrationStore;
import dev.touchstone.eval.gate.Decision;
import dev.touchstone.eval.gate.DecisionStore;
import dev.touchstone.eval.gate.GateInputs;
import dev.touchstone.eval.gate.GateInputs.CalibrationFound;
import dev.touchstone.eval.gate.GatePolicy;
import dev.touchstone.eval.gate.GatePolicy.CalibrationUse;
import dev.touchstone.eval.gate.GateStage;
import dev.touchstone.eval.gate.PolicyReader;
import dev.touchstone.eval.gate.PolicyVocabulary;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.prompt.PromptPackReader;
import dev.touchstone.generator.run.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** From two run folders and a policy file to {@code decision.json}. */
public final class Gating {

    /** Whether pictures are looked at. */
    public enum Pictures {
        OPENED,
        /** The records alone decide. */
        LEFT
    }

    private final Project project;
    private final Clock clock;

    /** @param clock gives the day of the decision, UTC */
    public Gating(Project project, Clock clock) {
        this.project = project;
        this.clock = clock;
    }

    /** Reads a policy with the cohorts of the packs that are here, before anything expensive is done. */
    public GatePolicy policy(Path file) {
        return PolicyReader.read(file, vocabulary());
    }

    /** The cohorts of the packs that are here. */
    public PolicyVocabulary vocabulary() {
        SortedMap<CohortAxis, SortedSet<String>> labels = new TreeMap<>();
        for (Path id : folders(project.packs())) {
            for (Path version : folders(id)) {
                if (!version.getFileName().toString().matches("[1-9][0-9]*")) {
                    continue;
                }
                List<Prompt> prompts = PromptPackReader.read(
                                project.packs(),
                                id.getFileName().toString(),
                                Integer.parseInt(version.getFileName().toString()))
                        .prompts();
                for (Prompt prompt : prompts) {
                    for (CohortAxis axis : CohortAxis.values()) {
                        labels.computeIfAbsent(axis, name -> new TreeSet<>()).add(prompt.label(axis));
                    }
                }
            }
        }
        return new PolicyVocabulary(labels);
    }

    /**
     * Decides on a candidate and records the decision in its folder.
     *
     * @param allowed names of conditions that may differ
     * @param pictures whether pictures are opened for what changed at the same seed and for closeness to the golden set
     */
    public Decision decide(
            RunFolder candidate, RunFolder baseline, Path policyFile, List<String> allowed, Pictures pictures) {
        String text = text(policyFile);
        Comparisons comparisons = new Comparisons(project);
        RunComparison comparison = pictures == Pictures.OPENED
                ? comparisons.of(baseline, candidate)
                : comparisons.ofRecords(baseline, candidate);
        GateStage stage = new GateStage(
                comparison.base(),
                comparison.candidate(),
                comparison.compare(ComparisonSettings.USUAL.allowing(allowed)));
        GatePolicy policy =
                PolicyReader.parse(policyFile.toString(), text.getBytes(StandardCharsets.UTF_8), stage.vocabulary());
        LocalDate day = LocalDate.now(clock);
        Optional<CalibrationFound> calibration =
                policy.calibration().map(use -> calibration(use, policyFile, candidate, day));
        Path file = candidate.path().resolve(DecisionStore.FILE);
        Decision decision =
                stage.decide(policyFile.getFileName().toString(), text, day, looks(file, candidate), calibration);
        DecisionStore.write(decision, file);
        return decision;
    }

    /** How often this candidate was decided on: once more if its pictures are others than last time. */
    private static int looks(Path file, RunFolder candidate) {
        if (!Files.exists(file)) {
            return 1;
        }
        GateInputs last = DecisionStore.inputs(file);
        return last.looks() + (last.runs().candidateDigest().equals(candidate.imagesDigest()) ? 0 : 1);
    }

    private static CalibrationFound calibration(CalibrationUse use, Path policy, RunFolder candidate, LocalDate day) {
        Path file = policy.toAbsolutePath().resolveSibling(use.file());
        return CalibrationStore.find(file, CalibrationStage.binding(candidate.header()), day, use.maximumAgeDays());
    }

    /** What a verdict means for the process. */
    public static ExitCode exit(Decision decision) {
        return switch (decision.verdict()) {
            case PASS -> ExitCode.DONE;
            case FAIL -> ExitCode.GATE_FAILED;
            case INCONCLUSIVE -> ExitCode.INCONCLUSIVE;
            case NOT_COMPARABLE -> ExitCode.NOT_COMPARABLE;
            case SUSPECT -> ExitCode.SUSPECT;
        };
    }

    /** The contents of a policy file. */
    public static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.INVALID_INPUT,
                    file + ": expected a readable policy, found " + (Files.exists(file) ? e : "no such file"));
        }
    }

    private static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
