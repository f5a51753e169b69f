package dev.touchstone.reports.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Pictures with what is known about them.
 *
 * @param pictures in order
 */
public record Gallery(List<Picture> pictures) implements Block {

    public Gallery {
        pictures = List.copyOf(pictures);
    }

    /**
     * One picture.
     *
     * @param file where it is; empty if there is none, which {@code notes} then explain
     * @param id of the image
     * @param caption what was asked for
     * @param badges short words
     * @param notes further lines
     */
    public record Picture(Optional<Path> file, String id, String caption, List<Cell.Badge> badges, List<String> notes) {

        public Picture {
            badges = List.copyOf(badges);
            notes = List.copyOf(notes);
        }
    }
}
