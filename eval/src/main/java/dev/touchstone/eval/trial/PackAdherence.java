package dev.touchstone.eval.trial;

import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.inference.WilsonInterval;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.image.RgbImage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model gets right of one pack's workflow.
 *
 * @param pack the workflow's name, which its pack shares
 * @param images one per prompt
 * @param attributes per attribute what was asked and found; subject, colours, place and background first
 * @param fid distance of the pictures to the golden ones
 * @param secondsPerImage median wall time, one picture at a time
 * @param samples the first pictures, at most {@link #SAMPLES}, as they came
 */
public record PackAdherence(
        String pack,
        int images,
        Map<Attribute, Found> attributes,
        Distance fid,
        double secondsPerImage,
        List<Sample> samples) {

    /** Pictures kept for looking at. */
    public static final int SAMPLES = 24;

    /** Coverage of every interval. */
    public static final double LEVEL = 0.95;

    public PackAdherence {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        samples = List.copyOf(samples);
    }

    /** A picture and the prompt that it was drawn for. */
    public record Sample(String prompt, RgbImage image) {}

    /**
     * One attribute.
     *
     * @param asked pictures whose prompt asks for it, at least 1
     * @param found those in which the network finds the asked value
     * @param foundAsDrawn the same in perfect drawings of the same prompts: what the network itself misreads
     */
    public record Found(int asked, int found, int foundAsDrawn) {

        public double share() {
            return found / (double) asked;
        }

        public double shareAsDrawn() {
            return foundAsDrawn / (double) asked;
        }

        /** Wilson's interval of the share, at {@link #LEVEL}. */
        public Interval interval() {
            return WilsonInterval.of(found, asked, LEVEL);
        }
    }

    /**
     * FID to the golden pictures of the workflow.
     *
     * @param value of the model's pictures
     * @param asDrawn of perfect drawings of the same prompts: held-out combinations are not the golden set's mixture, so this is
     *     what a perfect model would reach
     * @param floor mean FID of as many golden pictures against the rest of them
     * @param floorHigh 95th percentile of 200 such draws
     * @param floorN pictures of each draw
     * @param referenceN golden pictures
     */
    public record Distance(double value, double asDrawn, double floor, double floorHigh, int floorN, int referenceN) {}
}
