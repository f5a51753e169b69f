package dev.touchstone.eval.score;

import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.generator.run.ImageRecord;
import dev.touchstone.generator.run.PromptRecord;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.feature.DigestedImage;
import dev.touchstone.metrics.image.ImageDecoder;

/**
 * A picture of the run that can be scored.
 *
 * @param id which one
 * @param asked its prompt
 * @param content of the file, as recorded when it was made
 */
record ScoredImage(ImageId id, PromptRecord asked, DigestedImage content) {

    static ScoredImage of(RunFolder folder, ImageRecord.Complete image, PromptRecord asked, ImageDecoder decoder) {
        return new ScoredImage(
                image.id(),
                asked,
                DigestedImage.recorded(folder.picture(image), image.file().sha256(), decoder));
    }

    Prompt prompt() {
        return asked.prompt();
    }
}
