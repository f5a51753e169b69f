package dev.touchstone.eval.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.eval.compare.FalseWin;
import dev.touchstone.eval.gate.Finding.Quantity;
import dev.touchstone.eval.gate.GateInputs.CalibrationFound;
import dev.touchstone.eval.gate.GateInputs.CohortProfile;
import dev.touchstone.eval.gate.GateInputs.Movement;
import dev.touchstone.eval.gate.GateInputs.PolicySource;
import dev.touchstone.eval.gate.GateInputs.Profile;
import dev.touchstone.eval.gate.GateInputs.Runs;
import dev.touchstone.eval.gate.GateInputs.Setting;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.metric.Direction;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a decision rests on, as JSON, both ways. An unbounded side of an interval is {@code null}. */
final class InputsJson {

    private InputsJson() {}

    static ObjectNode write(GateInputs inputs) {
        ObjectNode json = Json.object();
        json.put("day", inputs.day().toString()).put("looks", inputs.looks());
        Setting setting = inputs.conditions();
        ObjectNode conditions = json.putObject("conditions")
                .put("comparable", setting.comparable())
                .put("kind", setting.kind())
                .put("headline", setting.headline())
                .put("images", setting.images())
                .put("identical", setting.identical());
        ArrayNode variables = conditions.putArray("variables");
        setting.variables().forEach(variables::add);
        ObjectNode policy = json.putObject("policy")
                .put("name", inputs.policy().name())
                .put("digest", Sha256.of(inputs.policy().text().getBytes(StandardCharsets.UTF_8)))
                .put("text", inputs.policy().text());
        ObjectNode cohorts = policy.putObject("cohorts");
        inputs.policy().vocabulary().labels().forEach((axis, labels) -> {
            ArrayNode names = cohorts.putArray(axis.id());
            labels.forEach(names::add);
        });
        ArrayNode wins = json.putArray("falseWins");
        inputs.falseWins()
                .forEach(win -> wins.addObject()
                        .put("id", win.id())
                        .put("severity", win.severity().id())
                        .put("evidence", win.evidence())
                        .put("remedy", win.remedy()));
        ArrayNode findings = json.putArray("findings");
        inputs.findings().forEach(finding -> findings.add(write(finding)));
        ArrayNode movements = json.putArray("movements");
        for (Movement movement : inputs.movements()) {
            ObjectNode one = movements.addObject().put("metric", movement.metric());
            cohort(one, movement.cohort());
            one.put("base", movement.base()).put("candidate", movement.candidate());
            one.set("difference", write(movement.difference()));
            one.put("unit", movement.unit());
            movement.direction()
                    .ifPresent(way -> one.put("direction", way == Direction.LOWER_IS_BETTER ? "lower" : "higher"));
        }
        ArrayNode profiles = json.putArray("profiles");
        for (CohortProfile profile : inputs.profiles()) {
            ObjectNode one = profiles.addObject();
            cohort(one, profile.cohort());
            one.put("quality", profile.quality());
            one.set("baseline", write(profile.baseline()));
            one.set("candidate", write(profile.candidate()));
            profile.gain().ifPresent(gain -> one.set("gain", write(gain)));
        }
        inputs.calibration().ifPresent(found -> {
            ObjectNode one = json.putObject("calibration")
                    .put("state", found.state().id())
                    .put("detail", found.detail());
            found.measuredOn().ifPresent(day -> one.put("measuredOn", day.toString()));
            one.set("noises", CalibrationStore.write(found.noises()));
        });
        return json;
    }

    static void cohort(ObjectNode json, CohortKey cohort) {
        json.put("cohort", cohort.toString());
        ObjectNode labels = json.putObject("labels");
        cohort.labels().forEach((axis, label) -> labels.put(axis.id(), label));
    }

    static CohortKey cohort(JsonRecord json) {
        SortedMap<CohortAxis, String> labels = new TreeMap<>();
        json.object("labels").texts().forEach((axis, label) -> labels.put(axis(json, axis), label));
        return new CohortKey(labels);
    }

    private static CohortAxis axis(JsonRecord json, String id) {
        for (CohortAxis axis : CohortAxis.values()) {
            if (axis.id().equals(id)) {
                return axis;
            }
        }
        throw json.wrong("labels", "an axis of cohorts", id);
    }

    private static ObjectNode write(Finding finding) {
        ObjectNode json = Json.object().put("rule", finding.rule());
        cohort(json, finding.cohort());
        json.put("prompts", finding.prompts());
        if (finding instanceof Finding.Unmeasured unmeasured) {
            return json.put("status", "unmeasured").put("reason", unmeasured.reason());
        }
        Finding.Measured measured = (Finding.Measured) finding;
        json.put("status", "measured").put("candidate", measured.sides().candidate());
        measured.sides().baseline().ifPresent(base -> json.put("baseline", base));
        Finding.Tested tested = measured.tested();
        json.put("unit", measured.sides().unit())
                .put("quantity", tested.quantity().id())
                .put("value", tested.value())
                .put("bound", tested.bound());
        json.set("interval", write(tested.interval()));
        json.put("method", tested.method());
        Finding.Tests tests = measured.tests();
        json.putObject("p")
                .put("breaks", tests.breaks())
                .put("meets", tests.meets())
                .put("worse", tests.worse())
                .put("better", tests.better());
        measured.needed().ifPresent(needed -> json.put("neededPrompts", needed));
        return json;
    }

