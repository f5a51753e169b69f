package dev.touchstone.generator.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.scene.CounterRandom;
import dev.touchstone.generator.simulator.OpenAiRequest.Delivery;
import dev.touchstone.generator.simulator.OpenAiRequest.Invalid;
import dev.touchstone.generator.simulator.OpenAiRequest.PictureForm;
import dev.touchstone.generator.simulator.SimulatedModel.Drawn;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.png.PngFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The images API of OpenAI: generations and edits, whole or streamed, pictures in the answer or by address. Takes {@code seed} and
 * {@code steps} as open servers do and sends their {@code metrics}. Wants any key at all.
 */
final class OpenAiImagesDialect implements Dialect {

    private static final String PICTURES = "/pictures/";

    /** Share of prompts that are rewritten, as some models do. */
    private static final double REVISED_SHARE = 0.125;

    private static final int PICTURES_KEPT = 4_096;

    private final SimulatedModel model;
    private final Map<String, byte[]> pictures = new ConcurrentHashMap<>();
    private final AtomicLong arrivals = new AtomicLong();

    OpenAiImagesDialect(SimulatedModel model) {
        this.model = model;
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
        String call = exchange.method() + " " + exchange.path();
        if (exchange.method().equals("GET") && exchange.path().startsWith(PICTURES)) {
            byte[] picture = pictures.get(exchange.path().substring(PICTURES.length()));
            if (picture != null) {
                exchange.answer(200, new TreeMap<>(), "image/png", picture);
            }
            return;
        }
        if (!call.matches("GET /v1/models|POST /v1/images/(generations|edits)")) {
            return;
        }
        if (exchange.header("authorization")
                .filter(key -> key.matches("Bearer \\S+"))
                .isEmpty()) {
            exchange.error(401, "invalid_request_error", "invalid_api_key", "You didn't provide an API key.");
            return;
        }
        if (call.startsWith("GET")) {
            exchange.json(
                    200,
                    new TreeMap<>(),
                    "{\"object\":\"list\",\"data\":[{\"id\":\"simulated\",\"object\":\"model\"}]}");
            return;
        }
        try {
            draw(exchange, request(exchange));
        } catch (Invalid e) {
            exchange.error(400, "invalid_request_error", "invalid_value", e.getMessage());
        }
    }

    private static OpenAiRequest request(Exchange exchange) throws Invalid {
        if (exchange.path().endsWith("/generations")) {
            return OpenAiRequest.generation(exchange.body());
        }
        return OpenAiRequest.edit(
                MultipartForm.of(exchange.header("content-type").orElse(""), exchange.body())
                        .orElseThrow(() -> new Invalid("Expected a body of multipart/form-data.")));
    }

    private void draw(Exchange exchange, OpenAiRequest request) throws IOException {
        long arrival = arrivals.incrementAndGet();
        Optional<Fault> fault = model.fault(request.key());
        Ask ask = new Ask(
                request.key(),
                request.prompt(),
                request.seed().orElse(arrival),
                request.count(),
                request.widthPixels(),
                request.heightPixels(),
                request.steps(),
                request.edit(),
                fault);
        SortedMap<String, String> headers = headers(arrival);
        if (refused(exchange, ask, headers)) {
            model.nothing(ask);
            return;
        }
        exchange.suffer(fault);
        boolean streamed = request.delivery() == Delivery.STREAMED && !ask.suffers(Fault.JSON_FOR_STREAM);
        if (streamed && !spoilsTheWay(fault)) {
            try (OutputStream out = exchange.stream(200, headers, "text/event-stream; charset=utf-8")) {
                stream(ask, request, out);
            }
        } else if (streamed) {
            ByteArrayOutputStream events = new ByteArrayOutputStream();
            stream(ask, request, events);
            exchange.answer(200, headers, "text/event-stream; charset=utf-8", events.toByteArray());
        } else {
            Drawn drawn = model.draw(ask, JobObserver.NONE);
            exchange.json(200, headers, Json.line(whole(exchange, ask, request, drawn)));
        }
    }

