package dev.touchstone.generator.manifest;

import dev.touchstone.generator.backend.SizeRule.Size;
import dev.touchstone.generator.prompt.ResolutionClass;

/** How large the pictures of a run are. */
public sealed interface Resolution {

    /** Width of a picture for a prompt of a class. */
    int widthPixels(ResolutionClass resolutionClass);

    /** Height of a picture for a prompt of a class. */
    int heightPixels(ResolutionClass resolutionClass);

    /** Each prompt as its resolution class says. */
    record ByClass() implements Resolution {

        @Override
        public int widthPixels(ResolutionClass resolutionClass) {
            return resolutionClass.widthPixels();
        }

        @Override
        public int heightPixels(ResolutionClass resolutionClass) {
            return resolutionClass.heightPixels();
        }

        @Override
        public String toString() {
            return "by-class";
        }
    }

    /** The same for every prompt: sides in [16, 4096]; which of them are made, the back end says. */
    record Fixed(int width, int height) implements Resolution {

        /** @throws IllegalArgumentException if a side is not in [16, 4096] */
        public Fixed {
            if (!isSide(width) || !isSide(height)) {
                throw new IllegalArgumentException("resolution: expected sides in [" + Size.LEAST + ", " + Size.MOST
                        + "], found " + width + "x" + height);
            }
        }

        static boolean isSide(int pixels) {
            return pixels >= Size.LEAST && pixels <= Size.MOST;
        }

        @Override
        public int widthPixels(ResolutionClass resolutionClass) {
            return width;
        }

        @Override
        public int heightPixels(ResolutionClass resolutionClass) {
            return height;
        }

        @Override
        public String toString() {
            return width + "x" + height;
        }
    }
}
