package dev.touchstone.eval.label;

/** How the picture that was judged relates to the picture the run holds. */
public enum PictureMatch {
    /** The same file. */
    SAME_FILE("same-file"),
    /** Another file that shows the same within rounding. */
    SAME_WITHIN_ROUNDING("same-within-rounding"),
    /** Nobody wrote down which picture was judged; the image id has to do. */
    BY_ID_ONLY("by-id-only"),
    /** Another picture. */
    DIFFERENT("different"),
    /** The run has no picture of that id, because it failed. */
    NO_PICTURE("no-picture");

    private final String id;

    PictureMatch(String id) {
        this.id = id;
    }

    /** The name in files. */
    public String id() {
        return id;
    }

    /** Whether a vote on the judged picture is a vote on the run's. */
    public boolean holds() {
        return this == SAME_FILE || this == SAME_WITHIN_ROUNDING || this == BY_ID_ONLY;
    }
}
