package dev.touchstone.generator.backend;

/**
 * What a model was given in place of the prompt that was asked.
 *
 * @param outcome what became of the prompt, {@code [a-z-]+}
 * @param text what the model was given; the prompt itself where it was left as it is
 */
public record RevisedPrompt(String outcome, String text) {}
