package dev.touchstone.reports.section;

import dev.touchstone.reports.model.Section;

/** Turns the records of a run into one section. */
interface SectionWriter {

    Section write(RunEvidence evidence);
}
