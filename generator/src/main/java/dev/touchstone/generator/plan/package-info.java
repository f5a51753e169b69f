/**
 * From a manifest to a plan: packs, edit inputs by reference, digests, the order of requests. Stands between {@code manifest}
 * and {@code run}, and uses {@code prompt} and {@code backend}; golden data is handed in, because only {@code eval} knows it.
 * Uses {@code backend}, {@code manifest}, {@code metrics.feature}, {@code metrics.file}, {@code prompt}, {@code run},
 * {@code scene}.
 */
package dev.touchstone.generator.plan;
