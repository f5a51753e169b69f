package dev.touchstone.generator.run;

/** Hears how far a stage is. May be called often; whoever shows it decides how often it draws. */
@FunctionalInterface
public interface Progress {

    /** Shows nothing. */
    Progress NONE = (stage, done, total, note) -> {};

    /**
     * How far the stage is.
     *
     * @param stage what is being done, such as {@code generate} or {@code score}
     * @param done units finished, in [0, total]
     * @param total units of the stage, images where there are images
     * @param note what is going on, empty if there is nothing to say
     */
    void report(String stage, long done, long total, String note);
}
