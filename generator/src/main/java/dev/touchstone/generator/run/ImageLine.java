package dev.touchstone.generator.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.backend.GeneratedImage.Answered;
import dev.touchstone.generator.backend.RevisedPrompt;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.run.ImageRecord.Asked;
import dev.touchstone.generator.run.ImageRecord.ImageFile;
import dev.touchstone.generator.run.ImageRecord.Outcome;
import dev.touchstone.generator.run.ImageRecord.PictureForm;
import dev.touchstone.generator.run.ImageRecord.RequestTimes;
import dev.touchstone.generator.run.ImageRecord.Settings;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.Fingerprint;
import dev.touchstone.metrics.image.ImageFormat;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A line of {@code images.jsonl}, both ways. */
final class ImageLine {

    private static final String COMPLETE = "complete";

    private ImageLine() {}

    static String write(ImageRecord record) {
        return Json.line(json(record));
    }

    static ObjectNode json(ImageRecord record) {
        ObjectNode json = Json.object();
        json.put("imageId", record.id().toString());
        json.put("promptId", record.id().prompt().value());
        json.put("imageIndex", record.id().imageIndex());
        if (record instanceof ImageRecord.Complete complete) {
            json.put("status", COMPLETE);
            json.put("file", complete.file().path());
            json.put("sha256", complete.file().sha256());
            json.put("bytes", complete.file().bytes());
            json.put("fingerprint", complete.file().fingerprint().hex());
            json.put("format", complete.file().picture().format().id());
            json.put("pictureWidthPixels", complete.file().picture().widthPixels());
            json.put("pictureHeightPixels", complete.file().picture().heightPixels());
        } else if (record instanceof ImageRecord.Failed failed) {
            json.put("status", failed.outcome().id());
        }
        Asked asked = record.asked();
        json.put("widthPixels", asked.widthPixels());
        json.put("heightPixels", asked.heightPixels());
        asked.seed().ifPresent(seed -> json.put("seed", seed));
        json.put("prompt", asked.prompt());
        json.put("negativePrompt", asked.negativePrompt());
        asked.revised()
                .ifPresent(revised -> json.putObject("revisedPrompt")
                        .put("outcome", revised.outcome())
                        .put("text", revised.text()));
        ObjectNode settings = json.putObject("settings");
        asked.settings().sampler().ifPresent(sampler -> settings.put("sampler", sampler));
        asked.settings().steps().ifPresent(steps -> settings.put("steps", steps));
        asked.settings().guidance().ifPresent(guidance -> settings.put("guidance", guidance));
        asked.settings().precision().ifPresent(precision -> settings.put("precision", precision));
        settings.put("runtime", asked.settings().runtime());
        if (record instanceof ImageRecord.Complete complete) {
            answered(complete.answered(), json);
        }
        RequestTimes times = record.request();
        json.put("session", times.session());
        RequestJson.write(times, json.putObject("request"));
        if (record instanceof ImageRecord.Complete complete) {
            json.set("deliveredSeconds", Json.seconds(complete.deliveredSeconds()));
            complete.selection().ifPresent(selection -> json.set("bestOf", SelectionJson.write(selection)));
        } else if (record instanceof ImageRecord.Failed failed) {
            json.put("reason", failed.reason());
            failed.kind().ifPresent(kind -> json.put("errorKind", kind));
            json.put("failedPhase", failed.failedPhase().id());
        }
        return json;
    }