    /** Whether nothing is drawn for the request; it is answered then. */
    private boolean refused(Exchange exchange, Ask ask, SortedMap<String, String> headers) throws IOException {
        if (ask.suffers(Fault.RESET_BEFORE)) {
            exchange.reset();
        } else if (ask.suffers(Fault.RATE_LIMITED)) {
            headers.put("Retry-After", "1");
            exchange.json(
                    429,
                    headers,
                    "{\"error\":{\"message\":\"Rate limit reached for images per minute.\","
                            + "\"type\":\"requests\",\"param\":null,\"code\":\"rate_limit_exceeded\"}}");
        } else if (ask.suffers(Fault.UNAVAILABLE)) {
            exchange.answer(503, headers, "text/plain", new byte[0]);
        } else if (ask.suffers(Fault.BARE_ERROR)) {
            exchange.json(500, headers, "\"out of memory while loading the model\"");
        } else if (model.refuses(ask)) {
            exchange.json(
                    400,
                    headers,
                    "{\"error\":{\"message\":\"Your request was rejected by the safety system.\","
                            + "\"type\":\"image_generation_user_error\",\"param\":null,\"code\":\"moderation_blocked\"}}");
        } else {
            return false;
        }
        return true;
    }

    private static boolean spoilsTheWay(Optional<Fault> fault) {
        return fault.filter(one -> switch (one) {
                    case SILENCE, RESET_AFTER, TRUNCATED_BODY, SLOW_DRIP, WRONG_TYPE -> true;
                    default -> false;
                })
                .isPresent();
    }

    private void stream(Ask ask, OpenAiRequest request, OutputStream out) throws IOException {
        Drawn drawn = model.draw(ask, partials(ask, request, out));
        for (byte[] picture : sent(ask, drawn)) {
            String event = OpenAiAnswer.completed(request, picture, revised(request));
            for (int times = ask.suffers(Fault.DUPLICATE) ? 2 : 1; times > 0; times--) {
                out.write(event.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static JobObserver partials(Ask ask, OpenAiRequest request, OutputStream out) {
        return new JobObserver() {
            private int said;

            @Override
            public void enters(JobPhase phase) {}

            @Override
            public void step(int done, int of) throws IOException {
                while (said < request.partials() && done * (request.partials() + 1) >= (said + 1) * of) {
                    byte[] preview = PngFile.encode(SceneArtist.spoilt(
                            SceneArtist.draw(ask.prompt(), ask.seed(), 0, ask.widthPixels(), ask.heightPixels())));
                    out.write(OpenAiAnswer.partial(request, preview, said).getBytes(StandardCharsets.UTF_8));
                    said++;
                }
            }
        };
    }

    private ObjectNode whole(Exchange exchange, Ask ask, OpenAiRequest request, Drawn drawn) {
        List<byte[]> sent = sent(ask, drawn);
        List<String> addresses = new ArrayList<>();
        if (request.form() == PictureForm.ADDRESS) {
            for (byte[] picture : sent) {
                String name = Sha256.of(picture) + ".png";
                if (pictures.size() >= PICTURES_KEPT) {
                    pictures.clear(); // addresses of real servers do not live long either
                }
                pictures.put(name, picture);
                addresses.add("http://" + exchange.header("host").orElseThrow() + PICTURES + name);
            }
        }
        return OpenAiAnswer.whole(request, sent, addresses, drawn, revised(request));
    }

    private static List<byte[]> sent(Ask ask, Drawn drawn) {
        List<byte[]> sent = new ArrayList<>(drawn.pictures());
        if (ask.suffers(Fault.FEWER_IMAGES)) {
            sent.remove(sent.size() - 1);
        }
        if (ask.suffers(Fault.NOT_A_PICTURE)) {
            sent.replaceAll(picture -> "no picture".getBytes(StandardCharsets.UTF_8));
        }
        return sent;
    }

    private static Optional<String> revised(OpenAiRequest request) {
        boolean rewritten = new CounterRandom(0, "revised " + request.prompt(), 0).chance(REVISED_SHARE);
        return rewritten ? Optional.of("A carefully composed picture: " + request.prompt()) : Optional.empty();
    }

    private static SortedMap<String, String> headers(long arrival) {
        return new TreeMap<>(Map.of(
                "x-request-id",
                "req_" + Long.toHexString(0x5171000000L + arrival),
                "x-ratelimit-limit-requests",
                "6000",
                "x-ratelimit-remaining-requests",
                Long.toString(Math.max(0, 6_000 - arrival))));
    }
}
