package dev.touchstone.generator.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.touchstone.generator.simulator.Ask.EditedInput;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.image.ImageDecodeException;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * A request of the images API, whether it came as JSON or as a form.
 *
 * @param prompt text
 * @param count of pictures, in [1, 10]
 * @param widthPixels as asked
 * @param heightPixels as asked
 * @param seed where one is said: an extension
 * @param steps where they are said: an extension
 * @param partials previews of each picture, in [0, 3]
 * @param form how pictures come back
 * @param delivery whether the answer is streamed
 * @param edit what is edited
 */
record OpenAiRequest(
        String prompt,
        int count,
        int widthPixels,
        int heightPixels,
        OptionalLong seed,
        OptionalInt steps,
        int partials,
        PictureForm form,
        Delivery delivery,
        Optional<EditedInput> edit) {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,4})x([0-9]{1,4})");
    private static final String AUTOMATIC_SIZE = "256x256";
    private static final int LEAST_SIDE = 16;
    private static final int MOST_SIDE = 4_096;
    private static final int MOST_COUNT = 10;
    private static final int MOST_PARTIALS = 3;

    /** How pictures come back. */
    enum PictureForm {
        BASE64,
        ADDRESS
    }

    /** Whether an answer is streamed. */
    enum Delivery {
        WHOLE,
        STREAMED
    }

    /** What is wrong with a request, in the API's words. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1;

        Invalid(String message) {
            super(message);
        }
    }

    /** What makes the request itself. */
    String key() {
        return (edit.isPresent() ? "edit " : "") + prompt + " | "
                + (seed.isPresent() ? seed.getAsLong() : "any") + " | " + widthPixels + "x" + heightPixels + " | "
                + count;
    }

    static OpenAiRequest generation(byte[] body) throws Invalid {
        return of(fields(body), Optional.empty());
    }

    static OpenAiRequest edit(MultipartForm form) throws Invalid {
        SortedMap<String, String> fields = new TreeMap<>();
        form.parts().keySet().stream()
                .filter(name -> !name.equals("image") && !name.equals("mask"))
                .forEach(name -> fields.put(name, form.text(name).orElseThrow()));
        byte[] image = form.parts().get("image");
        if (image == null) {
            throw new Invalid("Missing required parameter: 'image'.");
        }
        Optional<RgbImage> mask = Optional.empty();
        if (form.parts().containsKey("mask")) {
            mask = Optional.of(transparent(form.parts().get("mask")));
        }
        RgbImage input = picture(image);
        if (mask.isPresent()
                && (mask.get().widthPixels() != input.widthPixels()
                        || mask.get().heightPixels() != input.heightPixels())) {
            throw new Invalid("Invalid input mask - mask size does not match image size.");
        }
        fields.putIfAbsent("size", input.widthPixels() + "x" + input.heightPixels());
        return of(fields, Optional.of(new EditedInput(input, mask)));
    }

    private static SortedMap<String, String> fields(byte[] body) throws Invalid {
        try {
            SortedMap<String, String> fields = new TreeMap<>();
            JsonNode node =
                    Json.parse("body", new String(body, StandardCharsets.UTF_8)).node();
            node.fieldNames().forEachRemaining(name -> {
                if (!node.get(name).isNull()) {
                    fields.put(name, node.get(name).asText());
                }
            });
            return fields;
        } catch (DataFileException e) {
            throw new Invalid("We could not parse the JSON body of your request.");
        }
    }

    private static OpenAiRequest of(SortedMap<String, String> fields, Optional<EditedInput> edit) throws Invalid {
        String prompt = fields.getOrDefault("prompt", "");
        if (prompt.isBlank()) {
            throw new Invalid("Missing required parameter: 'prompt'.");
        }
        String format = fields.getOrDefault("output_format", "png");
        if (!format.equals("png")) {
            throw new Invalid("Invalid value: '" + format + "'. Supported values are: 'png'.");
        }
        String asked = fields.getOrDefault("size", "auto");
        Matcher size = SIZE.matcher(asked.equals("auto") ? AUTOMATIC_SIZE : asked);
        if (!size.matches()) {
            throw new Invalid("Invalid value: '" + asked + "'. Expected WIDTHxHEIGHT.");
        }
        OptionalLong steps = number(fields, fields.containsKey("steps") ? "steps" : "num_inference_steps", 1, 1_000);
        return new OpenAiRequest(
                prompt,
                (int) number(fields, "n", 1, MOST_COUNT).orElse(1),
                side(size.group(1)),
                side(size.group(2)),
                number(fields, "seed", Long.MIN_VALUE, Long.MAX_VALUE),
                steps.isPresent() ? OptionalInt.of((int) steps.getAsLong()) : OptionalInt.empty(),
                (int) number(fields, "partial_images", 0, MOST_PARTIALS).orElse(0),
                fields.getOrDefault("response_format", "b64_json").equals("url")
                        ? PictureForm.ADDRESS
                        : PictureForm.BASE64,
                fields.getOrDefault("stream", "false").equals("true") ? Delivery.STREAMED : Delivery.WHOLE,
                edit);
    }

    private static int side(String text) throws Invalid {
        int side = Integer.parseInt(text);
        if (side < LEAST_SIDE || side > MOST_SIDE) {
            throw new Invalid("Invalid size. Sides must be between " + LEAST_SIDE + " and " + MOST_SIDE + ".");
        }
        return side;
    }

    private static OptionalLong number(SortedMap<String, String> fields, String name, long least, long most)
            throws Invalid {
        String text = fields.get(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return OptionalLong.of(number);
            }
        } catch (NumberFormatException e) {
            throw new Invalid("Invalid type for '" + name + "': expected an integer.");
        }
        throw new Invalid("Invalid '" + name + "': expected a value between " + least + " and " + most + ".");
    }

    private static RgbImage picture(byte[] bytes) throws Invalid {
        try {
            return new ImageDecoder().decode(bytes, "image");
        } catch (ImageDecodeException e) {
            throw new Invalid("Invalid image file or mode for image.");
        }
    }

    /** White where the picture is transparent: there it may be edited. */
    private static RgbImage transparent(byte[] bytes) throws Invalid {
        try {
            BufferedImage mask = ImageIO.read(new ByteArrayInputStream(bytes));
            if (mask == null || !mask.getColorModel().hasAlpha()) {
                throw new Invalid("Invalid input mask - expected a PNG with an alpha channel.");
            }
            byte[] rgb = new byte[mask.getWidth() * mask.getHeight() * 3];
            for (int y = 0, at = 0; y < mask.getHeight(); y++) {
                for (int x = 0; x < mask.getWidth(); x++) {
                    byte value = (byte) (mask.getRGB(x, y) >>> 24 < 128 ? 255 : 0);
                    for (int channel = 0; channel < 3; channel++) {
                        rgb[at++] = value;
                    }
                }
            }
            return new RgbImage(mask.getWidth(), mask.getHeight(), rgb);
        } catch (IOException e) {
            throw new Invalid("Invalid image file or mode for mask.");
        }
    }
}
