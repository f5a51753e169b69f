package dev.touchstone.generator.simulator;

import java.util.function.Function;

/** The dialects that a simulator speaks. */
public enum DialectName {
    /** The images API of OpenAI, with the extensions that open servers have. */
    OPENAI_IMAGES("openai-images", OpenAiImagesDialect::new),
    /** HTTP and WebSocket of ComfyUI. */
    COMFYUI("comfyui", ComfyUiDialect::new);

    private final String id;
    private final Function<SimulatedModel, Dialect> dialect;

    DialectName(String id, Function<SimulatedModel, Dialect> dialect) {
        this.id = id;
        this.dialect = dialect;
    }

    /** The name on the command line. */
    public String id() {
        return id;
    }

    Dialect over(SimulatedModel model) {
        return dialect.apply(model);
    }
}
