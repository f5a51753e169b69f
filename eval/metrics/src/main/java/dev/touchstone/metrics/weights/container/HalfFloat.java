package dev.touchstone.metrics.weights.container;

/** IEEE 754 half precision, which Java 17 does not know. */
public final class HalfFloat {

    private HalfFloat() {}

    /** The float of these 16 bits, exactly. */
    public static float toFloat(short half) {
        int bits = half & 0xffff;
        int sign = bits >> 15 << 31;
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            float value = fraction * 0x1p-24f;
            return sign != 0 ? -value : value;
        }
        int wide = exponent == 31 ? 0xff : exponent + 112;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }
}
