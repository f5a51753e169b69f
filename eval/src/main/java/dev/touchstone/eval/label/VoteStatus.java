package dev.touchstone.eval.label;

/** Whether a vote counts. */
public enum VoteStatus {
    /** It counts. */
    CURRENT("current"),
    /** The same reviewer answered again later. */
    SUPERSEDED("superseded"),
    /** It was given to another picture than the run holds now. */
    STALE("stale");

    private final String id;

    VoteStatus(String id) {
        this.id = id;
    }

    /** The name in files. */
    public String id() {
        return id;
    }
}
