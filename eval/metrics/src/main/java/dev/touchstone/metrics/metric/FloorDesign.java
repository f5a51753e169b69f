package dev.touchstone.metrics.metric;

import dev.touchstone.metrics.random.SplitMix64;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the sets behind a {@link NoiseFloor} are drawn: as a run is made. Each draw takes as many prompts, with as many images
 * each, out of one set, and leaves the rest of the set as the reference. The first image of a prompt is any; the others are
 * those most like it, as images of one prompt are.
 *
 * @param images how many of each prompt, each at least 1
 * @param likeness what the images of a prompt have in common
 * @param draws at least 1
 * @param seed a draw depends on it and on its number, nothing else
 */
public record FloorDesign(List<Integer> images, Likeness likeness, int draws, long seed) {

    /** Draws that a percentile of a floor needs at least. */
    public static final int DRAWS = 200;

    /** Most images of a draw: above, the floor is flat and its kernels grow dear. */
    private static final int MOST = 1024;

    private static final long PURPOSE = 0x6e6f697365L;

    /** What two images of the set have in common, of what a prompt asks for. */
    @FunctionalInterface
    public interface Likeness {

        /** Any image is as good as another: draws are independent. */
        Likeness NONE = (prompt, first, second) -> 0;

        /**
         * @param prompt index into {@link FloorDesign#images}
         * @param first row of the set
         * @param second another row
         * @return the more, the more alike; 0 for nothing
         */
        int of(int prompt, int first, int second);

        /**
         * As {@link #of}, of one row with every row of the set. Called from several threads.
         *
         * @param into one place for each row
         */
        default void all(int prompt, int first, int[] into) {
            for (int row = 0; row < into.length; row++) {
                into[row] = of(prompt, first, row);
            }
        }
    }

    /**
     * One draw.
     *
     * @param rows of the set, without repetition
     * @param prompts which prompt each row stands for
     */
    public record Draw(int[] rows, int[] prompts) {

        /** How many prompts were drawn. */
        public int promptCount() {
            return (int) Arrays.stream(prompts).distinct().count();
        }

        /** The rows of the set that were not drawn, ascending. */
        public int[] rest(int setRows) {
            boolean[] taken = new boolean[setRows];
            Arrays.stream(rows).forEach(row -> taken[row] = true);
            return IntStream.range(0, setRows).filter(row -> !taken[row]).toArray();
        }
    }

    /** @throws IllegalArgumentException if there is no prompt, a prompt has no image, or there is no draw */
    public FloorDesign {
        images = List.copyOf(images);
        if (images.isEmpty() || draws < 1 || images.stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("noise floor: expected prompts with at least one image each and at least"
                    + " one draw, found " + images + " and " + draws);
        }
    }

    /** Independent images, one of each prompt. */
    public static FloorDesign independent(int images, long seed) {
        Integer[] ones = new Integer[images];
        Arrays.fill(ones, 1);
        return new FloorDesign(List.of(ones), Likeness.NONE, DRAWS, seed);
    }

    /**
     * All draws. Where the set has fewer than twice the images of a draw, or a draw more than 1,024, the leading prompts are
     * drawn only, at least one.
     *
     * @param rows of the set
     * @throws MetricException if the set has fewer than 4 rows
     */
    public List<Draw> of(int rows) {
        if (rows < 4) {
            throw new MetricException("noise floor: expected at least 4 images, found " + rows);
        }
        int most = Math.min(MOST, rows / 2);
        int prompts = 0;
        int sum = 0;
        while (prompts < images.size() && sum + images.get(prompts) <= most) {
            sum += images.get(prompts++);
        }
        List<Integer> sizes = prompts == 0 ? List.of(most) : images.subList(0, prompts);
        return IntStream.range(0, draws)
                .parallel()
                .mapToObj(draw -> draw(draw, rows, sizes))
                .toList();
    }

    private Draw draw(int draw, int rows, List<Integer> sizes) {
        int n = sizes.stream().mapToInt(Integer::intValue).sum();
        long stream = SplitMix64.mix(SplitMix64.mix(seed ^ PURPOSE) + draw);
        int[] order = shuffled(rows, stream);
        boolean[] taken = new boolean[rows];
        int[] chosen = new int[n];
        int[] prompts = new int[n];
        int[] alike = new int[rows];
        int at = 0;
        int next = 0;
        for (int prompt = 0; prompt < sizes.size(); prompt++) {
            while (taken[order[next]]) {
                next++;
            }
            int first = order[next];
            if (sizes.get(prompt) > 1) {
                likeness.all(prompt, first, alike);
            }
            int[] group = group(first, sizes.get(prompt), order, taken, alike);
            for (int row : group) {
                taken[row] = true;
                chosen[at] = row;
                prompts[at++] = prompt;
            }
        }
        return new Draw(chosen, prompts);
    }

    /** The first image and those most like it of the rest, earlier ones of the order where they are equally alike. */
    private static int[] group(int first, int size, int[] order, boolean[] taken, int[] likenesses) {
        int[] group = new int[size];
        int[] alike = new int[size];
        group[0] = first;
        alike[0] = Integer.MAX_VALUE;
        int filled = 1;
        for (int row : order) {
            if (size == 1) {
                break;
            }
            if (taken[row] || row == first) {
                continue;
            }
            int likeness = likenesses[row];
            if (filled == size && likeness <= alike[size - 1]) {
                continue;
            }
            int place = filled < size ? filled++ : size - 1;
            while (place > 1 && alike[place - 1] < likeness) {
                alike[place] = alike[place - 1];
                group[place] = group[place - 1];
                place--;
            }
            alike[place] = likeness;
            group[place] = row;
        }
        return group;
    }

    private static int[] shuffled(int rows, long stream) {
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = i;
        }
        for (int i = rows - 1; i > 0; i--) {
            int j = (int) Math.floorMod(SplitMix64.mix(stream + i * SplitMix64.INCREMENT), (long) i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }
}
