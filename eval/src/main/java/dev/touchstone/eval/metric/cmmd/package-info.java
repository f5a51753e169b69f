/** CLIP maximum mean discrepancy and CLIP score, from embeddings. */
package dev.touchstone.eval.metric.cmmd;
