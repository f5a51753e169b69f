package dev.touchstone.reports.model;

/** A part of a report. A heading is the title of a {@link Section}. */
public sealed interface Block permits Section, Paragraph, Callout, KeyValues, Table, Chart, Gallery, Listing {}
