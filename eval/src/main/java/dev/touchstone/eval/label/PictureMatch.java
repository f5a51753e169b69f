package dev.touchstone.eval.label;

/** How the picture that was judged relates to the picture the run holds. */
public enum PictureMatch {
    /** The same file. */
    SAME_FILE,
    /** Another file that shows the same within rounding. */
    SAME_WITHIN_ROUNDING,
    /** Nobody wrote down which picture was judged; the image id has to do. */
    BY_ID_ONLY,
    /** Another picture. */
    DIFFERENT,
    /** The run has no picture of that id, because it failed. */
    NO_PICTURE;

    /** Whether a vote on the judged picture is a vote on the run's. */
    public boolean holds() {
        return this == SAME_FILE || this == SAME_WITHIN_ROUNDING || this == BY_ID_ONLY;
    }
}
