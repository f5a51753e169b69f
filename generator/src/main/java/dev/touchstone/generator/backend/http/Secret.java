package dev.touchstone.generator.backend.http;

import dev.touchstone.generator.backend.BackendException;
import java.util.function.UnaryOperator;

/** A key from the environment. It is sent to the server it is for, and shown nowhere else. */
public final class Secret {

    /** Where no key is wanted. */
    public static final Secret NONE = new Secret("");

    /** What stands in a text where a key stood. */
    private static final String HIDDEN = "[key]";

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * The key in a variable of the environment.
     *
     * @param backend name of the back end, for messages
     * @param variable name of the variable
     * @param environment value of a variable, {@code null} where there is none
     * @throws BackendException if there is none, or it has characters that no header can have; the message never shows it
     */
    public static Secret of(String backend, String variable, UnaryOperator<String> environment) {
        String value = environment.apply(variable);
        if (value == null || value.isBlank()) {
            throw new BackendException(
                    BackendException.Kind.REFUSED,
                    backend + ": expected a key in the environment variable " + variable
                            + ", found none. Set it, or name another variable in serving.options.api_key_env.");
        }
        String key = value.strip();
        if (!key.matches("[\\x21-\\x7E]+")) {
            throw new BackendException(
                    BackendException.Kind.REFUSED,
                    backend + ": expected a key of printable ASCII without spaces in the environment variable "
                            + variable + ", found other characters");
        }
        return new Secret(key);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    /** The value of the header {@code Authorization}. */
    public String bearer() {
        return "Bearer " + value;
    }

    /** A text without the key: servers quote what they were sent. */
    public String hideIn(String text) {
        return value.isEmpty() ? text : text.replace(value, HIDDEN);
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
