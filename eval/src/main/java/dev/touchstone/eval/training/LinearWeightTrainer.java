package dev.touchstone.eval.training;

import dev.touchstone.metrics.feature.Activation;
import dev.touchstone.metrics.feature.PerceptualNetwork;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.lpips.ChannelDifferences;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Learns the per-channel weights of a perceptual distance from triplets: a picture, the picture spoilt a little and the same spoilt more. The distance is
 * linear in the weights, so the activations are computed once; then a logistic ranking loss on the logarithm of the two distances
 * is minimised over weights {@code exp(v)}, which cannot become negative. Deterministic.
 */
final class LinearWeightTrainer {

    private static final int STEPS = 400;
    private static final double RATE = 0.05;

    /** How far a distance must rise with strength before a triplet stops pulling, in log units. */
    private static final double MARGIN = 0.1;

    private static final double TEMPERATURE = 0.05;

    /** Pull towards the uniform weights, so that no channel decides alone. */
    private static final double DECAY = 2e-4;

    private final PerceptualNetwork network;
    private final long seed;

    LinearWeightTrainer(PerceptualNetwork network, long seed) {
        this.network = network;
        this.seed = seed;
    }

    /** Channel differences of one picture under one distortion, by strength. */
    record Ladder(Distortion distortion, List<double[]> differences) {}

    /** Spoils every picture in every way and measures the channel differences to the untouched one. */
    List<Ladder> ladders(List<RgbImage> images) {
        List<Ladder> ladders = new ArrayList<>();
        for (int index = 0; index < images.size(); index++) {
            RgbImage image = images.get(index);
            List<RgbImage> spoilt = new ArrayList<>(List.of(image));
            for (Distortion distortion : Distortion.values()) {
                for (int strength = 1; strength <= Distortion.STRENGTHS; strength++) {
                    spoilt.add(distortion.apply(image, strength, seed, index));
                }
            }
            List<List<Activation>> taps = network.taps(spoilt);
            for (Distortion distortion : Distortion.values()) {
                List<double[]> differences = new ArrayList<>();
                for (int strength = 1; strength <= Distortion.STRENGTHS; strength++) {
                    int at = distortion.ordinal() * Distortion.STRENGTHS + strength;
                    differences.add(ChannelDifferences.between(taps.get(0), taps.get(at)));
                }
                ladders.add(new Ladder(distortion, differences));
            }
        }
        return ladders;
    }

    /** Learns weights; each layer starts with equal weights, and their total stays what it was. */
    double[] learn(List<Ladder> ladders, double[] start) {
        int length = start.length;
        double[] logs = new double[length];
        double[] momentum = new double[length];
        double[] square = new double[length];
        for (int step = 1; step <= STEPS; step++) {
            double[] weights = weights(start, logs);
            double[] gradient = gradient(ladders, weights);
            double rate = RATE * 0.5 * (1 + Math.cos(Math.PI * step / STEPS));
            for (int i = 0; i < length; i++) {
                double slope = gradient[i] * weights[i] + DECAY * logs[i];
                momentum[i] = 0.9 * momentum[i] + 0.1 * slope;
                square[i] = 0.99 * square[i] + 0.01 * slope * slope;
                double first = momentum[i] / (1 - Math.pow(0.9, step));
                double second = square[i] / (1 - Math.pow(0.99, step));
                logs[i] -= rate * first / (Math.sqrt(second) + 1e-9);
            }
        }
        return scaled(weights(start, logs), sum(start));
    }

    private static double[] gradient(List<Ladder> ladders, double[] weights) {
        double[] gradient = new double[weights.length];
        long triplets = 0;
        for (Ladder ladder : ladders) {
            double[] distances = new double[Distortion.STRENGTHS];
            for (int i = 0; i < distances.length; i++) {
                distances[i] = distance(weights, ladder.differences().get(i)) + 1e-12;
            }
            for (int weak = 0; weak + 1 < distances.length; weak++) {
                triplets++;
                double rise = Math.log(distances[weak + 1]) - Math.log(distances[weak]) - MARGIN;
                double slope = -1 / (TEMPERATURE * (1 + Math.exp(rise / TEMPERATURE)));
                double[] stronger = ladder.differences().get(weak + 1);
                double[] weaker = ladder.differences().get(weak);
                double byStronger = slope / distances[weak + 1];
                double byWeaker = slope / distances[weak];
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] += byStronger * stronger[i] - byWeaker * weaker[i];
                }
            }
        }
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= triplets;
        }
        return gradient;
    }

    /** Share of triplets, all pairs of strengths, whose distances are in order; per distortion. */
    static SortedMap<Distortion, Double> ordered(List<Ladder> ladders, double[] weights) {
        SortedMap<Distortion, Double> shares = new TreeMap<>();
        for (Distortion distortion : Distortion.values()) {
            int triplets = 0;
            int right = 0;
            for (Ladder ladder : ladders) {
                if (ladder.distortion() != distortion) {
                    continue;
                }
                for (int weak = 0; weak < Distortion.STRENGTHS; weak++) {
                    for (int strong = weak + 1; strong < Distortion.STRENGTHS; strong++) {
                        triplets++;
                        right += distance(weights, ladder.differences().get(strong))
                                        > distance(weights, ladder.differences().get(weak))
                                ? 1
                                : 0;
                    }
                }
            }
            shares.put(distortion, triplets == 0 ? 0 : right / (double) triplets);
        }
        return shares;
    }

    private static double distance(double[] weights, double[] differences) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * differences[i];
        }
        return sum;
    }

    private static double[] weights(double[] start, double[] logs) {
        double[] weights = new double[start.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = start[i] * Math.exp(logs[i]);
        }
        return scaled(weights, sum(start));
    }

    private static double[] scaled(double[] weights, double total) {
        double factor = total / sum(weights);
        double[] scaled = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            scaled[i] = weights[i] * factor;
        }
        return scaled;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
