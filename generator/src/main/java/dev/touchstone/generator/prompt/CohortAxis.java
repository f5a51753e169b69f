package dev.touchstone.generator.prompt;

/** The labels by which images are sliced into cohorts. */
public enum CohortAxis {
    WORKFLOW("workflow"),
    STYLE_FAMILY("style_family"),
    RESOLUTION_CLASS("resolution_class"),
    USER_TYPE("user_type");

    private final String id;

    CohortAxis(String id) {
        this.id = id;
    }

    /** The key in packs, manifests and results. */
    public String id() {
        return id;
    }
}
