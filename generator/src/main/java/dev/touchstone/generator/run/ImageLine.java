package dev.touchstone.generator.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.backend.RevisedPrompt;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.run.ImageRecord.Asked;
import dev.touchstone.generator.run.ImageRecord.ImageFile;
import dev.touchstone.generator.run.ImageRecord.Outcome;
import dev.touchstone.generator.run.ImageRecord.RequestTimes;
import dev.touchstone.generator.run.ImageRecord.Settings;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.Fingerprint;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/** A line of {@code images.jsonl}, both ways. */
final class ImageLine {

    private static final String COMPLETE = "complete";

    private ImageLine() {}

    static String write(ImageRecord record) {
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
        } else if (record instanceof ImageRecord.Failed failed) {
            json.put("status", failed.outcome().id());
        }
        Asked asked = record.asked();
        json.put("widthPixels", asked.widthPixels());
        json.put("heightPixels", asked.heightPixels());
        json.put("seed", asked.seed());
        json.put("prompt", asked.prompt());
        json.put("negativePrompt", asked.negativePrompt());
        asked.revised()
                .ifPresent(revised -> json.putObject("revisedPrompt")
                        .put("outcome", revised.outcome())
                        .put("text", revised.text()));
        json.putObject("settings")
                .put("sampler", asked.settings().sampler())
                .put("steps", asked.settings().steps())
                .put("guidance", asked.settings().guidance())
                .put("precision", asked.settings().precision())
                .put("runtime", asked.settings().runtime());
        RequestTimes times = record.request();
        json.put("session", times.session());
        ObjectNode request = json.putObject("request");
        request.set("intendedStartSeconds", Json.seconds(times.intendedStartSeconds()));
        request.set("sentSeconds", Json.seconds(times.sentSeconds()));
        times.firstImageSeconds().ifPresent(first -> request.set("firstImageSeconds", Json.seconds(first)));
        request.set("deliveredSeconds", Json.seconds(times.deliveredSeconds()));
        if (record instanceof ImageRecord.Complete complete) {
            json.set("deliveredSeconds", Json.seconds(complete.deliveredSeconds()));
            complete.selection().ifPresent(selection -> json.set("bestOf", SelectionJson.write(selection)));
        } else if (record instanceof ImageRecord.Failed failed) {
            json.put("reason", failed.reason());
            json.put("failedPhase", failed.failedPhase().id());
        }
        return Json.line(json);
    }

    static ImageRecord read(JsonRecord json) {
        ImageId id = imageId(json);
        JsonRecord settings = json.object("settings");
        Asked asked = new Asked(
                json.count("widthPixels"),
                json.count("heightPixels"),
                json.integer("seed"),
                json.text("prompt"),
                json.text("negativePrompt"),
                json.has("revisedPrompt") ? Optional.of(revised(json.object("revisedPrompt"))) : Optional.empty(),
                new Settings(
                        settings.text("sampler"),
                        settings.count("steps"),
                        settings.number("guidance"),
                        settings.text("precision"),
                        settings.text("runtime")));
        JsonRecord request = json.object("request");
        RequestTimes times = new RequestTimes(
                json.count("session"),
                request.number("intendedStartSeconds"),
                request.number("sentSeconds"),
                request.has("firstImageSeconds")
                        ? OptionalDouble.of(request.number("firstImageSeconds"))
                        : OptionalDouble.empty(),
                request.number("deliveredSeconds"));
        String status = json.text("status");
        if (status.equals(COMPLETE)) {
            return new ImageRecord.Complete(
                    id,
                    asked,
                    times,
                    file(json, id),
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
                Arrays.stream(Phase.values())
                        .filter(candidate -> candidate.id().equals(phase))
                        .findFirst()
                        .orElseThrow(() -> json.wrong("failedPhase", "the name of a phase", phase)));
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
        String path = json.text("file");
        if (!path.equals(RunFolder.outputPath(id))) {
            throw json.wrong("file", RunFolder.outputPath(id), "\"" + path + "\"");
        }
        String digest = json.text("sha256");
        if (!Sha256.isDigest(digest)) {
            throw json.wrong("sha256", "64 lower-case hex digits", "\"" + digest + "\"");
        }
        try {
            return new ImageFile(path, digest, json.integer("bytes"), new Fingerprint(json.text("fingerprint")));
        } catch (IllegalArgumentException e) {
            throw json.wrong("fingerprint", "192 lower-case hex digits", e.getMessage());
        }
    }
}
