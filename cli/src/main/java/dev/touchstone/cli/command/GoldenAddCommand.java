package dev.touchstone.cli.command;

import dev.touchstone.cli.terminal.ProgressBar;
import dev.touchstone.eval.golden.GoldenImporter;
import dev.touchstone.eval.golden.ImportSettings;
import dev.touchstone.eval.golden.ImportSettings.Sizing;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.image.ResampleFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A dataset of a user's images. */
@Command(name = "add", mixinStandardHelpOptions = true, description = "Make a golden dataset of a folder of images.")
final class GoldenAddCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FOLDER", description = "Images; read with its subfolders.")
    Path images;

    @Option(names = "--id", required = true, paramLabel = "ID", description = "Name of the dataset: [a-z0-9-]{1,40}.")
    String id;

    @Mixin
    ReleaseOptions release;

    @Option(names = "--licence", required = true, paramLabel = "TEXT", description = "How the images may be used.")
    String licence;

    @Option(names = "--source", required = true, paramLabel = "TEXT", description = "Where they come from.")
    String source;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = Size.Converter.class,
            description = "Resize every image (default: keep sizes).")
    Size size;

    @Option(
            names = "--filter",
            defaultValue = "bicubic",
            description = "How to resize: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    ResampleFilter filter;

    @Option(
            names = "--workflow",
            paramLabel = "NAME",
            defaultValue = "portrait-realism",
            converter = WorkflowConverter.class,
            description = "Of images that lie in no folder named after a workflow (default: ${DEFAULT-VALUE}).")
    Workflow workflow;

    @Spec
    CommandSpec spec;

    @Mixin
    GoldenCommand.Library library;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        release.check(id);
        Usage.require(
                spec,
                Files.isDirectory(images),
                images + ": expected a folder of images, found "
                        + (Files.exists(images) ? "a file" : "nothing at this path"));
        Sizing sizing = size == null
                ? new Sizing.Original()
                : new Sizing.Resized(size.widthPixels(), size.heightPixels(), filter);
        ImportSettings settings =
                new ImportSettings(id, release.version, release.title(id), licence, source, sizing, workflow);
        try (ProgressBar progress = common.progress()) {
            GoldenImporter.Imported imported = GoldenImporter.add(
                    images, library.open(), settings, GoldenCommand.shown(progress, "reading " + images));
            progress.finish();
            GoldenCommand.print(imported.dataset(), imported.leftOut(), common);
        }
        return 0;
    }
}
