package dev.touchstone.generator.simulator;

import java.io.IOException;

/** Hears what a job is doing while it runs, in the thread that runs it. */
interface JobObserver {

    /** Hears nothing. */
    JobObserver NONE = new JobObserver() {
        @Override
        public void enters(JobPhase phase) {}

        @Override
        public void step(int done, int of) {}
    };

    /** What a job does. */
    enum JobPhase {
        QUEUED,
        LOADING,
        ENCODING,
        SAMPLING,
        DECODING
    }

    /**
     * A phase begins; the one before it ends.
     *
     * @throws IOException if who asked has gone; the job ends
     */
    void enters(JobPhase phase) throws IOException;

    /**
     * A step of sampling has ended.
     *
     * @throws IOException if who asked has gone; the job ends
     */
    void step(int done, int of) throws IOException;
}
