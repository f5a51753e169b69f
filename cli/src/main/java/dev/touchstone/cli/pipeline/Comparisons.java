package dev.touchstone.cli.pipeline;

import dev.touchstone.eval.compare.BaselineException;
import dev.touchstone.eval.compare.BaselineStore;
import dev.touchstone.eval.compare.NetworkPictures;
import dev.touchstone.eval.compare.PictureComparison;
import dev.touchstone.eval.compare.RunComparison;
import dev.touchstone.eval.compare.Surroundings;
import dev.touchstone.eval.golden.GoldenDataset;
import dev.touchstone.eval.golden.GoldenException;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.RunHeader.DataReference;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads two runs for a comparison, with what this project knows around them. */
public final class Comparisons {

    private final Project project;

    public Comparisons(Project project) {
        this.project = project;
    }

    /** The baselines of this project. */
    public BaselineStore baselines() {
        return new BaselineStore(project.home().resolve("baselines"), project.home());
    }

    /**
     * The run of a folder, or of the baseline of this name.
     *
     * @throws BaselineException if there is neither, or the baseline is not what was pinned
     */
    public RunFolder run(Path runOrBaseline) {
        return Files.isDirectory(runOrBaseline)
                ? RunFolder.open(runOrBaseline)
                : baselines().run(runOrBaseline.toString());
    }

    /** Two runs by their records alone; no picture is opened. */
    public RunComparison ofRecords(RunFolder base, RunFolder candidate) {
        return RunComparison.read(base, candidate, PictureComparison.NONE, surroundings(candidate));
    }

    /** Two runs with their pictures, as far as features and files are at hand. */
    public RunComparison of(RunFolder base, RunFolder candidate) {
        PictureComparison pictures =
                new NetworkPictures(TouchstoneFeatures.builtin(), golden(candidate), project.goldenFeatures());
        return RunComparison.read(base, candidate, pictures, surroundings(candidate));
    }

    private Surroundings surroundings(RunFolder run) {
        return new Surroundings(golden(run).map(Comparisons::digests).orElse(Set.of()));
    }

    /** The golden dataset that the run was made with, if it is built here and unchanged. */
    private Optional<GoldenDataset> golden(RunFolder run) {
        Optional<DataReference> named = run.header().golden();
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Path folder = project.goldenDatasets()
                .resolve(named.get().id())
                .resolve(Integer.toString(named.get().version()));
        if (!Files.isDirectory(folder) || !GoldenDataset.isBuilt(folder)) {
            return Optional.empty();
        }
        try {
            GoldenDataset golden = GoldenDataset.open(folder);
            return golden.header().digest().equals(named.get().digest()) ? Optional.of(golden) : Optional.empty();
        } catch (GoldenException e) {
            return Optional.empty(); // scoring says what is wrong with it; a comparison goes without
        }
    }

    private static Set<String> digests(GoldenDataset golden) {
        return golden.images().stream().map(golden::digest).collect(Collectors.toSet());
    }
}
