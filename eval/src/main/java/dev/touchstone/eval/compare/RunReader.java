package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.ComparedRun.ClockFacts;
import dev.touchstone.eval.compare.RunSamples.ImageCounts;
import dev.touchstone.eval.compare.RunSamples.Samples;
import dev.touchstone.eval.label.Answer;
import dev.touchstone.eval.label.LabelStore;
import dev.touchstone.eval.label.Labels;
import dev.touchstone.eval.label.Question;
import dev.touchstone.eval.label.Verdict;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.run.GeneratedRecord;
import dev.touchstone.generator.run.ImageRecord;
import dev.touchstone.generator.run.PromptRecord;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.DataFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads a finished run folder, each of its files once. */
final class RunReader {

    private final RunFolder folder;
    private final ManifestValues manifest;

    RunReader(RunFolder folder) {
        this.folder = folder;
        this.manifest = ManifestValues.read(folder.manifestFile());
    }

    ComparedRun read() {
        GeneratedRecord generated = folder.verified();
        SortedMap<String, SortedMap<CohortAxis, String>> labels = new TreeMap<>();
        SortedMap<String, Integer> planned = new TreeMap<>();
        try (Stream<PromptRecord> lines = folder.prompts()) {
            lines.forEach(line -> {
                labels.put(line.prompt().id().value(), line.prompt().labels());
                planned.put(line.prompt().id().value(), line.images());
            });
        }
        PromptSet prompts = PromptSet.of(labels);
        RequestValues requests = new RequestValues(folder, prompts, manifest);
        Pictures pictures = new Pictures();
        ImageCounts counts = counts(prompts.size());
        PromptValues.Builder delivered = new PromptValues.Builder();
        try (Stream<ImageRecord> lines = folder.images()) {
            lines.forEach(image -> {
                Pictures.Entry entry = entry(image, prompt(prompts, image));
                pictures.add(entry);
                count(counts, entry);
                delivered.add(entry.prompt(), entry.index(), entry.status() == Pictures.COMPLETE ? 1 : 0);
                requests.add(image, entry.prompt());
            });
        }
        for (int prompt = 0; prompt < prompts.size(); prompt++) {
            counts.unanswered()[prompt] = Math.max(0, planned.get(prompts.id(prompt)) - counts.planned(prompt));
        }
        SortedMap<String, Samples> measures = new TreeMap<>();
        put(measures, Measure.DELIVERED, delivered, prompts.size());
        ClockFacts time = requests.finish(measures);
        ScoreReader scores = ScoreReader.read(folder, generated.imagesDigest(), prompts);
        measures.putAll(scores.measures());
        Optional<Labels> votes = labels(generated);
        votes.ifPresent(read -> put(measures, Measure.USABLE, usable(read, prompts), prompts.size()));
        return new ComparedRun(
                folder,
                folder.header(),
                generated,
                manifest,
                scores.provenance(),
                new RunSamples(generated.runId().value(), prompts, slices(), counts, measures),
                scores.sets(),
                pictures,
                votes.map(Labels::votes).orElse(List.of()),
                time);
    }

    static void put(SortedMap<String, Samples> measures, Measure measure, PromptValues.Builder values, int prompts) {
        if (!values.isEmpty()) {
            measures.put(measure.id(), new Samples(measure, values.build(prompts)));
        }
    }

    private int prompt(PromptSet prompts, ImageRecord image) {
        int number = prompts.number(image.id().prompt().value());
        if (number < 0) {
            throw new DataFileException(folder.imagesFile() + ": expected images of the prompts in "
                    + folder.promptsFile().getFileName() + ", found " + image.id());
        }
        return number;
    }

    private static Pictures.Entry entry(ImageRecord image, int prompt) {
        boolean complete = image instanceof ImageRecord.Complete;
        byte status = Pictures.COMPLETE;
        int candidates = 1;
        long bytes = 0;
        String sha256 = "";
        String fingerprint = "";
        Pictures.Made what = Pictures.Made.NOTHING;
        if (image instanceof ImageRecord.Complete made) {
            candidates =
                    made.selection().map(chosen -> chosen.candidates().size()).orElse(1);
            bytes = made.file().bytes();
            sha256 = made.file().sha256();
            fingerprint = made.file().fingerprint().hex();
            what = new Pictures.Made(
                    made.file().picture().format(),
                    made.file().picture().widthPixels(),
                    made.file().picture().heightPixels(),
                    made.answered().model(),
                    made.answered().seed(),
                    made.answered().steps());
        } else if (image instanceof ImageRecord.Failed failed) {
            status = switch (failed.outcome()) {
                case FAILED -> Pictures.FAILED;
                case MODERATED -> Pictures.MODERATED;
                case MISSING -> Pictures.MISSING;
            };
        }
        return new Pictures.Entry(
                prompt,
                image.id().imageIndex(),
                status,
                image.asked().widthPixels(),
                image.asked().heightPixels(),
                image.asked().settings().steps().orElse(0), // 0: not said
                image.asked().seed().orElse(0),
                image.request().session(),
                complete ? candidates : 0,
                bytes,
                sha256,
                fingerprint,
                what);
    }

    private static ImageCounts counts(int prompts) {
        return new ImageCounts(
                new int[prompts], new int[prompts], new int[prompts], new int[prompts], new int[prompts]);
    }

    private static void count(ImageCounts counts, Pictures.Entry entry) {
        int[] of = switch (entry.status()) {
            case Pictures.COMPLETE -> counts.complete();
            case Pictures.FAILED -> counts.failed();
            case Pictures.MODERATED -> counts.moderated();
            default -> counts.missing();
        };
        of[entry.prompt()]++;
    }

    private Optional<Labels> labels(GeneratedRecord generated) {
        Optional<Labels> labels = new LabelStore(folder).read();
        labels.ifPresent(read -> {
            if (!read.imagesDigest().equals(generated.imagesDigest())) {
                throw new DataFileException(LabelStore.file(folder) + ": expected imagesDigest "
                        + generated.imagesDigest() + ", found " + read.imagesDigest()
                        + ". The images changed since; run the label stage again.");
            }
        });
        return labels;
    }

    private static PromptValues.Builder usable(Labels labels, PromptSet prompts) {
        PromptValues.Builder values = new PromptValues.Builder();
        for (Verdict verdict : labels.verdicts()) {
            if (verdict.question() == Question.USABLE && verdict.value().isPresent()) {
                int prompt = prompts.number(verdict.image().prompt().value());
                Answer answer = verdict.value().get();
                if (prompt >= 0) {
                    values.add(
                            prompt, verdict.image().imageIndex(), answer.text().equals("yes") ? 1 : 0);
                }
            }
        }
        return values;
    }

    /** The manifest's axes and crosses; every axis alone where it names none. */
    private List<List<CohortAxis>> slices() {
        List<List<CohortAxis>> slices = new ArrayList<>();
        manifest.list("cohorts.axes").forEach(axis -> slices.add(axes(axis)));
        manifest.list("cohorts.crosses").forEach(cross -> slices.add(axes(cross)));
        slices.removeIf(List::isEmpty);
        if (slices.isEmpty()) {
            Arrays.stream(CohortAxis.values()).forEach(axis -> slices.add(List.of(axis)));
        }
        return slices;
    }

    private static List<CohortAxis> axes(String names) {
        return Arrays.stream(names.split(" x "))
                .flatMap(name -> Arrays.stream(CohortAxis.values())
                        .filter(axis -> axis.id().equals(name.strip())))
                .sorted()
                .toList();
    }
}
