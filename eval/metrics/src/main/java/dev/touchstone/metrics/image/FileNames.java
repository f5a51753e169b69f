package dev.touchstone.metrics.image;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;

/** Names of files as text. */
public final class FileNames {

    private FileNames() {}

    /**
     * The name without its ending, in normal form C: macOS stores letters with accents as two characters, other systems as one, and
     * both are the same name.
     */
    public static String stem(Path file) {
        String name = Normalizer.normalize(file.getFileName().toString(), Normalizer.Form.NFC);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** What to say behind "found" of files whose names are not in the encoding of this process; at least one. */
    public static String illegible(List<Path> files) {
        return files.size() + (files.size() == 1 ? " that is" : " that are")
                + " not in this process's encoding "
                + System.getProperty("sun.jnu.encoding") + ", as " + files.get(0)
                + "; set LC_ALL=C.UTF-8, or rename them";
    }
}
