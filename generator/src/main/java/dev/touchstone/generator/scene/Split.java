package dev.touchstone.generator.scene;

/** What scenes are drawn for. No two splits share a random stream. */
public enum Split {
    /** Pictures that models learn from; never shows a held-out combination. */
    TRAINING("training"),
    /** Reference pictures of the golden datasets. */
    GOLDEN("golden"),
    /** What the prompts of the packs ask for. */
    PROMPT("prompt");

    private final String id;

    Split(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }
}
