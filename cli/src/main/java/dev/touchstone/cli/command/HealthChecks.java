package dev.touchstone.cli.command;

import dev.touchstone.cli.command.HealthCheck.State;
import dev.touchstone.cli.pipeline.Project;
import dev.touchstone.eval.golden.GoldenException;
import dev.touchstone.eval.golden.GoldenLibrary;
import dev.touchstone.eval.golden.GoldenLibrary.Listed;
import dev.touchstone.generator.manifest.Release;
import dev.touchstone.generator.model.Pebble;
import dev.touchstone.generator.prompt.PackException;
import dev.touchstone.generator.prompt.PromptPackReader;
import dev.touchstone.metrics.engine.EngineVerdict;
import dev.touchstone.metrics.feature.FeatureException;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.file.IoReason;
import dev.touchstone.metrics.machine.Engines;
import dev.touchstone.metrics.runtime.RuntimeReport;
import dev.touchstone.metrics.weights.container.WeightsException;
import dev.touchstone.metrics.weights.store.ImportedWeights;
import dev.touchstone.metrics.weights.store.WeightsStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Looks at every part that a run needs. */
final class HealthChecks {

    private final Project project;
    private final WeightsStore store;
    private final List<RuntimeReport> runtimes;

    HealthChecks(Project project, WeightsStore store, List<RuntimeReport> runtimes) {
        this.project = project;
        this.store = store;
        this.runtimes = runtimes;
    }

    /** All parts, in the order in which a run needs them. */
    List<HealthCheck> all() {
        List<HealthCheck> checks = new ArrayList<>();
        Engines.verdicts().forEach(verdict -> checks.add(engine(verdict)));
        checks.add(anyRuntime());
        checks.add(model());
        checks.add(packs());
        checks.addAll(golden());
        checks.add(features());
        checks.add(weights());
        return checks;
    }

    private static HealthCheck engine(EngineVerdict verdict) {
        String subject = "engine " + verdict.engine().id();
        return verdict.passed()
                ? new HealthCheck(
                        subject,
                        State.OK,
                        verdict.version() + ", kernel " + verdict.kernel() + "; self-check passed "
                                + verdict.took()
                                        .map(took -> "now (" + took.toMillis() + " ms)")
                                        .orElse("before, on this processor"))
                : new HealthCheck(subject, State.FAILED, verdict.refusal());
    }

    private HealthCheck anyRuntime() {
        List<String> working = runtimes.stream()
                .filter(RuntimeReport::works)
                .map(RuntimeReport::name)
                .toList();
        return working.isEmpty()
                ? new HealthCheck(
                        "runtimes", State.FAILED, "expected one that works here, found none; see their reasons")
                : new HealthCheck("runtimes", State.OK, "a run takes " + working.get(0));
    }

    private static HealthCheck model() {
        try {
            return new HealthCheck(
                    "model pebble",
                    State.OK,
                    "weights " + Pebble.shippedDigest().substring(0, 12));
        } catch (dev.touchstone.generator.model.WeightsException e) {
            return new HealthCheck("model pebble", State.FAILED, e.getMessage());
        }
    }

    private HealthCheck packs() {
        try {
            List<Release> releases = PacksCommand.releases(project.packs());
            int prompts = 0;
            for (Release release : releases) {
                prompts += PromptPackReader.read(project.packs(), release.id(), release.version())
                        .prompts()
                        .size();
            }
            return releases.isEmpty()
                    ? new HealthCheck("prompt packs", State.FAILED, project.packs() + ": expected some, found none")
                    : new HealthCheck("prompt packs", State.OK, releases.size() + " valid, " + prompts + " prompts");
        } catch (PackException e) {
            return new HealthCheck("prompt packs", State.FAILED, e.getMessage());
        } catch (IOException e) {
            return new HealthCheck("prompt packs", State.FAILED, project.packs() + ": " + IoReason.of(e));
        }
    }

    private List<HealthCheck> golden() {
        try {
            List<HealthCheck> checks = new ArrayList<>();
            for (Listed listed : new GoldenLibrary(project.goldenDatasets()).list()) {
                boolean built = listed.state() == GoldenLibrary.State.BUILT;
                checks.add(new HealthCheck(
                        "golden dataset " + listed.header().release(),
                        built ? State.OK : State.ABSENT,
                        built
                                ? listed.header().images() + " images; 'touchstone golden verify' reads them all"
                                : "not built; the first run builds it, or 'touchstone golden build'"));
            }
            return checks;
        } catch (GoldenException e) {
            return List.of(new HealthCheck("golden datasets", State.FAILED, e.getMessage()));
        } catch (IOException e) {
            return List.of(
                    new HealthCheck("golden datasets", State.FAILED, project.goldenDatasets() + ": " + IoReason.of(e)));
        }
    }

    private static HealthCheck features() {
        try (TouchstoneFeatures network = TouchstoneFeatures.builtin()) {
            return new HealthCheck(
                    "features " + network.name(),
                    State.OK,
                    "loads, weights " + network.weightsDigest().substring(0, 12));
        } catch (FeatureException | LinkageError e) {
            // A native library that does not fit this machine is a LinkageError, and what this command is here to tell.
            return new HealthCheck("features " + TouchstoneFeatures.NAME, State.FAILED, e.toString());
        }
    }

    private HealthCheck weights() {
        try {
            List<ImportedWeights> imported = store.list();
            return imported.isEmpty()
                    ? new HealthCheck(
                            "imported weights",
                            State.ABSENT,
                            "none; only published metrics need them, see 'touchstone weights list'")
                    : new HealthCheck(
                            "imported weights",
                            State.OK,
                            imported.stream().map(w -> w.kind().text()).collect(Collectors.joining(", ")));
        } catch (WeightsException e) {
            return new HealthCheck("imported weights", State.ABSENT, e.getMessage());
        }
    }
}
