package dev.touchstone.cli.command;

import dev.touchstone.metrics.measure.MeasureSettings.Features;
import dev.touchstone.metrics.metric.Metric;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.SetMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine.ParseResult;

/** Which options of {@code measure} have an effect on what is measured; one that has none is refused, not passed over. */
final class MeasureOptions {

    private static final String FID = "fid";
    private static final String FID_INFINITY = "fid-infinity";
    private static final String KID = "kid";

    private static final List<Rule> RULES = List.of(
            new Rule("--features", "a set metric of images: fid, fid-infinity, kid, prdc or is", Asked::network),
            new Rule(
                    "--weights",
                    "--features inception-v3, cmmd or clip-score",
                    asked -> asked.inception() || asked.reads(Reads.CLIP)),
            new Rule("--text-weights", "clip-score", asked -> asked.reads(Reads.PROMPT_TEXT)),
            new Rule("--vocabulary", "clip-score", asked -> asked.reads(Reads.PROMPT_TEXT)),
            new Rule("--recipe", "--features inception-v3; the built-in network has its own", Asked::inception),
            new Rule(
                    "--dims",
                    "fid or fid-infinity and --features inception-v3",
                    asked -> asked.inception() && asked.is(FID, FID_INFINITY)),
            new Rule("--save-stats", "fid", asked -> asked.is(FID)),
            new Rule("--subsets", "kid", asked -> asked.is(KID)),
            new Rule("--subset-size", "kid", asked -> asked.is(KID)),
            new Rule("--seed", "kid or fid-infinity", asked -> asked.is(KID, FID_INFINITY)),
            new Rule("--net", "lpips", asked -> asked.reads(Reads.PERCEPTUAL)),
            new Rule("--backbone-weights", "lpips and --net alex, vgg or squeeze", Asked::published),
            new Rule("--linear-weights", "lpips and --net alex, vgg or squeeze", Asked::published),
            new Rule(
                    "--allow-unknown-digest",
                    "--weights, --backbone-weights or --linear-weights of a published network",
                    asked -> asked.inception() && asked.given("--weights")
                            || asked.published()
                                    && (asked.given("--backbone-weights") || asked.given("--linear-weights"))),
            new Rule(
                    "--store",
                    "--features inception-v3, or lpips and --net alex, vgg or squeeze",
                    asked -> asked.inception() || asked.published()),
            new Rule("--cache", "a metric of sets of images", Asked::readsSets),
            new Rule("--batch", "a metric of sets of images", Asked::readsSets));

    private MeasureOptions() {}

    /**
     * What is measured.
     *
     * @param savedGenerated whether the generated side is a statistics file, and {@code savedReference} the other
     */
    record Asked(
            Metric metric,
            Features features,
            String net,
            boolean savedGenerated,
            boolean savedReference,
            ParseResult given) {

        private boolean given(String option) {
            return given.hasMatchedOption(option);
        }

        private boolean is(String... names) {
            return Set.of(names).contains(metric.name());
        }

        private boolean reads(Reads what) {
            return metric.reads().contains(what);
        }

        private boolean network() {
            return metric instanceof SetMetric
                    && (reads(Reads.FEATURES) || reads(Reads.CLASSES))
                    && !(savedGenerated && savedReference);
        }

        private boolean readsSets() {
            return network() || metric instanceof SetMetric && reads(Reads.CLIP);
        }

        private boolean inception() {
            return network() && features == Features.INCEPTION_V3;
        }

        private boolean published() {
            return reads(Reads.PERCEPTUAL) && !net.equals("builtin");
        }

        private String what() {
            String saved = savedGenerated && savedReference ? " of two statistics files" : "";
            String network =
                    network() ? features == Features.BUILTIN ? " on the built-in network" : " on inception-v3" : "";
            return metric.name() + saved + network + (reads(Reads.PERCEPTUAL) ? " --net " + net : "");
        }
    }

    private record Rule(String option, String expected, Predicate<Asked> hasEffect) {}

    /** One sentence for each option that was given and would change nothing. */
    static List<String> problems(Asked asked) {
        List<String> problems = new ArrayList<>();
        for (Rule rule : RULES) {
            if (asked.given(rule.option) && !rule.hasEffect.test(asked)) {
                problems.add(rule.option + ": expected with " + rule.expected + ", found with " + asked.what());
            }
        }
        return problems;
    }
}
