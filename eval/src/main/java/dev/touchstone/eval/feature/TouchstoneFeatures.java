package dev.touchstone.eval.feature;

public final class TouchstoneFeatures {
    public static final String NAME = "touchstone-1";

    private TouchstoneFeatures() {}
}
