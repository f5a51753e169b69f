package dev.touchstone.generator.run;

import dev.touchstone.generator.backend.Selection;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.metrics.file.CsvLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The images of a run as a flat table, {@code metadata.csv}. */
final class MetadataTable {

    private MetadataTable() {}

    static void write(RunFolder folder, Map<PromptId, PlannedRequest> planned) {
        RunFolder.write(folder.metadataFile(), out -> {
            line(out, heading());
            try (Stream<ImageRecord> images = folder.images()) {
                for (Iterator<ImageRecord> each = images.iterator(); each.hasNext(); ) {
                    ImageRecord image = each.next();
                    line(out, row(image, planned.get(image.id().prompt())));
                }
            }
        });
    }

    private static CsvLine heading() {
        CsvLine line = new CsvLine();
        for (String column : new String[] {"imageId", "promptId", "imageIndex", "pack"}) {
            line.text(column);
        }
        for (CohortAxis axis : CohortAxis.values()) {
            line.text(axis.id());
        }
        for (String column : new String[] {
            "rotation",
            "status",
            "file",
            "sha256",
            "bytes",
            "widthPixels",
            "heightPixels",
            "seed",
            "prompt",
            "negativePrompt",
            "sampler",
            "steps",
            "guidance",
            "precision",
            "runtime",
            "session",
            "intendedStartSeconds",
            "sentSeconds",
            "firstImageSeconds",
            "deliveredSeconds",
            "requestDeliveredSeconds",
            "failedPhase",
            "reason",
            "revisedOutcome",
            "revisedPrompt",
            "bestOf",
            "candidates",
            "kept",
            "keptNoiseIndex",
            "format",
            "pictureWidthPixels",
            "pictureHeightPixels",
            "answeredModel",
            "answeredSeed",
            "answeredSteps",
            "attempts",
            "feesAmount",
            "errorKind",
            "processorSeconds",
            "hostBusyShare"
        }) {
            line.text(column);
        }
        return line;
    }

    private static CsvLine row(ImageRecord image, PlannedRequest planned) {
        CsvLine line = new CsvLine();
        Prompt prompt = planned.prompt();
        line.text(image.id().toString());
        line.text(image.id().prompt().value()).number(image.id().imageIndex()).text(planned.pack());
        for (CohortAxis axis : CohortAxis.values()) {
            line.text(prompt.label(axis));
        }
        line.text(PromptLine.name(prompt.rotation()));
        if (image instanceof ImageRecord.Complete complete) {
            line.text("complete").text(complete.file().path());
            line.text(complete.file().sha256()).number(complete.file().bytes());
        } else if (image instanceof ImageRecord.Failed failed) {
            line.text(failed.outcome().id()).empty().empty().empty();
        }
        ImageRecord.Asked asked = image.asked();
        line.number(asked.widthPixels()).number(asked.heightPixels());
        asked.seed().ifPresentOrElse(line::number, line::empty);
        line.text(asked.prompt()).text(asked.negativePrompt());
        ImageRecord.Settings settings = asked.settings();
        line.text(settings.sampler().orElse(""));
        settings.steps().ifPresentOrElse(line::number, line::empty);
        settings.guidance().ifPresentOrElse(line::number, line::empty);
        line.text(settings.precision().orElse("")).text(settings.runtime());
        ImageRecord.RequestTimes times = image.request();
        line.number(times.session()).seconds(times.intendedStartSeconds()).seconds(times.sentSeconds());
        times.firstImageSeconds().ifPresentOrElse(line::seconds, line::empty);
        if (image instanceof ImageRecord.Complete complete) {
            line.seconds(complete.deliveredSeconds()).seconds(times.deliveredSeconds());
            line.empty().empty();
        } else if (image instanceof ImageRecord.Failed failed) {
            line.empty().seconds(times.deliveredSeconds());
            line.text(failed.failedPhase().id()).text(failed.reason());
        }
        asked.revised()
                .ifPresentOrElse(
                        revised -> line.text(revised.outcome()).text(revised.text()),
                        () -> line.empty().empty());
        Optional<Selection> selection =
                image instanceof ImageRecord.Complete complete ? complete.selection() : Optional.empty();
        selection.ifPresentOrElse(
                chosen -> line.number(chosen.asked())
                        .number(chosen.candidates().size())
                        .number(chosen.kept())
                        .number(chosen.candidates().get(chosen.kept()).noiseIndex()),
                () -> line.empty().empty().empty().empty());
        answer(image, line);
        return line;
    }

    private static void answer(ImageRecord image, CsvLine line) {
        if (image instanceof ImageRecord.Complete complete) {
            ImageRecord.PictureForm picture = complete.file().picture();
            line.text(picture.format().id()).number(picture.widthPixels()).number(picture.heightPixels());
            line.text(complete.answered().model().orElse(""));
            complete.answered().seed().ifPresentOrElse(line::number, line::empty);
            complete.answered().steps().ifPresentOrElse(line::number, line::empty);
        } else {
            line.empty().empty().empty().empty().empty().empty();
        }
        ImageRecord.RequestDetails details = image.request().details();
        line.number(Math.max(1, details.attempts().size()));
        if (details.attempts().isEmpty()) {
            line.empty();
        } else {
            line.number(details.feesAmount());
        }
        line.text(image instanceof ImageRecord.Failed failed ? failed.kind().orElse("") : "");
        details.load().ifPresentOrElse(load -> line.seconds(load.processorSeconds()), line::empty);
        details.load()
                .map(HostLoad::busyShare)
                .orElse(OptionalDouble.empty())
                .ifPresentOrElse(line::seconds, line::empty);
    }

    private static void line(OutputStream out, CsvLine line) throws IOException {
        out.write(line.end().getBytes(StandardCharsets.UTF_8));
    }
}
