package dev.touchstone.generator.run;

import dev.touchstone.generator.prompt.PromptId;

/**
 * Identity of one image of a run: prompt and image index.
 *
 * @param prompt whose image
 * @param imageIndex from 0
 */
public record ImageId(PromptId prompt, int imageIndex) implements Comparable<ImageId> {

    public ImageId {
        if (imageIndex < 0) {
            throw new IllegalArgumentException("image id: expected an index >= 0, found " + imageIndex);
        }
    }

    /**
     * Reads the form that {@link #toString} writes.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static ImageId parse(String text) {
        int dot = text.lastIndexOf('.');
        if (dot < 1 || !text.substring(dot + 1).matches("0|[1-9][0-9]{0,6}")) {
            throw new IllegalArgumentException("image id: expected <prompt id>.<index>, found \"" + text + "\"");
        }
        return new ImageId(new PromptId(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
    }

    @Override
    public int compareTo(ImageId other) {
        int byPrompt = prompt.compareTo(other.prompt);
        return byPrompt != 0 ? byPrompt : Integer.compare(imageIndex, other.imageIndex);
    }

    /** {@code <prompt id>.<index>}; a file name without extension. */
    @Override
    public String toString() {
        return prompt + "." + imageIndex;
    }
}
