package dev.touchstone.generator.backend.openai;

import dev.touchstone.generator.backend.http.HttpAnswer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Server-sent events (WHATWG HTML, 9.2) as their data, one after the other. Names of events are left to the data. */
final class EventStream {

    private final HttpAnswer answer;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private byte[] part = {};
    private int at;
    private boolean ended;

    EventStream(HttpAnswer answer) {
        this.answer = answer;
    }

    /** The data of the next event; empty at the end. An event that the end cuts off is left out. */
    Optional<byte[]> next() {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (Optional<String> read = line(); read.isPresent(); read = line()) {
            String text = read.get();
            if (text.isEmpty() && data.size() > 0) {
                return Optional.of(data.toByteArray());
            }
            if (text.startsWith("data:")) {
                if (data.size() > 0) {
                    data.write('\n');
                }
                data.writeBytes(
                        text.substring(text.startsWith("data: ") ? 6 : 5).getBytes(StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    private Optional<String> line() {
        while (!ended) {
            while (at < part.length) {
                byte value = part[at++];
                if (value == '\n') {
                    String text = line.toString(StandardCharsets.UTF_8);
                    line.reset();
                    return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
                }
                line.write(value);
            }
            Optional<byte[]> more = answer.more();
            ended = more.isEmpty();
            part = more.orElse(part);
            at = 0;
        }
        return Optional.empty();
    }
}
