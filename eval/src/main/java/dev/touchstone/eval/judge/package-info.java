/** The judge that best-of-k asks which candidate shows most of its prompt: adherence read by the feature network. */
package dev.touchstone.eval.judge;
