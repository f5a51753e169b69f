package dev.touchstone.generator.phase;

/** What a request is doing. The phases of a request follow one another without overlap. */
public enum Phase {
    QUEUED("queued"),
    LOADING("loading"),
    WARMING("warming"),
    /** A server has the request and does not say what it does with it. */
    WAITING("waiting"),
    ENCODING("encoding"),
    SAMPLING("sampling"),
    DECODING("decoding"),
    /** Choosing the picture to keep among several. */
    JUDGING("judging"),
    /** A finished picture is on its way here. */
    FETCHING("fetching"),
    SAVING("saving"),
    /** A server works on something that has no name here. */
    OTHER_WORK("other-work"),
    COMPLETE("complete"),
    FAILED("failed");

    private final String id;

    Phase(String id) {
        this.id = id;
    }

    /** The name in events and results. */
    public String id() {
        return id;
    }
}
