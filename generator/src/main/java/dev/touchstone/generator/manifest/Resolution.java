package dev.touchstone.generator.manifest;

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

    /** The same for every prompt: multiples of 16 in [32, 256]. */
    record Fixed(int width, int height) implements Resolution {

        static final int STEP = 16;
        static final int LEAST = 32;
        static final int MOST = 256;

        /** @throws IllegalArgumentException if a side is not a multiple of 16 in [32, 256] */
        public Fixed {
            if (!isSide(width) || !isSide(height)) {
                throw new IllegalArgumentException(
                        "resolution: expected multiples of 16 in [32, 256], found " + width + "x" + height);
            }
        }

        static boolean isSide(int pixels) {
            return pixels >= LEAST && pixels <= MOST && pixels % STEP == 0;
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
