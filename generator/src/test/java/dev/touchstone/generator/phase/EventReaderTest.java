package dev.touchstone.generator.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.metrics.file.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventReaderTest {

    private static final String FIRST_LINE = "{\"schemaVersion\":1,\"runId\":\"test-0123456789\"}";

    @TempDir
    Path folder;

    @Test
    void phasesLastUntilTheNextEventAndStepsUntilTheNextStep() {
        try (EventLog log = open(clock(0, 1_000_000, 2_000_000, 3_500_000, 5_000_000, 6_000_000, 9_000_000))) {
            RequestPhases phases = log.begin("pr-001", Phase.QUEUED); // 1 ms
            phases.enter(Phase.SAMPLING, 0); // 2 ms
            phases.enter(Phase.SAMPLING, 0); // no new phase
            phases.step(0, 0); // 3.5 ms
            phases.step(0, 1); // 5 ms
            phases.enter(Phase.SAVING, 0); // 6 ms
            phases.complete(); // 9 ms
        }

        assertThat(timelines())
                .containsExactly(new RequestTimeline(
                        1,
                        "pr-001",
                        0.001,
                        0.006,
                        0.009,
                        Map.of(Phase.QUEUED, 0.001, Phase.SAMPLING, 0.004, Phase.SAVING, 0.003),
                        List.of(0.0015, 0.0015),
                        Phase.COMPLETE));
    }

    @Test
    void aClockThatGoesBackStandsStill() {
        try (EventLog log = open(clock(0, 5_000_000, 1_000_000, 6_000_000))) {
            RequestPhases phases = log.begin("a", Phase.QUEUED);
            phases.enter(Phase.SAMPLING, 0);
            phases.complete();
        }

        assertThat(timelines()).singleElement().satisfies(timeline -> {
            assertThat(timeline.seconds(Phase.QUEUED)).isZero();
            assertThat(timeline.seconds(Phase.SAMPLING)).isEqualTo(0.001);
        });
    }

    @Test
    void aRequestOfAKilledSessionIsDroppedAndMadeAgainInTheNext() throws IOException {
        try (EventLog log = open(clock(0, 1000, 2000))) {
            log.begin("a", Phase.QUEUED).enter(Phase.SAMPLING, 0);
        }
        Files.writeString(folder.resolve("events.jsonl"), "{\"session\":1,\"t\":0.0", StandardOpenOption.APPEND);
        try (EventLog log = open(clock(0, 1000, 2000))) {
            assertThat(log.session()).isEqualTo(2);
            log.begin("a", Phase.QUEUED).failed("disk \"full\"");
        }

        assertThat(timelines()).singleElement().satisfies(timeline -> {
            assertThat(timeline.session()).isEqualTo(2);
            assertThat(timeline.end()).isEqualTo(Phase.FAILED);
        });
    }

    @Test
    void anUnknownPhaseIsNamedByFileAndLine() throws IOException {
        Path events = folder.resolve("events.jsonl");
        Files.writeString(
                events,
                FIRST_LINE + "\n{\"session\":1,\"t\":0.1,\"request\":\"a\",\"batch\":0,\"phase\":\"resting\"}\n");

        assertThatThrownBy(this::timelines)
                .isInstanceOf(DataFileException.class)
                .hasMessage(events + ":2: phase: expected the name of a phase, found \"resting\"");
    }

    private EventLog open(PhaseClock clock) {
        return EventLog.open(folder.resolve("events.jsonl"), FIRST_LINE, clock, Instant.parse("2026-01-02T03:04:05Z"));
    }

    private List<RequestTimeline> timelines() {
        List<RequestTimeline> timelines = new ArrayList<>();
        EventReader.timelines(folder.resolve("events.jsonl"), timelines::add);
        return timelines;
    }

    private static PhaseClock clock(long... nanos) {
        Deque<Long> ticks = new ArrayDeque<>();
        for (long tick : nanos) {
            ticks.add(tick);
        }
        return new PhaseClock(() -> ticks.size() > 1 ? ticks.poll() : ticks.element());
    }
}
