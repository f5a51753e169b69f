package dev.touchstone.cli.pipeline;

import dev.touchstone.eval.golden.GoldenDataset;
import dev.touchstone.eval.golden.GoldenLibrary;
import dev.touchstone.generator.manifest.Release;
import dev.touchstone.generator.plan.EditInputs;
import dev.touchstone.generator.run.EditReference.FileReference;
import dev.touchstone.generator.run.EditReference.InputFiles;
import dev.touchstone.generator.run.Progress;
import dev.touchstone.generator.run.RunHeader.DataReference;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.IoReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The golden datasets of a project, for stages and for plans. */
public final class GoldenSets {

    private final Project project;
    private final Progress progress;

    public GoldenSets(Project project, Progress progress) {
        this.project = project;
        this.progress = progress;
    }

    /** A golden dataset; the built-in one is built on first use. */
    public GoldenDataset open(Release release) {
        try {
            return new GoldenLibrary(project.goldenDatasets())
                    .open(
                            release.id(),
                            release.version(),
                            (done, total) -> progress.report("golden", done, total, "building " + release));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a plan needs of a dataset: inputs of edits by name and digest. */
    EditInputs edits(GoldenDataset golden) {
        return new EditInputs() {
            @Override
            public DataReference dataset() {
                return new DataReference(
                        golden.header().id(),
                        golden.header().version(),
                        golden.header().digest());
            }

            @Override
            public Optional<EditInputs.Files> find(String pair, int widthPixels, int heightPixels) {
                return golden.editFiles(pair, widthPixels, heightPixels)
                        .map(files -> new EditInputs.Files(
                                reference(golden, files.input()), reference(golden, files.mask())));
            }
        };
    }

    private static FileReference reference(GoldenDataset golden, Path file) {
        String inside = golden.folder().relativize(file).toString().replace('\\', '/');
        return new FileReference(
                golden.header().id() + "/" + golden.header().version() + "/" + inside, golden.digest(file));
    }

    /** Reads the files that plans refer to. */
    InputFiles files() {
        return file -> {
            Path path = project.goldenDatasets().resolve(file.path());
            try {
                return Files.readAllBytes(path);
            } catch (IOException e) {
                throw new DataFileException(path + ": expected a readable file, found " + IoReason.of(e), e);
            }
        };
    }
}
