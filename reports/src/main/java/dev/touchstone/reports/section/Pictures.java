package dev.touchstone.reports.section;

import dev.touchstone.eval.label.Labels;
import dev.touchstone.eval.label.Question;
import dev.touchstone.eval.label.Verdict;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.generator.run.ImageRecord;
import dev.touchstone.generator.run.PromptRecord;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.reports.model.Cell;
import dev.touchstone.reports.model.Decimals;
import dev.touchstone.reports.model.Gallery.Picture;
import dev.touchstone.reports.model.Tone;
import dev.touchstone.reports.section.ImageScores.ImageAdherence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cards of a gallery: a picture, its prompt, how well it follows it, what people said. */
final class Pictures {

    private static final String YES = "yes";
    private static final int MOST_MISSES = 6;

    private final RunEvidence evidence;
    private final Map<ImageId, Verdict> usable = new HashMap<>();

    Pictures(RunEvidence evidence) {
        this.evidence = evidence;
        evidence.labels().map(Labels::verdicts).orElse(List.of()).stream()
                .filter(verdict -> verdict.question() == Question.USABLE)
                .forEach(verdict -> usable.put(verdict.image(), verdict));
    }

    /** Whether people rejected the image. */
    boolean rejected(ImageId image) {
        Verdict verdict = usable.get(image);
        return verdict != null
                && verdict.value().isPresent()
                && !verdict.value().get().text().equals(YES);
    }

    /** The card of an image. */
    Picture of(ImageRecord image) {
        List<Cell.Badge> badges = new ArrayList<>();
        adherence(image.id()).ifPresent(badges::add);
        verdict(image.id()).ifPresent(badges::add);
        List<String> notes = new ArrayList<>();
        if (image instanceof ImageRecord.Failed failed) {
            badges.add(new Cell.Badge(failed.outcome().id(), Tone.BAD));
            notes.add(failed.reason());
        }
        return new Picture(
                image instanceof ImageRecord.Complete complete
                        ? Optional.of(evidence.folder().picture(complete))
                        : Optional.empty(),
                image.id().toString(),
                image.asked().prompt(),
                badges,
                notes);
    }

    /** The card of an image that also says what was asked for and is not there. */
    Picture withMisses(ImageRecord image) {
        Picture card = of(image);
        List<String> notes = new ArrayList<>(card.notes());
        List<String> misses = misses(image.id());
        notes.addAll(misses.subList(0, Math.min(MOST_MISSES, misses.size())));
        if (misses.size() > MOST_MISSES) {
            notes.add("and " + (misses.size() - MOST_MISSES) + " more");
        }
        return new Picture(card.file(), card.id(), card.caption(), card.badges(), notes);
    }

    /** {@code Colour: teal, not blue} for every asked attribute that is not there. */
    private List<String> misses(ImageId image) {
        ImageAdherence score = evidence.scores().adherence().get(image);
        PromptRecord prompt = evidence.prompts().get(image.prompt());
        List<String> misses = new ArrayList<>();
        if (score != null && prompt != null) {
            Prompt asked = prompt.prompt();
            for (Map.Entry<Attribute, String> ask : asked.asks().entrySet()) {
                String seen = score.missing().get(ask.getKey().id());
                if (seen != null) {
                    misses.add(Wording.capital(ask.getKey().id().replace('-', ' ')) + ": " + seen + ", not "
                            + ask.getValue());
                }
            }
        }
        return misses;
    }

    private Optional<Cell.Badge> adherence(ImageId image) {
        return Optional.ofNullable(evidence.scores().adherence().get(image))
                .flatMap(ImageAdherence::share)
                .map(share -> new Cell.Badge("adherence " + Decimals.of(100 * share, 0) + " %", Tone.NEUTRAL));
    }

    private Optional<Cell.Badge> verdict(ImageId image) {
        Verdict verdict = usable.get(image);
        if (verdict == null) {
            return Optional.empty();
        }
        if (verdict.value().isEmpty()) {
            return Optional.of(new Cell.Badge("tied", Tone.CAUTION));
        }
        return Optional.of(
                rejected(image) ? new Cell.Badge("rejected", Tone.BAD) : new Cell.Badge("usable", Tone.GOOD));
    }
}
