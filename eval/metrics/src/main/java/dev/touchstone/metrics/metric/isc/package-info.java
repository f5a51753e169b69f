/** Inception Score: how sure and how varied a classifier is on generated images; no reference set. */
package dev.touchstone.metrics.metric.isc;
