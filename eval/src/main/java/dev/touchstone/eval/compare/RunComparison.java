package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.Comparison.CohortDifferences;
import dev.touchstone.eval.compare.Comparison.Coverage;
import dev.touchstone.eval.compare.Comparison.Side;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.DataFileException;
import java.util.ArrayList;
import java.util.List;

/** Two runs that were read, ready to be compared and to be decided on. */
public final class RunComparison {

    private final ComparedRun base;
    private final ComparedRun candidate;
    private final PictureComparison pictures;

    private final Surroundings surroundings;

    private RunComparison(
            ComparedRun base, ComparedRun candidate, PictureComparison pictures, Surroundings surroundings) {
        this.base = base;
        this.candidate = candidate;
        this.pictures = pictures;
        this.surroundings = surroundings;
    }

    /**
     * Reads two finished runs, both at once.
     *
     * @param pictures compares their pictures themselves, where somebody can
     * @param surroundings what lies around the runs
     * @throws DataFileException if a run is not finished or a file of it cannot be read
     */
    public static RunComparison read(
            RunFolder base, RunFolder candidate, PictureComparison pictures, Surroundings surroundings) {
        List<ComparedRun> both =
                List.of(base, candidate).parallelStream().map(ComparedRun::read).toList();
        return new RunComparison(both.get(0), both.get(1), pictures, surroundings);
    }

    /** What the base measured. */
    public RunSamples base() {
        return base.samples();
    }

    /** What the candidate measured. */
    public RunSamples candidate() {
        return candidate.samples();
    }

    /**
     * What differs. Runs that are not comparable have no differences and no fired rules, only their conditions.
     *
     * @throws ComparisonException if a name that was allowed is no condition of the runs
     */
    public Comparison compare(ComparisonSettings settings) {
        Conditions conditions = ConditionDiff.of(base, candidate, settings.allowed());
        Pairing pairs = Pairing.of(base().prompts(), candidate().prompts());
        PicturePairs images = PicturePairs.of(base.pictures(), candidate.pictures(), pairs);
        Coverage coverage = coverage(pairs, images);
        if (!conditions.comparable()) {
            return new Comparison(side(base), side(candidate), conditions, coverage, List.of(), List.of());
        }
        List<CohortDifferences> cohorts = cohorts(pairs, settings);
        List<FalseWin> falseWins =
                FalseWinRule.fired(new RuleInput(base, candidate, pairs, images, conditions, cohorts, surroundings));
        return new Comparison(side(base), side(candidate), conditions, coverage, cohorts, falseWins);
    }

    private List<CohortDifferences> cohorts(Pairing pairs, ComparisonSettings settings) {
        PairedDifferences paired = new PairedDifferences(base(), candidate(), settings.level());
        SetDifferences sets = new SetDifferences(base, candidate);
        PictureComparison.Of seen = pictures.of(base, candidate, pairs, settings.level());
        List<CohortKey> keys = candidate().cohorts();
        return keys.parallelStream()
                .map(cohort -> {
                    Pairing own = pairs.of(cohort);
                    List<Difference> all = new ArrayList<>(paired.of(own));
                    List<Difference> ofPictures = seen.differences(cohort, own);
                    all.addAll(ofPictures);
                    sets.of(cohort, own).stream()
                            .filter(one -> ofPictures.stream()
                                    .noneMatch(other -> other.metric().equals(one.metric())))
                            .forEach(all::add);
                    return new CohortDifferences(cohort, own.size(), all);
                })
                .toList();
    }

    private static Side side(ComparedRun run) {
        return new Side(
                run.generated().runId(),
                run.generated().imagesDigest(),
                run.header().environment().hardware().hardwareClass());
    }

    private Coverage coverage(Pairing pairs, PicturePairs images) {
        int identical = 0;
        for (int k = 0; k < images.size(); k++) {
            identical +=
                    candidate.pictures().sameFile(images.candidate()[k], base.pictures(), images.base()[k]) ? 1 : 0;
        }
        return new Coverage(
                pairs.size(),
                base().prompts().size() - pairs.size(),
                candidate().prompts().size() - pairs.size(),
                images.size(),
                identical);
    }
}
