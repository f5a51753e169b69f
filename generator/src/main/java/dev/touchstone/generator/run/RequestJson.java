package dev.touchstone.generator.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.backend.AttemptEnd;
import dev.touchstone.generator.backend.AttemptEnd.AttemptOutcome;
import dev.touchstone.generator.backend.AttemptEnd.Usage;
import dev.touchstone.generator.backend.BackendCapabilities.Timing;
import dev.touchstone.generator.run.ImageRecord.Attempt;
import dev.touchstone.generator.run.ImageRecord.RequestDetails;
import dev.touchstone.generator.run.ImageRecord.RequestTimes;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** The member {@code request} of an image's record, both ways. */
final class RequestJson {

    private RequestJson() {}

    static void write(RequestTimes times, ObjectNode request) {
        RequestDetails details = times.details();
        request.set("intendedStartSeconds", Json.seconds(times.intendedStartSeconds()));
        request.set("sentSeconds", Json.seconds(times.sentSeconds()));
        details.firstPreviewSeconds().ifPresent(first -> request.set("firstPreviewSeconds", Json.seconds(first)));
        times.firstImageSeconds().ifPresent(first -> request.set("firstImageSeconds", Json.seconds(first)));
        request.set("deliveredSeconds", Json.seconds(times.deliveredSeconds()));
        if (details.timing() == Timing.REPORTED) {
            request.put("timing", "reported");
        }
        details.load().ifPresent(load -> {
            ObjectNode host = request.putObject("host");
            host.set("processorSeconds", Json.seconds(load.processorSeconds()));
            load.busyShare().ifPresent(share -> host.set("busyShare", Json.seconds(share)));
            load.stealShare().ifPresent(share -> host.set("stealShare", Json.seconds(share)));
            load.loadAverage().ifPresent(average -> host.set("loadAverage", Json.seconds(average)));
        });
        if (!details.attempts().isEmpty()) {
            ArrayNode attempts = request.putArray("attempts");
            details.attempts().forEach(attempt -> write(attempt, attempts.addObject()));
        }
    }

    static RequestTimes read(int session, JsonRecord request) {
        Optional<HostLoad> load = request.has("host") ? Optional.of(load(request.object("host"))) : Optional.empty();
        List<Attempt> attempts = request.has("attempts")
                ? request.objects("attempts").stream().map(RequestJson::attempt).toList()
                : List.of();
        boolean reported = request.has("timing") && request.text("timing").equals("reported");
        return new RequestTimes(
                session,
                request.number("intendedStartSeconds"),
                request.number("sentSeconds"),
                number(request, "firstImageSeconds"),
                request.number("deliveredSeconds"),
                new RequestDetails(
                        number(request, "firstPreviewSeconds"),
                        attempts,
                        load,
                        reported ? Timing.REPORTED : Timing.MEASURED));
    }

    /** How an attempt ended; the begin's members are the caller's. */
    static void write(AttemptEnd end, ObjectNode json) {
        json.put("outcome", end.outcome().id());
        if (!end.reason().isEmpty()) {
            json.put("reason", end.reason());
        }
        if (!end.usage().isEmpty()) {
            ArrayNode usage = json.putArray("usage");
            for (Usage used : end.usage()) {
                ObjectNode one = usage.addObject().put("kind", used.kind()).put("quantity", used.quantity());
                used.amount().ifPresent(amount -> one.put("amount", amount));
            }
        }
        if (!end.reported().isEmpty()) {
            ObjectNode reported = json.putObject("reported");
            end.reported().forEach(reported::put);
        }
        if (!end.details().isEmpty()) {
            ObjectNode details = json.putObject("details");
            end.details().forEach(details::put);
        }
    }

    private static void write(Attempt attempt, ObjectNode json) {
        json.put("number", attempt.number());
        json.set("sentSeconds", Json.seconds(attempt.sentSeconds()));
        json.set("endSeconds", Json.seconds(attempt.endSeconds()));
        write(attempt.end(), json);
    }

    private static Attempt attempt(JsonRecord json) {
        SortedMap<String, Double> reported = new TreeMap<>();
        if (json.has("reported")) {
            JsonRecord numbers = json.object("reported");
            numbers.node().fieldNames().forEachRemaining(name -> reported.put(name, numbers.number(name)));
        }
        String outcome = json.text("outcome");
        return new Attempt(
                json.count("number"),
                json.number("sentSeconds"),
                json.number("endSeconds"),
                new AttemptEnd(
                        Arrays.stream(AttemptOutcome.values())
                                .filter(one -> one.id().equals(outcome))
                                .findFirst()
                                .orElseThrow(() -> json.wrong("outcome", "how an attempt may end", outcome)),
                        json.optionalText("reason").orElse(""),
                        json.has("usage")
                                ? json.objects("usage").stream()
                                        .map(RequestJson::usage)
                                        .toList()
                                : List.of(),
                        reported,
                        json.has("details") ? json.object("details").texts() : new TreeMap<>()));
    }

    private static Usage usage(JsonRecord json) {
        try {
            return new Usage(json.text("kind"), json.number("quantity"), number(json, "amount"));
        } catch (IllegalArgumentException e) {
            throw json.wrong("usage", "a kind and numbers of at least 0", e.getMessage());
        }
    }

    private static HostLoad load(JsonRecord host) {
        return new HostLoad(
                host.number("processorSeconds"),
                number(host, "busyShare"),
                number(host, "stealShare"),
                number(host, "loadAverage"));
    }

    private static OptionalDouble number(JsonRecord json, String key) {
        return json.has(key) ? OptionalDouble.of(json.number(key)) : OptionalDouble.empty();
    }
}
