package dev.touchstone.generator.backend;

/** What a manifest may ask of a back end, by its key in the section {@code generation}. */
public enum Setting {
    SEED("seed"),
    STEPS("steps"),
    SAMPLER("sampler"),
    GUIDANCE("guidance"),
    NEGATIVE_PROMPT("negative_prompt"),
    /** Share of the way from an edit's input to pure noise at which sampling starts. */
    EDIT_STRENGTH("edit_strength"),
    /** Several pictures of a request made at once. */
    BATCH_SIZE("batch_size"),
    /** Unfinished pictures that are shown while a request runs. */
    PREVIEWS("previews"),
    /** Number format of the weights. */
    PRECISION("precision"),
    /** Library that runs the networks. */
    RUNTIME("runtime");

    private final String key;

    Setting(String key) {
        this.key = key;
    }

    /** The key in manifests. */
    public String key() {
        return key;
    }

    /** What a back end does with a setting. */
    public enum Support {
        /** The manifest must say it. */
        NEEDED,
        /** The manifest may say it. */
        TAKEN,
        /** The back end has no such setting: a manifest that says it is refused. */
        NOT_TAKEN
    }
}
