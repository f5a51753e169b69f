/** Stages in a row: from a manifest to a plan, and from a plan to a report. */
package dev.touchstone.cli.pipeline;
