package dev.touchstone.generator.run;

/** How closely pictures of finished requests are looked at before a run goes on. */
public enum ImageCheck {
    /** Each is there and as long as recorded. */
    SIZE,
    /** Each has the recorded digest as well. */
    DIGEST
}
