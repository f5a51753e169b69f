package dev.touchstone.generator.model;

/**
 * What one of pebble's networks is and does. Size, arithmetic and speed are three figures, because none follows from
 * another.
 *
 * @param component {@code text encoder}, {@code flow transformer}, {@code decoder} or {@code encoder}; edits alone use the
 *     encoder
 * @param parameters trained numbers of its own: together those of the weights file
 * @param weightBytes of these numbers in the weights file
 * @param residentBytes what its network holds in memory: numbers of the profiled precision, and for the text encoder also
 *     the matrices of the transformer's cross attentions, multiplied out
 * @param unit what one run is counted by: a prompt, an image's step for one prompt, an image
 * @param flopsPerUnit floating-point operations of its products (linear layers, attention, convolutions), a
 *     multiply-add being two; nothing else is counted
 * @param unitsPerSecond measured, median
 * @param gigaflopsPerSecond {@code flopsPerUnit * unitsPerSecond / 1e9}
 * @param shareOfAttainable of the rate that the machine's matrix products reach, in [0, 1] up to noise; above 1 only where
 *     8-bit products are compared with 32-bit ones
 */
public record ComponentProfile(
        String component,
        long parameters,
        long weightBytes,
        long residentBytes,
        String unit,
        double flopsPerUnit,
        double unitsPerSecond,
        double gigaflopsPerSecond,
        double shareOfAttainable) {}
