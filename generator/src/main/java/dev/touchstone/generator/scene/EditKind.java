package dev.touchstone.generator.scene;

/** The edits that an image model is asked for. */
public enum EditKind {
    BACKGROUND("background"),
    RECOLOUR("recolour"),
    REMOVE("remove"),
    INPAINT("inpaint");

    private final String id;

    EditKind(String id) {
        this.id = id;
    }

    /** The name used in golden sets, packs and reports. */
    public String id() {
        return id;
    }
}
