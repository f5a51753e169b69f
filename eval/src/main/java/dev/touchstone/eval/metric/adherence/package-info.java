/** How much of what a prompt asked for is in the picture. Uses {@code feature} and nothing else of this module but the metric contract. */
package dev.touchstone.eval.metric.adherence;
