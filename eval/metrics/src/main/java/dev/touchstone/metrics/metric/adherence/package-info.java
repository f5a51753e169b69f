/** How much of what a prompt asked for is in the picture. Uses {@code feature}, and the judging contract of the back ends. */
package dev.touchstone.metrics.metric.adherence;
