package dev.touchstone.reports.model;

/**
 * A file as it is, for readers who want to look it up; folded away until then.
 *
 * @param title one line
 * @param text with its line breaks
 */
public record Listing(String title, String text) implements Block {}
