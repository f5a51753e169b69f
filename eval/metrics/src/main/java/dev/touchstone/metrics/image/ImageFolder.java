package dev.touchstone.metrics.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The images of a folder and what of it is left out. An image is a file whose name ends in a known way, whatever the case, and does
 * not begin with a dot.
 *
 * @param images in the order of their names
 * @param leftOut what is no image, by reason
 * @param illegible files whose names the process cannot read, because they are not in its encoding: two of them may look alike
 */
public record ImageFolder(List<Path> images, List<LeftOut> leftOut, List<Path> illegible) {

    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff");

    /** What stands for bytes of a name that are no character. */
    private static final char REPLACEMENT = '\ufffd';

    public ImageFolder {
        images = List.copyOf(images);
        leftOut = List.copyOf(leftOut);
        illegible = List.copyOf(illegible);
    }

    /** Whether folders in a folder are searched. */
    public enum Depth {
        /** They are left out; links to files are followed. */
        FLAT,
        /** They are searched, but hidden ones; links are not followed, and one with an image's name counts as an image. */
        WITH_SUBFOLDERS
    }

    /** Why something is left out. */
    public enum Reason {
        HIDDEN("hidden"),
        OTHER_ENDING("without an image's ending"),
        DANGLING_LINK("linked to nothing"),
        SUBFOLDER("a folder, which is not searched"),
        NO_FILE("no regular file");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** As it stands in machine output, as in {@code other-ending}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * What is left out of a folder for one reason.
     *
     * @param count at least 1
     * @param names of the first ten, relative to the folder, in order
     */
    public record LeftOut(Path folder, Reason reason, int count, List<String> names) {

        private static final int LISTED = 10;

        public LeftOut {
            names = List.copyOf(names);
            if (count < 1 || names.size() > count) {
                throw new IllegalArgumentException(
                        "left out: expected a count of at least 1 and of the names, found " + count);
            }
        }

        static LeftOut of(Path folder, Reason reason, List<Path> files) {
            List<String> names = files.stream()
                    .limit(LISTED)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
            return new LeftOut(folder, reason, files.size(), names);
        }

        /** One sentence without a full stop, as in {@code a: left out .DS_Store: hidden}. */
        public String sentence() {
            String more = count > names.size() ? " and " + (count - names.size()) + " more" : "";
            return folder + ": left out " + (count > 1 ? count + " (" : "") + String.join(", ", names) + more
                    + (count > 1 ? ")" : "") + ": " + reason.text;
        }
    }

    /**
     * Lists a folder.
     *
     * @throws IOException if it cannot be read
     */
    public static ImageFolder list(Path folder, Depth depth) throws IOException {
        List<Path> images = new ArrayList<>();
        List<Path> illegible = new ArrayList<>();
        Map<Reason, List<Path>> others = new EnumMap<>(Reason.class);
        try (Stream<Path> inside = depth == Depth.FLAT ? Files.list(folder) : Files.walk(folder)) {
            List<Path> sorted = inside.filter(file -> !file.equals(folder))
                    .sorted(Comparator.comparing(file -> folder.relativize(file).toString()))
                    .toList();
            for (Path file : sorted) {
                if (insideHidden(folder, file)
                        || depth == Depth.WITH_SUBFOLDERS
                                && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                                && !isHidden(file)) {
                    continue;
                }
                if (file.toString().indexOf(REPLACEMENT) >= 0) {
                    illegible.add(file);
                } else if (isImage(file, depth)) {
                    images.add(file);
                } else {
                    others.computeIfAbsent(reason(file), key -> new ArrayList<>())
                            .add(file);
                }
            }
        }
        List<LeftOut> leftOut = new ArrayList<>();
        others.forEach((reason, files) -> leftOut.add(LeftOut.of(folder, reason, files)));
        return new ImageFolder(images, leftOut, illegible);
    }

    /** Whether a file lies in a hidden folder, which itself is what was left out. */
    private static boolean insideHidden(Path folder, Path file) {
        Path inside = folder.relativize(file);
        for (int i = 0; i < inside.getNameCount() - 1; i++) {
            if (isHidden(inside.getName(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    private static boolean hasEnding(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot > 0 && ENDINGS.contains(name.substring(dot + 1));
    }

    private static boolean isImage(Path file, Depth depth) {
        return !isHidden(file)
                && hasEnding(file)
                && (Files.isRegularFile(file) || depth == Depth.WITH_SUBFOLDERS && Files.isSymbolicLink(file));
    }

    private static Reason reason(Path file) {
        if (isHidden(file)) {
            return Reason.HIDDEN;
        }
        if (Files.isDirectory(file)) {
            return Reason.SUBFOLDER;
        }
        if (!hasEnding(file)) {
            return Reason.OTHER_ENDING;
        }
        return Files.exists(file) ? Reason.NO_FILE : Reason.DANGLING_LINK;
    }
}
