package dev.touchstone.generator.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.scene.Caption;
import dev.touchstone.generator.simulator.Ledger.ServiceTimes;
import dev.touchstone.generator.simulator.SimulatedModel.Drawn;
import dev.touchstone.metrics.file.Json;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What the images API says of drawn pictures. */
final class OpenAiAnswer {

    /** Any moment will do, but the same one every time. */
    private static final long CREATED = 1_767_225_600;

    /** Pixels of a token's side. */
    private static final int TOKEN_PIXELS = 16;

    private static final double NANOS = 1e9;

    private OpenAiAnswer() {}

    /** @param addresses one for each picture, where they are sent by address */
    static ObjectNode whole(
            OpenAiRequest request,
            List<byte[]> pictures,
            List<String> addresses,
            Drawn drawn,
            Optional<String> revised) {
        ObjectNode answer = Json.object().put("created", CREATED);
        var data = answer.putArray("data");
        for (int i = 0; i < pictures.size(); i++) {
            ObjectNode one = data.addObject();
            if (addresses.isEmpty()) {
                one.put("b64_json", Base64.getEncoder().encodeToString(pictures.get(i)));
            } else {
                one.put("url", addresses.get(i));
            }
            revised.ifPresent(text -> one.put("revised_prompt", text));
        }
        answer.put("size", size(request)).put("quality", "auto").put("output_format", "png");
        answer.set("usage", usage(request, drawn.pictures().size()));
        ServiceTimes times = drawn.times();
        answer.putObject("metrics")
                .put("queue_time_s", seconds(times.queued()))
                .put("load_time_s", seconds(times.loading()))
                .put("text_encode_time_s", seconds(times.encoding()))
                .put("denoise_time_s", seconds(times.sampling()))
                .put("vae_decode_time_s", seconds(times.decoding()))
                .put("peak_memory_mb", 512);
        return answer;
    }

    static String partial(OpenAiRequest request, byte[] picture, int index) {
        return event(request, "partial_image", body(request, picture).put("partial_image_index", index));
    }

    static String completed(OpenAiRequest request, byte[] picture, Optional<String> revised) {
        ObjectNode body = body(request, picture);
        revised.ifPresent(text -> body.put("revised_prompt", text));
        body.set("usage", usage(request, 1));
        return event(request, "completed", body);
    }

    private static String event(OpenAiRequest request, String what, ObjectNode body) {
        String type = (request.edit().isPresent() ? "image_edit." : "image_generation.") + what;
        ObjectNode typed = Json.object().put("type", type);
        typed.setAll(body);
        return "event: " + type + "\ndata: " + Json.line(typed) + "\n\n";
    }

    private static ObjectNode body(OpenAiRequest request, byte[] picture) {
        return Json.object()
                .put("b64_json", Base64.getEncoder().encodeToString(picture))
                .put("created_at", CREATED)
                .put("size", size(request))
                .put("quality", "auto")
                .put("background", "opaque")
                .put("output_format", "png");
    }

    private static ObjectNode usage(OpenAiRequest request, int pictures) {
        int text = Caption.words(request.prompt()).size();
        int perPicture = tokens(request.widthPixels()) * tokens(request.heightPixels());
        int read = request.edit().isPresent() ? perPicture : 0;
        ObjectNode usage = Json.object().put("input_tokens", text + read).put("output_tokens", perPicture * pictures);
        usage.putObject("input_tokens_details").put("text_tokens", text).put("image_tokens", read);
        usage.putObject("output_tokens_details").put("text_tokens", 0).put("image_tokens", perPicture * pictures);
        return usage.put("total_tokens", text + read + perPicture * pictures);
    }

    private static int tokens(int pixels) {
        return (pixels + TOKEN_PIXELS - 1) / TOKEN_PIXELS;
    }

    private static String size(OpenAiRequest request) {
        return request.widthPixels() + "x" + request.heightPixels();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }
}
