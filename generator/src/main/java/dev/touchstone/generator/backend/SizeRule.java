package dev.touchstone.generator.backend;

import java.util.List;
import java.util.stream.Collectors;

/** Which picture sizes a back end makes. */
public sealed interface SizeRule {

    /** Any size that a manifest can ask for. */
    SizeRule ANY = new Sides(1, Size.LEAST, Size.MOST, Size.MOST);

    /** Whether a size is made. */
    boolean accepts(int widthPixels, int heightPixels);

    /** Completes "expected a size of ..."; for messages. */
    String describe();

    /**
     * Width and height in pixels.
     *
     * @param widthPixels in [16, 4096]
     * @param heightPixels in [16, 4096]
     */
    record Size(int widthPixels, int heightPixels) {

        /** Least side that anything can ask for. */
        public static final int LEAST = 16;

        /** Largest side that anything can ask for. */
        public static final int MOST = 4_096;

        /** @throws IllegalArgumentException if a side is out of range */
        public Size {
            if (widthPixels < LEAST || widthPixels > MOST || heightPixels < LEAST || heightPixels > MOST) {
                throw new IllegalArgumentException("size: expected sides in [" + LEAST + ", " + MOST + "], found "
                        + widthPixels + "x" + heightPixels);
            }
        }

        @Override
        public String toString() {
            return widthPixels + "x" + heightPixels;
        }
    }

    /**
     * Sides of a range.
     *
     * @param multipleOf what sides are multiples of, at least 1
     * @param leastPixels of a side
     * @param mostPixels of a side
     * @param mostAspect longer side over shorter side at most, at least 1
     */
    record Sides(int multipleOf, int leastPixels, int mostPixels, double mostAspect) implements SizeRule {

        /** @throws IllegalArgumentException if no size would be left */
        public Sides {
            if (multipleOf < 1 || leastPixels < 1 || mostPixels < leastPixels || !(mostAspect >= 1)) {
                throw new IllegalArgumentException(
                        "sizes: expected a step >= 1, sides in order and an aspect >= 1, found " + multipleOf + ", ["
                                + leastPixels + ", " + mostPixels + "] and " + mostAspect);
            }
        }

        @Override
        public boolean accepts(int widthPixels, int heightPixels) {
            int longer = Math.max(widthPixels, heightPixels);
            int shorter = Math.min(widthPixels, heightPixels);
            return shorter >= leastPixels
                    && longer <= mostPixels
                    && widthPixels % multipleOf == 0
                    && heightPixels % multipleOf == 0
                    && longer <= mostAspect * shorter;
        }

        @Override
        public String describe() {
            String sides = multipleOf == 1 ? "sides" : "multiples of " + multipleOf;
            String aspect = mostAspect * leastPixels >= mostPixels ? "" : ", at most " + mostAspect + " to 1";
            return sides + " in [" + leastPixels + ", " + mostPixels + "]" + aspect;
        }
    }

    /** @param sizes those that are made, at least one */
    record Listed(List<Size> sizes) implements SizeRule {

        /** @throws IllegalArgumentException if there is none */
        public Listed {
            sizes = List.copyOf(sizes);
            if (sizes.isEmpty()) {
                throw new IllegalArgumentException("sizes: expected at least one, found none");
            }
        }

        @Override
        public boolean accepts(int widthPixels, int heightPixels) {
            return sizes.stream()
                    .anyMatch(size -> size.widthPixels() == widthPixels && size.heightPixels() == heightPixels);
        }

        @Override
        public String describe() {
            return sizes.stream().map(Size::toString).collect(Collectors.joining(", "));
        }
    }
}
