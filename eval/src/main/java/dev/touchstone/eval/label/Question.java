package dev.touchstone.eval.label;

import java.util.Arrays;
import java.util.List;

/** What a reviewer is asked about a picture. */
public enum Question {
    /** "I can use this" for the prompt: yes or no. */
    USABLE("usable"),
    /** How well the picture follows the prompt, 1 to 5. */
    ADHERENCE("adherence"),
    /** How much the picture appeals, 1 to 5. */
    APPEAL("appeal"),
    /** What is wrong with the picture: any number of tags. */
    FLAWS("flaws");

    private final String id;

    Question(String id) {
        this.id = id;
    }

    /** The name in files. */
    public String id() {
        return id;
    }

    /** All names, in declaration order. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Question::id).toList();
    }
}
