package dev.touchstone.generator.scene;

/** The five kinds of work that image models are asked to do, each with its own look in the built-in world. */
public enum Workflow {
    PORTRAIT_REALISM("portrait-realism"),
    STYLISED_ART("stylised-art"),
    MARKETING_ASSETS("marketing-assets"),
    EDIT_WORKFLOWS("edit-workflows"),
    FAILURE_PROBES("failure-probes");

    private final String id;

    Workflow(String id) {
        this.id = id;
    }

    /** The name used in packs, golden sets, cohorts and reports. */
    public String id() {
        return id;
    }
}
