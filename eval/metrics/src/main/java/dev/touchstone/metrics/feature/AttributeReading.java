package dev.touchstone.metrics.feature;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How probable each value of each attribute is in one picture. A head answers whether or not its attribute makes sense for the
 * subject: who asks knows which ones do.
 *
 * @param probabilities per attribute one probability per value that the network knows, in class order
 */
public record AttributeReading(SortedMap<Attribute, List<Double>> probabilities) {

    /** @throws IllegalArgumentException if an attribute has no probabilities or more than it has values */
    public AttributeReading {
        probabilities = Collections.unmodifiableSortedMap(new TreeMap<>(probabilities));
        probabilities.forEach((attribute, values) -> {
            if (values.isEmpty() || values.size() > attribute.choices().size()) {
                throw new IllegalArgumentException(attribute.id() + ": expected 1 to "
                        + attribute.choices().size() + " probabilities, found " + values.size());
            }
        });
    }

    /** The most probable value; the first in class order where several are equally probable. */
    public String mostProbable(Attribute attribute) {
        List<Double> values = probabilities.get(attribute);
        int best = 0;
        for (int i = 1; i < values.size(); i++) {
            if (values.get(i) > values.get(best)) {
                best = i;
            }
        }
        return attribute.choices().get(best);
    }

    /** The probability of a value in [0, 1]; 0 for a value that the network does not know. */
    public double probability(Attribute attribute, String value) {
        int choice = attribute.choices().indexOf(value);
        List<Double> values = probabilities.get(attribute);
        return choice >= 0 && choice < values.size() ? values.get(choice) : 0;
    }
}
