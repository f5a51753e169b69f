package dev.touchstone.generator.backend.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.backend.ImageRequest;
import dev.touchstone.generator.backend.ImageRequest.EditInput;
import dev.touchstone.generator.backend.Setting;
import dev.touchstone.generator.prompt.EditSpec.EditMode;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** One request as it is sent: generations as JSON, edits as a form. */
final class ImagesCall {

    /** Most servers read seeds as 32 bits with a sign. */
    private static final int SEED_BITS = 31;

    private static final String BOUNDARY = "touchstone-part-6f1d2c";

    private final String model;
    private final OpenAiOptions options;
    private final ImageRequest request;
    private final List<Integer> indexes;
    private final OptionalLong seed;

    /** @param indexes the images that this call is for; one where the server takes seeds */
    ImagesCall(String model, OpenAiOptions options, ImageRequest request, List<Integer> indexes) {
        this(
                model,
                options,
                request,
                indexes,
                options.field(Setting.SEED).isPresent()
                        ? OptionalLong.of(request.imageSeed(indexes.get(0), SEED_BITS))
                        : OptionalLong.empty());
    }

    private ImagesCall(
            String model, OpenAiOptions options, ImageRequest request, List<Integer> indexes, OptionalLong seed) {
        this.model = model;
        this.options = options;
        this.request = request;
        this.indexes = List.copyOf(indexes);
        this.seed = seed;
    }

    /** The same with another seed, where one is sent. */
    ImagesCall withSeed(long other) {
        return new ImagesCall(
                model, options, request, indexes, seed.isPresent() ? OptionalLong.of(other) : OptionalLong.empty());
    }

    List<Integer> indexes() {
        return indexes;
    }

    OptionalLong seed() {
        return seed;
    }

    /** The request, without a key. */
    HttpRequest.Builder http() {
        HttpRequest.Builder http = HttpRequest.newBuilder(URI.create(
                        options.baseUrl() + (request.edit().isPresent() ? "/images/edits" : "/images/generations")))
                .header("Accept", options.streamed() ? "text/event-stream, application/json" : "application/json");
        if (request.edit().isEmpty()) {
            return http.header("Content-Type", "application/json").POST(BodyPublishers.ofString(Json.line(json())));
        }
        return http.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(form(request.edit().get())));
    }

    private ObjectNode json() {
        ObjectNode json = Json.object();
        fields().forEach(json::put);
        json.put("n", indexes.size());
        if (options.streamed()) {
            json.put("stream", true).put("partial_images", request.previews());
        }
        seed.ifPresent(value -> json.put(options.field(Setting.SEED).orElseThrow(), value));
        request.settings()
                .steps()
                .ifPresent(steps -> options.field(Setting.STEPS).ifPresent(name -> json.put(name, steps)));
        request.settings()
                .guidance()
                .ifPresent(guidance -> options.field(Setting.GUIDANCE).ifPresent(name -> json.put(name, guidance)));
        return json;
    }

    private SortedMap<String, String> fields() {
        SortedMap<String, String> fields = new TreeMap<>(options.body());
        fields.put("model", model);
        fields.put("prompt", prompt());
        fields.put("size", request.widthPixels() + "x" + request.heightPixels());
        options.responseFormat().ifPresent(format -> fields.put("response_format", format));
        if (!request.negativePrompt().isEmpty()) {
            options.field(Setting.NEGATIVE_PROMPT).ifPresent(name -> fields.put(name, request.negativePrompt()));
        }
        request.settings()
                .sampler()
                .ifPresent(sampler -> options.field(Setting.SAMPLER).ifPresent(name -> fields.put(name, sampler)));
        return fields;
    }

    private String prompt() {
        Optional<String> instruction = request.edit()
                .map(EditInput::instruction)
                .filter(text -> options.editsByInstruction() && !text.isEmpty());
        return instruction.orElse(request.prompt());
    }

    private byte[] form(EditInput edit) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        ObjectNode all = json();
        options.field(Setting.EDIT_STRENGTH).ifPresent(name -> all.put(name, edit.strength()));
        all.fieldNames()
                .forEachRemaining(name -> part(
                        form, "name=\"" + name + "\"", all.get(name).asText().getBytes(StandardCharsets.UTF_8)));
        part(form, "name=\"image\"; filename=\"image.png\"\r\nContent-Type: image/png", PngFile.encode(edit.input()));
        if (edit.mode() != EditMode.VARIATION) {
            part(form, "name=\"mask\"; filename=\"mask.png\"\r\nContent-Type: image/png", transparent(edit.mask()));
        }
        form.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return form.toByteArray();
    }

    private static void part(ByteArrayOutputStream form, String name, byte[] content) {
        form.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + name + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        form.writeBytes(content);
        form.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The API edits where a mask is transparent; ours are white there. */
    private static byte[] transparent(RgbImage mask) {
        BufferedImage image = new BufferedImage(mask.widthPixels(), mask.heightPixels(), BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < mask.heightPixels(); y++) {
            for (int x = 0; x < mask.widthPixels(); x++) {
                image.setRGB(x, y, mask.sample(x, y, 0) >= 128 ? 0 : 0xFF000000);
            }
        }
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(image, "png", png);
            return png.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }
}
