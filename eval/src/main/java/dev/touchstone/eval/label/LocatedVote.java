package dev.touchstone.eval.label;

import dev.touchstone.generator.document.Place;

/**
 * A vote and where it was read.
 *
 * @param place file and line
 */
public record LocatedVote(Place place, Vote vote) {}
