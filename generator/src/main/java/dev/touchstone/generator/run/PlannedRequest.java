package dev.touchstone.generator.run;

import dev.touchstone.generator.backend.ImageRequest;
import dev.touchstone.generator.backend.ImageRequest.SamplingSettings;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.EditReference.InputFiles;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One request of a plan, with everything resolved.
 *
 * @param prompt what to ask for; its negative text is the one to use
 * @param pack {@code <id>/<version>} of the prompt's pack
 * @param widthPixels of the images
 * @param heightPixels of the images
 * @param images how many; their indexes are 0 .. images - 1
 * @param seed the run's seed
 * @param settings how to sample
 * @param edit input and mask by reference; present exactly where the prompt is an edit
 */
public record PlannedRequest(
        Prompt prompt,
        String pack,
        int widthPixels,
        int heightPixels,
        int images,
        long seed,
        SamplingSettings settings,
        Optional<EditReference> edit) {

    /** @throws IllegalArgumentException if there is nothing to make, or edit prompt and edit input disagree */
    public PlannedRequest {
        if (images < 1) {
            throw new IllegalArgumentException(
                    "request " + prompt.id() + ": expected at least one image, found " + images);
        }
        if (edit.isPresent() != prompt.edit().isPresent()) {
            throw new IllegalArgumentException("request " + prompt.id() + ": expected an edit input exactly for an edit"
                    + " prompt, found the prompt " + (prompt.edit().isPresent() ? "is" : "is not") + " an edit");
        }
    }

    /** Whose images. */
    public PromptId id() {
        return prompt.id();
    }

    /** What {@code prompts.jsonl} says of it. */
    PromptRecord record() {
        return new PromptRecord(prompt, pack, widthPixels, heightPixels, images);
    }

    ImageRequest request(int batchSize, int previews, InputFiles files) {
        return new ImageRequest(
                prompt.id(),
                prompt.text(),
                prompt.negative(),
                widthPixels,
                heightPixels,
                seed,
                IntStream.range(0, images).boxed().toList(),
                batchSize,
                previews,
                settings,
                edit.map(one -> one.load(files)));
    }
}
