package dev.touchstone.eval.compare;

import dev.touchstone.metrics.image.ImageFormat;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the records say about every planned image of a run, in arrays, by prompt and image index. The rules of false wins read it.
 */
final class Pictures {

    static final byte COMPLETE = 1;
    static final byte FAILED = 2;
    static final byte MODERATED = 3;
    static final byte MISSING = 4;

    /** 64 luminances and 32 chromas. */
    static final int FINGERPRINT_BYTES = 96;

    private static final int DIGEST_LONGS = 4;

    private int[] prompts = new int[256];
    private int[] indexes = new int[256];
    private byte[] statuses = new byte[256];
    private int[] widths = new int[256];
    private int[] heights = new int[256];
    private int[] steps = new int[256];
    private int[] sessions = new int[256];
    private int[] candidates = new int[256];
    private int[] bytes = new int[256];
    private long[] seeds = new long[256];
    private long[] digests = new long[256 * DIGEST_LONGS];
    private byte[] fingerprints = new byte[256 * FINGERPRINT_BYTES];
    private Made[] made = new Made[256];
    private int size;

    /** One image as its record says; {@code sha256} and {@code fingerprint} are empty where there is none. */
    record Entry(
            int prompt,
            int index,
            byte status,
            int widthPixels,
            int heightPixels,
            int steps,
            long seed,
            int session,
            int candidates,
            long fileBytes,
            String sha256,
            String fingerprint,
            Made made) {}

    /**
     * What came, beside what was asked.
     *
     * @param format of the file
     * @param widthPixels as it is
     * @param heightPixels as it is
     * @param model that the back end says answered; empty where it says nothing
     * @param seed that it says it used
     * @param steps that it says it used
     */
    record Made(
            ImageFormat format,
            int widthPixels,
            int heightPixels,
            Optional<String> model,
            OptionalLong seed,
            OptionalInt steps) {

        /** Nothing came. */
        static final Made NOTHING =
                new Made(ImageFormat.PNG, 0, 0, Optional.empty(), OptionalLong.empty(), OptionalInt.empty());
    }

    void add(Entry entry) {
        if (size == prompts.length) {
            grow(2 * size);
        }
        prompts[size] = entry.prompt();
        indexes[size] = entry.index();
        statuses[size] = entry.status();
        widths[size] = entry.widthPixels();
        heights[size] = entry.heightPixels();
        steps[size] = entry.steps();
        seeds[size] = entry.seed();
        sessions[size] = entry.session();
        candidates[size] = entry.candidates();
        made[size] = entry.made();
        bytes[size] = (int) Math.min(Integer.MAX_VALUE, entry.fileBytes());
        if (!entry.sha256().isEmpty()) {
            for (int k = 0; k < DIGEST_LONGS; k++) {
                digests[size * DIGEST_LONGS + k] = Long.parseUnsignedLong(entry.sha256(), 16 * k, 16 * k + 16, 16);
            }
            for (int k = 0; k < FINGERPRINT_BYTES; k++) {
                fingerprints[size * FINGERPRINT_BYTES + k] =
                        (byte) Integer.parseInt(entry.fingerprint(), 2 * k, 2 * k + 2, 16);
            }
        }
        size++;
    }

    private void grow(int to) {
        prompts = Arrays.copyOf(prompts, to);
        indexes = Arrays.copyOf(indexes, to);
        statuses = Arrays.copyOf(statuses, to);
        widths = Arrays.copyOf(widths, to);
        heights = Arrays.copyOf(heights, to);
        steps = Arrays.copyOf(steps, to);
        seeds = Arrays.copyOf(seeds, to);
        sessions = Arrays.copyOf(sessions, to);
        candidates = Arrays.copyOf(candidates, to);
        bytes = Arrays.copyOf(bytes, to);
        made = Arrays.copyOf(made, to);
        digests = Arrays.copyOf(digests, to * DIGEST_LONGS);
        fingerprints = Arrays.copyOf(fingerprints, to * FINGERPRINT_BYTES);
    }

    int size() {
        return size;
    }

    int prompt(int row) {
        return prompts[row];
    }

    int index(int row) {
        return indexes[row];
    }

    byte status(int row) {
        return statuses[row];
    }

    boolean isComplete(int row) {
        return statuses[row] == COMPLETE;
    }

    int widthPixels(int row) {
        return widths[row];
    }

    int heightPixels(int row) {
        return heights[row];
    }

    int steps(int row) {
        return steps[row];
    }

    long seed(int row) {
        return seeds[row];
    }

    int session(int row) {
        return sessions[row];
    }

    /** Pictures that were drawn for this one. */
    int candidates(int row) {
        return candidates[row];
    }

    /** What came for a complete image. */
    Made made(int row) {
        return made[row];
    }

    int fileBytes(int row) {
        return bytes[row];
    }

    /** SHA-256 of the file, lower-case hex. */
    String sha256(int row) {
        StringBuilder hex = new StringBuilder(64);
        for (int k = 0; k < DIGEST_LONGS; k++) {
            String part = Long.toHexString(digests[row * DIGEST_LONGS + k]);
            hex.append("0".repeat(16 - part.length())).append(part);
        }
        return hex.toString();
    }

    /** First 64 bits of the file's SHA-256: enough to tell the pictures of a run apart. */
    long digest(int row) {
        return digests[row * DIGEST_LONGS];
    }

    /** Whether two files are the same byte for byte. */
    boolean sameFile(int row, Pictures other, int otherRow) {
        return Arrays.equals(
                digests,
                row * DIGEST_LONGS,
                (row + 1) * DIGEST_LONGS,
                other.digests,
                otherRow * DIGEST_LONGS,
                (otherRow + 1) * DIGEST_LONGS);
    }

    /** Largest difference of two means of the fingerprints, in [0, 255]. */
    int distance(int row, Pictures other, int otherRow) {
        int largest = 0;
        int a = row * FINGERPRINT_BYTES;
        int b = otherRow * FINGERPRINT_BYTES;
        for (int k = 0; k < FINGERPRINT_BYTES; k++) {
            largest = Math.max(largest, Math.abs((fingerprints[a + k] & 0xff) - (other.fingerprints[b + k] & 0xff)));
        }
        return largest;
    }

    /** Difference of the lightest and the darkest of the 64 luminances, in [0, 255]; near 0 where the picture is blank. */
    int contrast(int row) {
        int least = 255;
        int most = 0;
        for (int k = 0; k < 64; k++) {
            int value = fingerprints[row * FINGERPRINT_BYTES + k] & 0xff;
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        return most - least;
    }
}
