package dev.touchstone.generator.backend;

/**
 * What a manifest says about how its back end is to be opened.
 *
 * @param model which model is asked for
 * @param runtime name of the runtime, or {@code auto}; without meaning where {@link Setting#RUNTIME} is not taken
 * @param precision such as {@code fp32}; without meaning where {@link Setting#PRECISION} is not taken
 * @param options what only this kind of back end knows
 */
public record BackendSettings(Model model, String runtime, String precision, OptionValues options) {

    /**
     * A model.
     *
     * @param id its name; a server's name for it where a server has several
     * @param version as its makers write it, such as {@code 2} or {@code 2026-04-23}
     */
    public record Model(String id, String version) {}

    /** The same with another runtime. */
    public BackendSettings withRuntime(String name) {
        return new BackendSettings(model, name, precision, options);
    }
}
