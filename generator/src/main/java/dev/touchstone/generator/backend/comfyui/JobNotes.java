package dev.touchstone.generator.backend.comfyui;

import dev.touchstone.generator.backend.AttemptEnd;
import dev.touchstone.generator.backend.AttemptEnd.AttemptOutcome;
import dev.touchstone.generator.backend.ImageSink;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is kept of one job beside its pictures. Used from one thread. */
final class JobNotes {

    private final SortedMap<String, String> details = new TreeMap<>();
    private final SortedMap<String, Double> reported = new TreeMap<>();
    private final int firstImage;

    /** @param firstImage index of the job's first image, to which previews are counted */
    JobNotes(int firstImage) {
        this.firstImage = firstImage;
    }

    void say(String key, String words) {
        details.put(key, words);
    }

    void report(String key, double value) {
        reported.put(key, value);
    }

    /** The times of phases are not to be trusted; the first reason is kept. */
    void unreliable(String why) {
        details.putIfAbsent("phaseTimes", "unreliable: " + why);
    }

    void previewed(ImageSink sink) {
        sink.preview(firstImage);
    }

    /** How long the server worked, by its own clock. */
    void served(long startedMillis, long endedMillis) {
        if (startedMillis > 0) {
            report("serverSeconds", (endedMillis - startedMillis) / 1e3);
        }
    }

    /** How long the job waited, by the server's clock. */
    void queued(long createdMillis, long startedMillis) {
        if (startedMillis > 0) {
            report("serverQueuedSeconds", (startedMillis - createdMillis) / 1e3);
        }
    }

    /** How far the server's clock is from this machine's, as far as it is known. */
    void clock(ServerClock clock) {
        double ourMillis = System.currentTimeMillis() + 0.5 - System.nanoTime() / 1e6;
        clock.offset().ifPresent(offset -> {
            report("clockOffsetSeconds", (offset.millis() - ourMillis) / 1e3);
            report("clockOffsetBoundSeconds", offset.boundMillis() / 1e3);
        });
    }

    AttemptEnd end(AttemptOutcome outcome, String reason) {
        return new AttemptEnd(outcome, reason, List.of(), reported, details);
    }
}
