package dev.touchstone.generator.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.run.RunHeader.DataReference;
import dev.touchstone.generator.run.RunHeader.Digests;
import dev.touchstone.generator.run.RunHeader.Environment;
import dev.touchstone.generator.run.RunHeader.Hardware;
import dev.touchstone.generator.run.RunHeader.Serving;
import dev.touchstone.generator.run.RunHeader.Sources;
import dev.touchstone.generator.run.RunHeader.Touchstone;
import dev.touchstone.metrics.engine.EngineReport;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code header.json}, both ways. */
final class HeaderFile {

    private HeaderFile() {}

    static String write(RunHeader header) {
        ObjectNode json = Json.object();
        json.put("schemaVersion", RunFolder.SCHEMA_VERSION);
        json.put("runId", header.runId().value());
        if (header.runId().repeat() > 1) {
            json.put("repeat", header.runId().repeat());
        }
        json.put("name", header.name());
        json.put("createdAt", header.createdAt().toString());
        json.put("generationDigest", header.digests().generation());
        json.put("manifestDigest", header.digests().manifest());
        if (!header.manifestFile().isEmpty()) {
            json.put("manifestFile", header.manifestFile());
        }
        json.putObject("touchstone")
                .put("version", header.touchstone().version())
                .put("commit", header.touchstone().commit())
                .put("dirty", header.touchstone().state() == Sources.DIRTY);
        ObjectNode model = json.putObject("model");
        header.model().forEach(model::put);
        ObjectNode host = json.putObject("host")
                .put("os", header.host().os())
                .put("processor", header.host().processor())
                .put("logicalCores", header.host().logicalCores())
                .put("memoryBytes", header.host().memoryBytes())
                .put("java", header.host().java());
        header.host().numerics().ifPresent(numerics -> write(host, numerics));
        Hardware hardware = header.environment().hardware();
        json.putObject("hardware")
                .put("class", hardware.hardwareClass())
                .put("pricePerHour", hardware.pricePerHour())
                .put("currency", hardware.currency());
        Serving serving = header.environment().serving();
        json.putObject("serving")
                .put("path", serving.path())
                .put("container", serving.container())
                .put("commit", serving.commit());
        ArrayNode packs = json.putArray("packs");
        header.packs().forEach(pack -> reference(packs.addObject(), pack));
        header.golden().ifPresent(golden -> reference(json.putObject("golden"), golden));
        return Json.pretty(json);
    }

    static RunHeader read(JsonRecord json) {
        JsonRecord touchstone = json.object("touchstone");
        JsonRecord host = json.object("host");
        JsonRecord hardware = json.object("hardware");
        JsonRecord serving = json.object("serving");
        return new RunHeader(
                runId(json),
                json.text("name"),
                createdAt(json),
                new Digests(json.text("generationDigest"), json.text("manifestDigest")),
                new Touchstone(
                        touchstone.text("version"),
                        touchstone.text("commit"),
                        touchstone.flag("dirty") ? Sources.DIRTY : Sources.CLEAN),
                json.object("model").texts(),
                new Host(
                        host.text("os"),
                        host.text("processor"),
                        host.count("logicalCores"),
                        host.integer("memoryBytes"),
                        host.text("java"),
                        numerics(host)),
                new Environment(
                        new Hardware(
                                hardware.text("class"), hardware.number("pricePerHour"), hardware.text("currency")),
                        new Serving(serving.text("path"), serving.text("container"), serving.text("commit"))),
                json.objects("packs").stream().map(HeaderFile::reference).toList(),
                json.has("golden") ? Optional.of(reference(json.object("golden"))) : Optional.empty(),
                json.optionalText("manifestFile").orElse(""));
    }

    private static void write(ObjectNode host, Host.Numerics numerics) {
        host.put("features", String.join(" ", numerics.features())).put("threads", numerics.threads());
        ObjectNode engines = host.putObject("engines");
        numerics.engines()
                .forEach((id, engine) ->
                        engines.putObject(id).put("version", engine.version()).put("kernel", engine.kernel()));
    }

    /** Headers of earlier versions have none. */
    private static Optional<Host.Numerics> numerics(JsonRecord host) {
        if (!host.has("engines")) {
            return Optional.empty();
        }
        JsonRecord engines = host.object("engines");
        SortedMap<String, EngineReport> reports = new TreeMap<>();
        engines.node().fieldNames().forEachRemaining(id -> {
            JsonRecord engine = engines.object(id);
            reports.put(id, new EngineReport(engine.text("version"), engine.text("kernel")));
        });
        String features = host.text("features");
        return Optional.of(new Host.Numerics(
                features.isEmpty() ? List.of() : List.of(features.split(" ")), host.count("threads"), reports));
    }

    static RunId runId(JsonRecord json) {
        try {
            return new RunId(json.text("runId"));
        } catch (IllegalArgumentException e) {
            throw json.wrong("runId", "a run id", e.getMessage());
        }
    }

    private static Instant createdAt(JsonRecord json) {
        try {
            return Instant.parse(json.text("createdAt"));
        } catch (DateTimeParseException e) {
            throw json.wrong("createdAt", "an instant such as 2026-01-01T00:00:00Z", json.text("createdAt"));
        }
    }

    private static void reference(ObjectNode json, DataReference reference) {
        json.put("id", reference.id()).put("version", reference.version()).put("digest", reference.digest());
    }

    private static DataReference reference(JsonRecord json) {
        return new DataReference(json.text("id"), json.count("version"), json.text("digest"));
    }
}