    static ImageRecord read(JsonRecord json) {
        ImageId id = imageId(json);
        JsonRecord settings = json.object("settings");
        Asked asked = new Asked(
                json.count("widthPixels"),
                json.count("heightPixels"),
                json.has("seed") ? OptionalLong.of(json.integer("seed")) : OptionalLong.empty(),
                json.text("prompt"),
                json.text("negativePrompt"),
                json.has("revisedPrompt") ? Optional.of(revised(json.object("revisedPrompt"))) : Optional.empty(),
                new Settings(
                        settings.optionalText("sampler"),
                        settings.has("steps") ? OptionalInt.of(settings.count("steps")) : OptionalInt.empty(),
                        number(settings, "guidance"),
                        settings.optionalText("precision"),
                        settings.text("runtime")));
        RequestTimes times = RequestJson.read(json.count("session"), json.object("request"));
        String status = json.text("status");
        if (status.equals(COMPLETE)) {
            return new ImageRecord.Complete(
                    id,
                    asked,
                    times,
                    file(json, id),
                    json.has("answered") ? answered(json.object("answered")) : Answered.NOTHING,
                    json.has("bestOf") ? Optional.of(SelectionJson.read(json.object("bestOf"))) : Optional.empty(),
                    json.number("deliveredSeconds"));
        }
        Outcome outcome = Arrays.stream(Outcome.values())
                .filter(candidate -> candidate.id().equals(status))
                .findFirst()
                .orElseThrow(() -> json.wrong("status", "complete, failed, moderated or missing", status));
        String phase = json.text("failedPhase");
        return new ImageRecord.Failed(
                id,
                asked,
                times,
                outcome,
                json.text("reason"),
                json.optionalText("errorKind"),
                Arrays.stream(Phase.values())
                        .filter(candidate -> candidate.id().equals(phase))
                        .findFirst()
                        .orElseThrow(() -> json.wrong("failedPhase", "the name of a phase", phase)));
    }

    // The revised prompt of an image stands where that of a request stands.
    private static void answered(Answered answered, ObjectNode json) {
        ObjectNode said = Json.object();
        answered.model().ifPresent(model -> said.put("model", model));
        answered.provider().ifPresent(provider -> said.put("provider", provider));
        answered.seed().ifPresent(seed -> said.put("seed", seed));
        answered.steps().ifPresent(steps -> said.put("steps", steps));
        answered.sampler().ifPresent(sampler -> said.put("sampler", sampler));
        answered.guidance().ifPresent(guidance -> said.put("guidance", guidance));
        if (!said.isEmpty()) {
            json.set("answered", said);
        }
    }

    private static Answered answered(JsonRecord said) {
        return new Answered(
                said.optionalText("model"),
                said.optionalText("provider"),
                said.has("seed") ? OptionalLong.of(said.integer("seed")) : OptionalLong.empty(),
                said.has("steps") ? OptionalInt.of(said.count("steps")) : OptionalInt.empty(),
                said.optionalText("sampler"),
                number(said, "guidance"),
                Optional.empty());
    }

    private static OptionalDouble number(JsonRecord json, String key) {
        return json.has(key) ? OptionalDouble.of(json.number(key)) : OptionalDouble.empty();
    }

    private static RevisedPrompt revised(JsonRecord json) {
        return new RevisedPrompt(json.text("outcome"), json.text("text"));
    }

    private static ImageId imageId(JsonRecord json) {
        try {
            return ImageId.parse(json.text("imageId"));
        } catch (IllegalArgumentException e) {
            throw json.wrong("imageId", "an image id", e.getMessage());
        }
    }

    // The record may come from a stranger's run folder: the file can only be the one that its image id names.
    private static ImageFile file(JsonRecord json, ImageId id) {
        PictureForm form = form(json);
        String path = json.text("file");
        if (!path.equals(RunFolder.outputPath(id, form.format()))) {
            throw json.wrong("file", RunFolder.outputPath(id, form.format()), "\"" + path + "\"");
        }
        String digest = json.text("sha256");
        if (!Sha256.isDigest(digest)) {
            throw json.wrong("sha256", "64 lower-case hex digits", "\"" + digest + "\"");
        }
        try {
            return new ImageFile(path, digest, json.integer("bytes"), new Fingerprint(json.text("fingerprint")), form);
        } catch (IllegalArgumentException e) {
            throw json.wrong("fingerprint", "192 lower-case hex digits", e.getMessage());
        }
    }

    // Runs of versions that saved every picture as a PNG of the size that was asked do not say so.
    private static PictureForm form(JsonRecord json) {
        String format = json.optionalText("format").orElse(ImageFormat.PNG.id());
        return new PictureForm(
                Arrays.stream(ImageFormat.values())
                        .filter(one -> one.id().equals(format))
                        .filter(RunFolder.FORMATS::contains)
                        .findFirst()
                        .orElseThrow(() -> json.wrong("format", "png, jpeg or webp", "\"" + format + "\"")),
                json.count(json.has("pictureWidthPixels") ? "pictureWidthPixels" : "widthPixels"),
                json.count(json.has("pictureHeightPixels") ? "pictureHeightPixels" : "heightPixels"));
    }
}
