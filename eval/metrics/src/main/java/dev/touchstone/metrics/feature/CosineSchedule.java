package dev.touchstone.metrics.feature;

import java.util.Objects;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * A learning rate that rises linearly over a warm-up and then falls along half a cosine to a hundredth of its peak.
 * Public, with a bare constructor and properties, because DL4J writes it into the model file and reads it back by name.
 */
public final class CosineSchedule implements ISchedule {

    private static final long serialVersionUID = 1L;

    /** Where the rate ends, as a share of the peak. */
    private static final double FLOOR = 0.01;

    private double peak;
    private int warmUpSteps;
    private int totalSteps;

    /** For DL4J's reader. */
    public CosineSchedule() {}

    /**
     * @param peak the highest rate
     * @param warmUpSteps over which the rate rises to it
     * @param totalSteps after which the rate stays at its floor
     */
    public CosineSchedule(double peak, int warmUpSteps, int totalSteps) {
        this.peak = peak;
        this.warmUpSteps = warmUpSteps;
        this.totalSteps = totalSteps;
    }

    @Override
    public double valueAt(int iteration, int epoch) {
        if (iteration < warmUpSteps) {
            return peak * (iteration + 1) / warmUpSteps;
        }
        double progress = Math.min(1.0, (iteration - warmUpSteps) / (double) Math.max(1, totalSteps - warmUpSteps));
        return peak * (FLOOR + (1 - FLOOR) * 0.5 * (1 + Math.cos(Math.PI * progress)));
    }

    @Override
    public ISchedule clone() {
        return new CosineSchedule(peak, warmUpSteps, totalSteps);
    }

    /**
     * DL4J groups the optimiser state of parameters whose updaters are equal; without this a restored network would read its
     * optimiser state in another order than it was written in.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof CosineSchedule that
                && peak == that.peak
                && warmUpSteps == that.warmUpSteps
                && totalSteps == that.totalSteps;
    }

    @Override
    public int hashCode() {
        return Objects.hash(peak, warmUpSteps, totalSteps);
    }

    public double getPeak() {
        return peak;
    }

    public void setPeak(double peak) {
        this.peak = peak;
    }

    public int getWarmUpSteps() {
        return warmUpSteps;
    }

    public void setWarmUpSteps(int warmUpSteps) {
        this.warmUpSteps = warmUpSteps;
    }

    public int getTotalSteps() {
        return totalSteps;
    }

    public void setTotalSteps(int totalSteps) {
        this.totalSteps = totalSteps;
    }
}