    private static ObjectNode write(Interval interval) {
        ObjectNode json = Json.object();
        bound(json, "lower", interval.lower());
        bound(json, "upper", interval.upper());
        return json.put("level", interval.level());
    }

    private static void bound(ObjectNode json, String key, double value) {
        if (Double.isInfinite(value)) {
            json.putNull(key);
        } else {
            json.put(key, value);
        }
    }

    static ObjectNode write(Profile profile) {
        ObjectNode json = Json.object();
        profile.quality().ifPresent(value -> json.put("quality", value));
        profile.seconds().ifPresent(value -> json.put("seconds", value));
        profile.cost().ifPresent(value -> json.put("cost", value));
        return json;
    }

    static GateInputs read(JsonRecord root) {
        JsonRecord json = root.object("inputs");
        JsonRecord conditions = json.object("conditions");
        JsonRecord policy = json.object("policy");
        SortedMap<CohortAxis, SortedSet<String>> labels = new TreeMap<>();
        JsonRecord cohorts = policy.object("cohorts");
        cohorts.node()
                .properties()
                .forEach(entry -> labels.put(axis(cohorts, entry.getKey()), new TreeSet<>(texts(entry.getValue()))));
        return new GateInputs(
                new Runs(
                        root.text("runId"),
                        root.text("baselineRunId"),
                        root.object("sources").text("imagesDigest"),
                        root.object("sources").text("baselineImagesDigest")),
                new PolicySource(policy.text("name"), policy.text("text"), new PolicyVocabulary(labels)),
                LocalDate.parse(json.text("day")),
                json.count("looks"),
                new Setting(
                        conditions.flag("comparable"),
                        conditions.text("kind"),
                        conditions.text("headline"),
                        texts(conditions.node().path("variables")),
                        conditions.count("images"),
                        conditions.count("identical")),
                json.objects("falseWins").stream().map(InputsJson::falseWin).toList(),
                json.objects("findings").stream().map(InputsJson::finding).toList(),
                json.objects("movements").stream().map(InputsJson::movement).toList(),
                json.objects("profiles").stream()
                        .map(one -> new CohortProfile(
                                cohort(one),
                                one.text("quality"),
                                profile(one.object("baseline")),
                                profile(one.object("candidate")),
                                one.has("gain") ? Optional.of(interval(one.object("gain"))) : Optional.empty()))
                        .toList(),
                json.has("calibration") ? Optional.of(calibration(json.object("calibration"))) : Optional.empty());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static FalseWin falseWin(JsonRecord json) {
        for (FalseWin.Severity severity : FalseWin.Severity.values()) {
            if (severity.id().equals(json.text("severity"))) {
                return new FalseWin(json.text("id"), severity, json.text("evidence"), json.text("remedy"));
            }
        }
        throw json.wrong("severity", "a severity", json.text("severity"));
    }

    private static Finding finding(JsonRecord json) {
        if (json.text("status").equals("unmeasured")) {
            return new Finding.Unmeasured(json.text("rule"), cohort(json), json.text("reason"), json.count("prompts"));
        }
        JsonRecord p = json.object("p");
        return new Finding.Measured(
                json.text("rule"),
                cohort(json),
                new Finding.Sides(json.number("candidate"), number(json, "baseline"), json.text("unit")),
                new Finding.Tested(
                        quantity(json),
                        json.number("value"),
                        json.number("bound"),
                        interval(json.object("interval")),
                        json.text("method")),
                new Finding.Tests(p.number("breaks"), p.number("meets"), p.number("worse"), p.number("better")),
                json.count("prompts"),
                json.has("neededPrompts") ? OptionalLong.of(json.integer("neededPrompts")) : OptionalLong.empty());
    }

    private static Quantity quantity(JsonRecord json) {
        for (Quantity quantity : Quantity.values()) {
            if (quantity.id().equals(json.text("quantity"))) {
                return quantity;
            }
        }
        throw json.wrong("quantity", "value, difference or ratio", json.text("quantity"));
    }

    private static OptionalDouble number(JsonRecord json, String key) {
        return json.has(key) ? OptionalDouble.of(json.number(key)) : OptionalDouble.empty();
    }

    private static Interval interval(JsonRecord json) {
        return new Interval(
                json.has("lower") ? json.number("lower") : Double.NEGATIVE_INFINITY,
                json.has("upper") ? json.number("upper") : Double.POSITIVE_INFINITY,
                json.number("level"));
    }

    private static Movement movement(JsonRecord json) {
        return new Movement(
                json.text("metric"),
                cohort(json),
                json.number("base"),
                json.number("candidate"),
                interval(json.object("difference")),
                json.text("unit"),
                json.optionalText("direction")
                        .map(way -> way.equals("lower") ? Direction.LOWER_IS_BETTER : Direction.HIGHER_IS_BETTER));
    }

    private static Profile profile(JsonRecord json) {
        return new Profile(number(json, "quality"), number(json, "seconds"), number(json, "cost"));
    }

    private static CalibrationFound calibration(JsonRecord json) {
        for (CalibrationFound.State state : CalibrationFound.State.values()) {
            if (state.id().equals(json.text("state"))) {
                return new CalibrationFound(
                        state,
                        json.text("detail"),
                        json.optionalText("measuredOn").map(LocalDate::parse),
                        CalibrationStore.noises(json.objects("noises")));
            }
        }
        throw json.wrong("state", "usable, stale or missing", json.text("state"));
    }
}
