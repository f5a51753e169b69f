package dev.touchstone.generator.model;

import java.util.List;

/**
 * What pebble costs on a machine.
 *
 * @param runtime that ran it
 * @param precision of its linear layers
 * @param threads of the CPU
 * @param widthPixels of the profiled images
 * @param heightPixels of the profiled images
 * @param batch images at once, each for a wanted and an unwanted prompt
 * @param attainableGigaflops rate of one large 32-bit matrix product in the same runtime with the same threads
 * @param components in the order in which they run
 */
public record PebbleProfile(
        String runtime,
        String precision,
        int threads,
        int widthPixels,
        int heightPixels,
        int batch,
        double attainableGigaflops,
        List<ComponentProfile> components) {

    public PebbleProfile {
        components = List.copyOf(components);
    }
}
