package dev.touchstone.eval.trial;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.eval.trial.SweepPoint.Ranged;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.CsvLine;
import dev.touchstone.metrics.file.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A finished sweep as {@code sweep.json}, {@code sweep.csv} and {@code sweep.md}. */
public final class SweepFiles {

    private static final List<String> COLUMNS = List.of(
            "precision",
            "steps",
            "guidance",
            "images",
            "adherence",
            "adherenceLow",
            "adherenceHigh",
            "fid",
            "kid",
            "kidLow",
            "kidHigh",
            "lpips",
            "lpipsLow",
            "lpipsHigh",
            "secondsPerImage");

    private SweepFiles() {}

    /** Writes all three into a folder. */
    public static void write(Path folder, SweepResult result) throws IOException {
        AtomicFile.write(folder.resolve("sweep.json"), Json.pretty(json(result)));
        AtomicFile.write(folder.resolve("sweep.csv"), csv(result));
        AtomicFile.write(folder.resolve("sweep.md"), markdown(result));
    }

    /** The form of {@code docs/schema/sweep-1.json}. */
    public static ObjectNode json(SweepResult result) {
        ObjectNode json = Json.object().put("schemaVersion", RunFolder.SCHEMA_VERSION);
        ObjectNode identity = json.putObject("identity");
        result.identity().forEach(identity::put);
        json.putObject("floor")
                .put("fid", result.floor().fid())
                .put("fidHigh", result.floor().fidHigh())
                .put("n", result.floor().n());
        ArrayNode settings = json.putArray("settings");
        result.points().forEach(point -> settings.add(SweepPointJson.write(point)));
        return json;
    }

    private static String csv(SweepResult result) {
        StringBuilder text = new StringBuilder();
        CsvLine heading = new CsvLine();
        COLUMNS.forEach(heading::text);
        text.append(heading.end());
        for (SweepPoint point : result.points()) {
            CsvLine line = new CsvLine()
                    .text(point.setting().precision())
                    .number(point.setting().steps())
                    .number(point.setting().guidance())
                    .number(point.images());
            ranged(line, point.adherence()).number(point.fid());
            ranged(line, point.kid());
            point.lpips()
                    .ifPresentOrElse(
                            lpips -> ranged(line, lpips),
                            () -> line.empty().empty().empty());
            text.append(line.seconds(point.secondsPerImage()).end());
        }
        return text.toString();
    }

    private static CsvLine ranged(CsvLine line, Ranged ranged) {
        return line.number(ranged.value()).number(ranged.low()).number(ranged.high());
    }

    private static String markdown(SweepResult result) {
        String network = result.identity().get("network");
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "| precision | guidance | steps | adherence %% (95 %%) | FID[%1$s] | KID[%1$s] (95 %%) | LPIPS[%1$s] to %2$s steps |"
                        + " s/image |%n|---|---|---|---|---|---|---|---|%n",
                network,
                result.identity().get("referenceSteps")));
        for (SweepPoint point : result.points()) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %.1f (%.1f-%.1f) | %.2f | %.4f (%.4f-%.4f) | %s | %.4f |%n",
                    point.setting().precision(),
                    Double.toString(point.setting().guidance()).replaceFirst("\\.0$", ""),
                    point.setting().steps(),
                    100 * point.adherence().value(),
                    100 * point.adherence().low(),
                    100 * point.adherence().high(),
                    point.fid(),
                    point.kid().value(),
                    point.kid().low(),
                    point.kid().high(),
                    point.lpips()
                            .map(lpips -> String.format(
                                    Locale.ROOT, "%.3f (%.3f-%.3f)", lpips.value(), lpips.low(), lpips.high()))
                            .orElse("reference"),
                    point.secondsPerImage()));
        }
        text.append(String.format(
                Locale.ROOT,
                "%nn = %s images per setting, %s of each prompt, drawn together; FID between disjoint parts of the golden pictures"
                        + " (n = %d): %.2f, 95 %% of the draws below %.2f. Model %s %s, %s %s on %s; weights `%.12s`.%n",
                result.identity().get("images"),
                result.identity().get("imagesPerPrompt"),
                result.floor().n(),
                result.floor().fid(),
                result.floor().fidHigh(),
                result.identity().get("id"),
                result.identity().get("version"),
                result.identity().get("runtime"),
                result.identity().get("runtimeVersion"),
                result.identity().get("device"),
                result.identity().get("weightsDigest")));
        return text.toString().replace("\r\n", "\n");
    }
}
