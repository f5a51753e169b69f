package dev.touchstone.generator.run;

import dev.touchstone.generator.prompt.Prompt;

/**
 * What one request asks for: a line of {@code prompts.jsonl}. The prompt's negative text is the one that was used.
 *
 * @param prompt the prompt
 * @param pack {@code <id>/<version>} of its pack
 * @param widthPixels of the images
 * @param heightPixels of the images
 * @param images how many, at least 1
 */
public record PromptRecord(Prompt prompt, String pack, int widthPixels, int heightPixels, int images) {}
