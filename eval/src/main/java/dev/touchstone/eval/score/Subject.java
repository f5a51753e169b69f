package dev.touchstone.eval.score;

import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.metrics.metric.Metric.Level;

/** What a score is about. */
public sealed interface Subject {

    /** Image, prompt or cohort. */
    Level level();

    /** As {@code scores.jsonl} spells it; of a cohort the label. */
    String id();

    /** One picture. */
    record OfImage(ImageId image) implements Subject {
        @Override
        public Level level() {
            return Level.IMAGE;
        }

        @Override
        public String id() {
            return image.toString();
        }
    }

    /** The pictures of one prompt. */
    record OfPrompt(PromptId prompt) implements Subject {
        @Override
        public Level level() {
            return Level.PROMPT;
        }

        @Override
        public String id() {
            return prompt.value();
        }
    }

    /** The pictures of a cohort. */
    record OfCohort(CohortKey cohort) implements Subject {
        @Override
        public Level level() {
            return Level.COHORT;
        }

        @Override
        public String id() {
            return cohort.label();
        }
    }
}
