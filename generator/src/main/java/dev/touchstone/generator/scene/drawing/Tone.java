package dev.touchstone.generator.scene.drawing;

/** Arithmetic on colours written 0xAARRGGBB. */
final class Tone {
    private Tone() {}

    /** From {@code from} (0) to {@code to} (1), keeping the opacity of {@code from}. */
    static int mix(int from, int to, double share) {
        int s = (int) (share * 256 + 0.5);
        int r = ((from >> 16 & 255) * (256 - s) + (to >> 16 & 255) * s + 128) >> 8;
        int g = ((from >> 8 & 255) * (256 - s) + (to >> 8 & 255) * s + 128) >> 8;
        int b = ((from & 255) * (256 - s) + (to & 255) * s + 128) >> 8;
        return from & 0xFF000000 | r << 16 | g << 8 | b;
    }

    /** Lighter for positive amounts, darker for negative ones; 1 is white, -1 nearly black. */
    static int light(int colour, double amount) {
        if (amount >= 0) {
            return mix(colour, 0xFFFDF4, Math.min(1, amount));
        }
        return mix(colour, 0x0E0B18, Math.min(1, -amount));
    }

    /** Darker and a little more colourful, as a shade of the same paint; 1 is black. */
    static int deep(int colour, double amount) {
        int r = colour >> 16 & 255;
        int g = colour >> 8 & 255;
        int b = colour & 255;
        double most = Math.max(1, Math.max(r, Math.max(g, b)));
        return colour & 0xFF000000 | deep(r, most, amount) << 16 | deep(g, most, amount) << 8 | deep(b, most, amount);
    }

    private static int deep(int channel, double most, double amount) {
        return channel(channel * (1 - amount * (1.6 - 0.6 * channel / most)));
    }

    /** A colour whose channels wander a little. */
    static int vary(int colour, Stream stream, double spread) {
        double all = stream.around(spread);
        int r = channel((colour >> 16 & 255) + all + stream.around(spread * 0.6));
        int g = channel((colour >> 8 & 255) + all + stream.around(spread * 0.6));
        int b = channel((colour & 255) + all + stream.around(spread * 0.6));
        return colour & 0xFF000000 | r << 16 | g << 8 | b;
    }

    /** Perceived lightness from 0 to 1. */
    static double lightness(int colour) {
        return ((colour >> 16 & 255) * 0.299 + (colour >> 8 & 255) * 0.587 + (colour & 255) * 0.114) / 255;
    }

    private static int channel(double value) {
        return (int) Math.max(0, Math.min(255, value + 0.5));
    }
}
