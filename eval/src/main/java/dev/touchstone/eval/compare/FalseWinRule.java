package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.RuleInput.Finding;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The ways in which a candidate can look better without being better. */
enum FalseWinRule {
    FEWER_IMAGES(
            "fewer-images",
            CountRules::fewerImages,
            "Make as many images per prompt in both runs, or declare the change as the one variable."),
    MORE_FAILED(
            "more-failed",
            CountRules::moreFailed,
            "Failures left out of a mean flatter it: mend them, or gate on the delivered rate."),
    MORE_MODERATED(
            "more-moderated",
            CountRules::moreModerated,
            "Refused pictures are no usable pictures: look at what was refused, and gate on the delivered rate."),
    RECEIVED_BY_COHORT(
            "received-by-cohort",
            CountRules::receivedByCohort,
            "Pictures are missing from some cohorts more than from others: finish those cohorts before comparing."),
    COHORT_MIX(
            "cohort-mix",
            CountRules::cohortMix,
            "Compare cohort by cohort, or by the overall with fixed cohort weights."),
    BASELINE_COVERS_LESS(
            "baseline-covers-less",
            CountRules::baselineCoversLess,
            "Run the base on all prompts of the candidate and pin it again."),
    PROMPTS_DROPPED(
            "prompts-dropped",
            CountRules::promptsDropped,
            "Run the candidate on all prompts of the base: those that were left out may be the hard ones."),
    SMALLER_PICTURES(
            "smaller-pictures", WorkRules::smallerPictures, "Compare at the same size; time goes with the pixels."),
    FEWER_STEPS(
            "fewer-steps",
            WorkRules::fewerSteps,
            "Less work is not faster work: let a guardrail on quality decide, and read by-steps beside by-speed."),
    LOWER_PRECISION(
            "lower-precision",
            WorkRules::lowerPrecision,
            "Let a guardrail on quality decide; declare the precision as the one variable."),
    SKIPPED_PHASES(
            "skipped-phases",
            WorkRules::skippedPhases,
            "Switch the cache off for the comparison, or warm both runs in the same way."),
    WARM_COLD_MIX(
            "warm-cold-mix", WorkRules::warmColdMix, "Give both runs the same warm-up and run each in one session."),
    RETRIES_HIDDEN(
            "retries-hidden",
            TimeRules::retriesHidden,
            "Count the time of all attempts: gate on cost, and on the time from the intended start."),
    CLOCK_JUMPED("clock-jumped", TimeRules::clockJumped, "Run again on a machine whose clock holds."),
    OTHER_MACHINE(
            "other-machine",
            TimeRules::otherMachine,
            "Run both on one machine, or name the machines' classes apart in the manifests."),
    SEED_IGNORED(
            "seed-ignored",
            PictureRules::seedIgnored,
            "See that the seed reaches the sampler: pictures of one prompt should differ."),
    IDENTICAL_DRAWS(
            "identical-draws",
            PictureRules::identicalDraws,
            "The server fixes or caches the seed: each seed must draw a picture of its own."),
    BLANK_PICTURES(
            "blank-pictures",
            PictureRules::blankPictures,
            "Look at the pictures: a blank one is fast and cheap and of no use."),
    COPIED_FROM_GOLDEN(
            "copied-from-golden",
            PictureRules::copiedFromGolden,
            "The model returns golden pictures: keep them out of its data, or measure against others."),
    EQUAL_TO_BASELINE(
            "equal-to-baseline",
            PictureRules::equalToBaseline,
            "See that the change took effect: the candidate drew what the base drew, to the byte."),
    FILE_HANDED_OUT_AGAIN(
            "file-handed-out-again",
            PictureRules::fileHandedOutAgain,
            "Switch the cache of pictures off: one file answers several prompts."),
    SIZE_NOT_AS_ASKED(
            "size-not-as-asked",
            FileRules::sizeNotAsAsked,
            "Ask for sizes that the server makes, or scale on purpose."),
    METADATA_DISAGREES(
            "metadata-disagrees",
            FileRules::metadataDisagrees,
            "The picture says that it was made otherwise than the manifest says: see what the server really ran."),
    MARK_LOST(
            "provenance-mark-lost",
            FileRules::markLost,
            "Keep the provenance mark (C2PA or IPTC) of the base's pictures."),
    LABELS_STALE(
            "labels-stale",
            LabelRules::stale,
            "Have the pictures of this run judged: the votes are on other pictures."),
    ONE_REVIEWER("one-reviewer", LabelRules::oneReviewer, "Have at least two people judge the same pictures."),
    VOTES_WITHOUT_TIME(
            "votes-without-time",
            LabelRules::withoutTime,
            "Have people look at each picture: votes of one second are no review."),
    VOTES_REUSED(
            "votes-reused",
            LabelRules::reused,
            "Have the candidate's own pictures judged: the base's votes say nothing about them."),
    RULER_CHANGED(
            "ruler-changed",
            ProvenanceRules::rulerChanged,
            "Score both runs with the same golden dataset, network and version, then compare."),
    FALLBACK_MODEL(
            "fallback-model", ProvenanceRules::fallbackModel, "See that the server runs the model that was asked for."),
    JUDGE_CHOSE(
            "judge-also-chose",
            ProvenanceRules::judgeChose,
            "Judge best-of pictures by people or by another network than the one that chose them."),
    RERUNS_UNTIL_GREEN(
            "reruns-until-green",
            ProvenanceRules::reruns,
            "Decide on the first run, or on all of them together: the best of several is better by chance.");

    private final String id;
    private final Function<RuleInput, Optional<Finding>> check;
    private final String remedy;

    FalseWinRule(String id, Function<RuleInput, Optional<Finding>> check, String remedy) {
        this.id = id;
        this.check = check;
        this.remedy = remedy;
    }

    /** The name in results. */
    String id() {
        return id;
    }

    /** What the rule says of two runs. */
    Optional<FalseWin> of(RuleInput input) {
        return check.apply(input).map(found -> new FalseWin(id, found.severity(), found.evidence(), remedy));
    }

    /**
     * Every rule that fires, those that make a win suspect first. Where nothing was changed there is no win, and what fires is a notice.
     */
    static List<FalseWin> fired(RuleInput input) {
        boolean nothingChanged = input.conditions().kind() == Conditions.Kind.SAME;
        return Arrays.stream(values())
                .flatMap(rule -> rule.of(input).stream())
                .map(win -> nothingChanged
                        ? new FalseWin(win.id(), FalseWin.Severity.NOTICE, win.evidence(), win.remedy())
                        : win)
                .sorted(Comparator.comparing(FalseWin::severity))
                .toList();
    }

    /** Ids of all rules, in order. */
    static Stream<String> ids() {
        return Arrays.stream(values()).map(FalseWinRule::id);
    }
}
