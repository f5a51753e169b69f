/** Fidelity and diversity apart: precision, recall, density and coverage by nearest neighbours among features. */
package dev.touchstone.metrics.metric.prdc;
