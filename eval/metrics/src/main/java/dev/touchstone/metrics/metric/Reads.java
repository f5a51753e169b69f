package dev.touchstone.metrics.metric;

/** What a metric reads. Who computes metrics supplies some of these; a metric is on offer where all that it reads is supplied. */
public enum Reads {
    /** The decoded picture. */
    PIXELS("pixels", Source.PICTURE),
    /** The feature vector of a network. */
    FEATURES("features", Source.NETWORK),
    /** What a classifier says, before the softmax. */
    CLASSES("classes", Source.NETWORK),
    /** The embedding of CLIP's image tower. */
    CLIP("clip", Source.NETWORK),
    /** A learned distance between two pictures. */
    PERCEPTUAL("perceptual distance", Source.NETWORK),
    /** Which attributes of the built-in world a network sees. */
    ATTRIBUTES("attributes", Source.NETWORK),
    /** The attributes that the prompt asks for. */
    ASKS("asked attributes", Source.PROMPT),
    /** The words of the prompt. */
    PROMPT_TEXT("prompt", Source.PROMPT),
    /** A set of reference pictures. */
    REFERENCE_SET("reference set", Source.REFERENCE),
    /** The picture of the same name on the other side. */
    PARTNER("partner", Source.REFERENCE),
    /** The wanted result of an edit. */
    TARGET("edit target", Source.REFERENCE),
    /** The golden pictures that show most of what the prompt asks for. */
    NEAREST("nearest golden pictures", Source.REFERENCE);

    /** Where something that is read comes from. */
    public enum Source {
        PICTURE,
        NETWORK,
        PROMPT,
        REFERENCE
    }

    private final String text;
    private final Source source;

    Reads(String text, Source source) {
        this.text = text;
        this.source = source;
    }

    /** Where it comes from. */
    public Source source() {
        return source;
    }

    /** For tables. */
    @Override
    public String toString() {
        return text;
    }
}
