package dev.touchstone.reports.format;

import dev.touchstone.generator.run.Progress;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.reports.model.ReportDocument;
import dev.touchstone.reports.section.RunEvidence;
import dev.touchstone.reports.section.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the report of a run that is summed up. */
public final class ReportStage {

    private static final String NAME = "report";
    private static final int STEPS = 3;

    private final RunFolder folder;
    private final Progress progress;

    public ReportStage(RunFolder folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Writes {@code report/index.html}; an older report stays until the new one is whole.
     *
     * @return the file
     * @throws DataFileException if a file of the run cannot be read, there is no evaluation, or the report cannot be written
     */
    public Path run() {
        progress.report(NAME, 0, STEPS, "reading the run");
        RunEvidence evidence = RunEvidence.read(folder);
        progress.report(NAME, 1, STEPS, "drawing");
        ReportDocument document = RunReport.of(evidence);
        progress.report(NAME, 2, STEPS, "writing");
        Path file = folder.path().resolve("report").resolve("index.html");
        try {
            Files.createDirectories(file.getParent());
            AtomicFile.write(file, new HtmlReport().render(document));
        } catch (IOException e) {
            throw new DataFileException(file + ": expected to write it, found " + e, e);
        }
        progress.report(NAME, STEPS, STEPS, "");
        return file;
    }
}
