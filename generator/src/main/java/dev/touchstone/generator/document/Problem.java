package dev.touchstone.generator.document;

/**
 * One thing that is wrong in a file.
 *
 * @param place where
 * @param key path of the key, such as {@code generation.sampler}; empty where no key is concerned
 * @param expected what would be right
 * @param found what is there
 * @param hint what to do, empty if there is nothing to add
 */
public record Problem(Place place, String key, String expected, String found, String hint) {

    /** {@code file:line:column: key: expected X, found Y; hint}. */
    @Override
    public String toString() {
        return place + ": " + (key.isEmpty() ? "" : key + ": ") + "expected " + expected + ", found " + found
                + (hint.isEmpty() ? "" : "; " + hint);
    }
}
