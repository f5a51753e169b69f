package dev.touchstone.eval.training;

import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.image.RgbImage;
import java.util.SortedMap;

/**
 * A picture and what is true of it.
 *
 * @param image of any size
 * @param values the attributes that apply; a head whose attribute is absent learns nothing from this example
 */
record Example(RgbImage image, SortedMap<Attribute, String> values) {}
