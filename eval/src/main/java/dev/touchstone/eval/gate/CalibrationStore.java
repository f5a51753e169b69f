package dev.touchstone.eval.gate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.eval.gate.Calibration.Binding;
import dev.touchstone.eval.gate.Calibration.Modes;
import dev.touchstone.eval.gate.Calibration.Noise;
import dev.touchstone.eval.gate.GateInputs.CalibrationFound;
import dev.touchstone.eval.gate.GateInputs.CalibrationFound.State;
import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calibrations as files, and whether one may be used. */
public final class CalibrationStore {

    private static final int SCHEMA_VERSION = 1;

    private CalibrationStore() {}

    /** @throws DataFileException if it cannot be written */
    public static void write(Calibration calibration, Path file) {
        ObjectNode json = Json.object()
                .put("schemaVersion", SCHEMA_VERSION)
                .put("measuredOn", calibration.measuredOn().toString());
        json.putObject("binding")
                .put("weights", calibration.binding().weights())
                .put("engine", calibration.binding().engine())
                .put("hardware", calibration.binding().hardware());
        ArrayNode runs = json.putArray("runs");
        calibration.runs().forEach(runs::add);
        json.set("noises", write(calibration.noises()));
        try {
            AtomicFile.write(file, Json.pretty(json));
        } catch (IOException e) {
            throw new DataFileException(file + ": expected to write it, found " + e, e);
        }
    }

    /** @throws DataFileException if the file is no calibration */
    public static Calibration read(Path file) {
        JsonRecord json = Json.read(file);
        if (json.integer("schemaVersion") != SCHEMA_VERSION) {
            throw json.wrong("schemaVersion", Integer.toString(SCHEMA_VERSION), json.integer("schemaVersion"));
        }
        JsonRecord binding = json.object("binding");
        List<String> runs = new ArrayList<>();
        json.node().path("runs").forEach(run -> runs.add(run.asText()));
        try {
            return new Calibration(
                    LocalDate.parse(json.text("measuredOn")),
                    new Binding(binding.text("weights"), binding.text("engine"), binding.text("hardware")),
                    runs,
                    noises(json.objects("noises")));
        } catch (IllegalArgumentException e) {
            throw new DataFileException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Whether the calibration that a policy names may be used for a run.
     *
     * @param file where it should be
     * @param run what the candidate was made with
     * @param day on which it is used
     * @param maximumAgeDays after which it is stale
     */
    public static CalibrationFound find(Path file, Binding run, LocalDate day, int maximumAgeDays) {
        if (!Files.exists(file)) {
            return new CalibrationFound(
                    State.MISSING,
                    file.getFileName() + " is not there; measure it with 'touchstone calibrate RUN RUN RUN RUN RUN'",
                    Optional.empty(),
                    List.of());
        }
        Calibration calibration = read(file);
        long age = ChronoUnit.DAYS.between(calibration.measuredOn(), day);
        List<String> problems = new ArrayList<>();
        if (age > maximumAgeDays) {
            problems.add("it is " + age + " days old, of " + maximumAgeDays + " allowed");
        }
        differs(problems, "weights", calibration.binding().weights(), run.weights());
        differs(problems, "engine", calibration.binding().engine(), run.engine());
        differs(problems, "hardware", calibration.binding().hardware(), run.hardware());
        String detail = problems.isEmpty()
                ? calibration.runs().size() + " runs of " + calibration.measuredOn()
                : String.join("; ", problems);
        return new CalibrationFound(
                problems.isEmpty() ? State.USABLE : State.STALE,
                detail,
                Optional.of(calibration.measuredOn()),
                calibration.noises());
    }

    private static void differs(List<String> problems, String what, String measured, String now) {
        if (!measured.equals(now)) {
            problems.add("it holds for " + what + " " + measured + ", this run has " + now);
        }
    }

    static ArrayNode write(List<Noise> noises) {
        ArrayNode json = Json.object().putArray("noises");
        for (Noise noise : noises) {
            ObjectNode one = json.addObject().put("metric", noise.metric());
            InputsJson.cohort(one, noise.cohort());
            one.put("mean", noise.mean())
                    .put("deviation", noise.deviation())
                    .put("runs", noise.runs())
                    .put("modes", noise.modes().id());
        }
        return json;
    }

    static List<Noise> noises(List<JsonRecord> json) {
        return json.stream()
                .map(one -> new Noise(
                        one.text("metric"),
                        InputsJson.cohort(one),
                        one.number("mean"),
                        one.number("deviation"),
                        one.count("runs"),
                        one.text("modes").equals(Modes.TWO.id()) ? Modes.TWO : Modes.ONE))
                .toList();
    }
}
