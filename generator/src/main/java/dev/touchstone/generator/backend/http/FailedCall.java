package dev.touchstone.generator.backend.http;

import dev.touchstone.generator.backend.AttemptEnd.AttemptOutcome;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendException.Kind;
import java.time.Duration;
import java.util.Optional;

/** One call came to nothing: why, whether it may have been served all the same, and whether another may be tried. */
public final class FailedCall extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final Serving serving;
    private final Again again;
    private final transient Optional<Duration> wait;

    /** Whether the server may have done the work. */
    public enum Serving {
        /** It said that it did not, or was never asked. */
        NOT_SERVED,
        /** Nobody knows: it may have, and may want to be paid. */
        UNKNOWN
    }

    /** Whether asking again makes sense. */
    public enum Again {
        YES,
        NO
    }

    /**
     * @param message one line for people, without a key
     * @param wait how long the server asks to wait before another
     */
    public FailedCall(Kind kind, Serving serving, Again again, String message, Optional<Duration> wait) {
        super(message);
        this.kind = kind;
        this.serving = serving;
        this.again = again;
        this.wait = wait;
    }

    public FailedCall(Kind kind, Serving serving, Again again, String message) {
        this(kind, serving, again, message, Optional.empty());
    }

    public Kind kind() {
        return kind;
    }

    /** How the attempt ended. */
    public AttemptOutcome outcome() {
        return serving == Serving.UNKNOWN ? AttemptOutcome.UNKNOWN : AttemptOutcome.FAILED;
    }

    /** Whether the server may have done the work. */
    public Serving serving() {
        return serving;
    }

    /** Whether asking again makes sense. */
    public boolean again() {
        return again == Again.YES;
    }

    /** How long the server asks to wait. */
    public Optional<Duration> askedWait() {
        return wait;
    }

    /** The same for who asked the back end. */
    public BackendException toBackendException(String subject) {
        return new BackendException(kind, subject + ": " + getMessage(), this);
    }
}
