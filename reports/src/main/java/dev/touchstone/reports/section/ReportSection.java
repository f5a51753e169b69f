package dev.touchstone.reports.section;

import dev.touchstone.reports.model.Section;

/** The sections of a report, in their order. */
public enum ReportSection {
    SUMMARY(new SummarySection()),
    CONDITIONS(new ConditionsSection()),
    OUTCOMES(new OutcomesSection()),
    SEGMENTS(new SegmentsSection()),
    LATENCY(new LatencySection()),
    QUALITY(new QualitySection()),
    PEOPLE(new PeopleSection()),
    FAILURES(new FailureSection()),
    APPENDIX(new AppendixSection()),
    METHOD(new MethodSection());

    private final SectionWriter writer;

    ReportSection(SectionWriter writer) {
        this.writer = writer;
    }

    /** The section of a run. */
    public Section of(RunEvidence evidence) {
        return writer.write(evidence);
    }
}
