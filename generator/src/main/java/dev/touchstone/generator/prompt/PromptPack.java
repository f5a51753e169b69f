package dev.touchstone.generator.prompt;

import java.util.List;

/**
 * A released set of prompts. Immutable: a changed pack is a new version.
 *
 * @param id {@code [a-z0-9-]+}
 * @param version at least 1
 * @param digest SHA-256 of {@code prompts.jsonl}, lower-case hex
 * @param title for people
 * @param licence SPDX identifier
 * @param description for people, may be empty
 * @param prompts in file order, ids unique
 */
public record PromptPack(
        String id, int version, String digest, String title, String licence, String description, List<Prompt> prompts) {

    public PromptPack {
        prompts = List.copyOf(prompts);
    }
}
