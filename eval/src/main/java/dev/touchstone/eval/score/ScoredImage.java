package dev.touchstone.eval.score;

import dev.touchstone.generator.run.ImageId;
import dev.touchstone.generator.run.ImageRecord;
import dev.touchstone.generator.run.PromptRecord;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.feature.DigestedImage;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.RgbImage;
import java.nio.file.Path;

/**
 * A picture of the run that can be scored.
 *
 * @param id which one
 * @param asked its prompt
 * @param file the picture
 * @param sha256 of the file, as recorded when it was made
 */
record ScoredImage(ImageId id, PromptRecord asked, Path file, String sha256) {

    static ScoredImage of(RunFolder folder, ImageRecord.Complete image, PromptRecord asked) {
        return new ScoredImage(
                image.id(), asked, folder.picture(image), image.file().sha256());
    }

    RgbImage pixels() {
        return new ImageDecoder().decode(file);
    }

    DigestedImage digested() {
        return new DigestedImage(sha256, this::pixels);
    }
}
