package dev.touchstone.generator.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.backend.AttemptEnd;
import dev.touchstone.generator.backend.AttemptEnd.AttemptOutcome;
import dev.touchstone.generator.backend.AttemptEnd.Usage;
import dev.touchstone.generator.backend.ImageSink.OpenAttempt;
import dev.touchstone.generator.phase.PhaseClock;
import dev.touchstone.generator.phase.RequestPhases;
import dev.touchstone.generator.run.ImageRecord.Attempt;
import dev.touchstone.metrics.file.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps the attempts of one request, each on the disk when it begins and when it ends: whatever happens next, it may have cost. */
final class AttemptRecorder {

    private final RequestPhases phases;
    private final SortedMap<String, Double> prices;
    private final SortedMap<Integer, Long> open = new TreeMap<>();
    private final List<Attempt> ended = new ArrayList<>();

    /** @param prices of a unit, by kind of usage */
    AttemptRecorder(RequestPhases phases, SortedMap<String, Double> prices) {
        this.phases = phases;
        this.prices = prices;
    }

    OpenAttempt begin() {
        int number = open.size() + ended.size() + 1;
        open.put(number, phases.attempt(Json.object().put("number", number).put("state", "begun")));
        phases.flush();
        return end -> end(number, end);
    }

    /** Those that ended, in order of their numbers; any still open end here, as nobody knows how. */
    List<Attempt> close(String reason) {
        for (Map.Entry<Integer, Long> entry : new TreeMap<>(open).entrySet()) {
            end(entry.getKey(), AttemptEnd.of(AttemptOutcome.UNKNOWN, reason));
        }
        ended.sort(Comparator.comparingInt(Attempt::number));
        return List.copyOf(ended);
    }

    private void end(int number, AttemptEnd end) {
        Long sent = open.remove(number);
        if (sent == null) {
            throw new IllegalStateException("attempt " + number + ": expected it to end once, found it ended before");
        }
        AttemptEnd priced = new AttemptEnd(
                end.outcome(),
                end.reason(),
                end.usage().stream().map(this::priced).toList(),
                end.reported(),
                end.details());
        ObjectNode json = Json.object().put("number", number).put("state", "ended");
        RequestJson.write(priced, json);
        long at = phases.attempt(json);
        phases.flush();
        ended.add(new Attempt(number, PhaseClock.seconds(sent), PhaseClock.seconds(at), priced));
    }

    private Usage priced(Usage usage) {
        Double price = prices.get(usage.kind());
        return usage.amount().isPresent() || price == null
                ? usage
                : new Usage(usage.kind(), usage.quantity(), OptionalDouble.of(usage.quantity() * price));
    }
}
