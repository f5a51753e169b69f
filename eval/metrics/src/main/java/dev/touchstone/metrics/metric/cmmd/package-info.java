/** CLIP maximum mean discrepancy and CLIP score, from embeddings. */
package dev.touchstone.metrics.metric.cmmd;
