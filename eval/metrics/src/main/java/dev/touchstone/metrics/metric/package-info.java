/**
 * The metric contract: what a score is, which way is better, and how a metric and the features under it are named. One
 * sub-package per metric; metrics read features, statistics or decoded images and know nothing of runs or gates. Uses
 * {@code engine}, {@code feature}, {@code file}, {@code image}, {@code random}, {@code weights}.
 */
package dev.touchstone.metrics.metric;
