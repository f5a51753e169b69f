package dev.touchstone.generator.backend;

/** A back end could not make what it was asked for; the message says which, why, and what may help. */
public final class BackendException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** Why a back end fails, so that failures can be counted by kind and tried again by kind. */
    public enum Kind {
        /** It does not take such a request: asking again gives the same answer. */
        REFUSED("refused"),
        /** It cannot be reached, or the connection broke. */
        CONNECTION("connection"),
        /** It did not answer in time. */
        TIMEOUT("timeout"),
        /** It has too much to do: try later. */
        OVERLOADED("overloaded"),
        /** It broke. */
        SERVER("server"),
        /** It answered something that is not an answer to the request. */
        ANSWER("answer"),
        /** It was told to stop. */
        CANCELLED("cancelled"),
        /** Nobody said. */
        OTHER("other");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /** The name in records. */
        public String id() {
            return id;
        }
    }

    public BackendException(String message) {
        this(Kind.OTHER, message);
    }

    public BackendException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public BackendException(String message, Throwable cause) {
        this(Kind.OTHER, message, cause);
    }

    public BackendException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Why it failed. */
    public Kind kind() {
        return kind;
    }
}
