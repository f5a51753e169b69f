package dev.touchstone.reports.model;

/** What a coloured mark says; never by colour alone. */
public enum Tone {
    NEUTRAL,
    GOOD,
    CAUTION,
    BAD
}
