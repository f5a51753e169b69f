package dev.touchstone.eval.compare;

import java.util.Arrays;

/**
 * The values of one measure, prompt by prompt, in arrays: a run of 100,000 images has a dozen of them. Prompts are numbered as in
 * {@link PromptSet}; the values of a prompt stand beside one another by rising image index. Immutable.
 */
public final class PromptValues {

    private final int[] starts;
    private final int[] indexes;
    private final double[] values;

    private PromptValues(int[] starts, int[] indexes, double[] values) {
        this.starts = starts;
        this.indexes = indexes;
        this.values = values;
    }

    /** Collects values in any order. */
    public static final class Builder {

        private int[] prompts = new int[256];
        private int[] indexes = new int[256];
        private double[] values = new double[256];
        private int size;

        /**
         * Adds a value.
         *
         * @param prompt number of the prompt
         * @param index of the image within the prompt; 0 for what belongs to the request
         * @param value finite
         * @throws IllegalArgumentException if a number is negative or the value is not finite
         */
        public Builder add(int prompt, int index, double value) {
            if (prompt < 0 || index < 0 || !Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "prompt values: expected numbers >= 0 and a finite value, found prompt " + prompt + ", image "
                                + index + " and " + value);
            }
            if (size == values.length) {
                prompts = Arrays.copyOf(prompts, 2 * size);
                indexes = Arrays.copyOf(indexes, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            prompts[size] = prompt;
            indexes[size] = index;
            values[size++] = value;
            return this;
        }

        /** Whether nothing was added. */
        public boolean isEmpty() {
            return size == 0;
        }

        /**
         * The values, sorted by prompt and image index.
         *
         * @param promptCount how many prompts there are
         * @throws IllegalArgumentException if a prompt's number is not below that, or an image has two values
         */
        public PromptValues build(int promptCount) {
            int[] starts = new int[promptCount + 1];
            for (int i = 0; i < size; i++) {
                if (prompts[i] >= promptCount) {
                    throw new IllegalArgumentException(
                            "prompt values: expected prompts below " + promptCount + ", found " + prompts[i]);
                }
                starts[prompts[i] + 1]++;
            }
            for (int p = 0; p < promptCount; p++) {
                starts[p + 1] += starts[p];
            }
            int[] next = Arrays.copyOf(starts, promptCount);
            int[] sortedIndexes = new int[size];
            double[] sortedValues = new double[size];
            for (int i = 0; i < size; i++) {
                int first = starts[prompts[i]];
                int at = next[prompts[i]]++;
                for (; at > first && sortedIndexes[at - 1] >= indexes[i]; at--) {
                    if (sortedIndexes[at - 1] == indexes[i]) {
                        throw new IllegalArgumentException("prompt values: expected one value of image " + indexes[i]
                                + " of prompt " + prompts[i] + ", found two");
                    }
                    sortedIndexes[at] = sortedIndexes[at - 1];
                    sortedValues[at] = sortedValues[at - 1];
                }
                sortedIndexes[at] = indexes[i];
                sortedValues[at] = values[i];
            }
            return new PromptValues(starts, sortedIndexes, sortedValues);
        }
    }

    /** How many prompts there are, with values or without. */
    public int prompts() {
        return starts.length - 1;
    }

    /** How many values there are. */
    public int size() {
        return values.length;
    }

    /** How many values a prompt has. */
    public int count(int prompt) {
        return starts[prompt + 1] - starts[prompt];
    }

    /** Image index of the k-th value of a prompt. */
    public int index(int prompt, int k) {
        return indexes[at(prompt, k)];
    }

    /** The k-th value of a prompt. */
    public double value(int prompt, int k) {
        return values[at(prompt, k)];
    }

    /** Sum of a prompt's values; 0 without any. */
    public double sum(int prompt) {
        double sum = 0;
        for (int i = starts[prompt]; i < starts[prompt + 1]; i++) {
            sum += values[i];
        }
        return sum;
    }

    /** A prompt's values by rising image index, as a copy. */
    public double[] of(int prompt) {
        return Arrays.copyOfRange(values, starts[prompt], starts[prompt + 1]);
    }

    /** All values of some prompts, in the order of the prompts. */
    public double[] of(int[] prompts) {
        int n = 0;
        for (int prompt : prompts) {
            n += count(prompt);
        }
        double[] all = new double[n];
        int at = 0;
        for (int prompt : prompts) {
            System.arraycopy(values, starts[prompt], all, at, count(prompt));
            at += count(prompt);
        }
        return all;
    }

    private int at(int prompt, int k) {
        int at = starts[prompt] + k;
        if (k < 0 || at >= starts[prompt + 1]) {
            throw new IndexOutOfBoundsException("prompt " + prompt + " has " + count(prompt) + " values, found " + k);
        }
        return at;
    }
}
