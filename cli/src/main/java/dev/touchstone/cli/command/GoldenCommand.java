package dev.touchstone.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.cli.exit.CommandException;
import dev.touchstone.cli.exit.ExitCode;
import dev.touchstone.cli.pipeline.Project;
import dev.touchstone.cli.terminal.ProgressBar;
import dev.touchstone.eval.golden.DatasetHeader;
import dev.touchstone.eval.golden.GoldenDataset;
import dev.touchstone.eval.golden.GoldenLibrary;
import dev.touchstone.eval.golden.GoldenLibrary.Listed;
import dev.touchstone.eval.golden.GoldenLibrary.State;
import dev.touchstone.eval.golden.GoldenProgress;
import dev.touchstone.eval.golden.GoldenVerifier;
import dev.touchstone.generator.document.Problem;
import dev.touchstone.generator.manifest.Release;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.image.ImageFolder.LeftOut;
import dev.touchstone.metrics.measure.MeasurementJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The datasets that runs are compared with. */
@Command(
        name = "golden",
        mixinStandardHelpOptions = true,
        description = "Golden datasets: the pictures that a model's pictures are compared with.",
        subcommands = {
            GoldenCommand.ListAll.class,
            GoldenCommand.Build.class,
            GoldenAddCommand.class,
            GoldenCommand.Verify.class
        })
final class GoldenCommand extends CommandGroup {

    /** Where the datasets are. */
    static final class Library {

        @Option(
                names = "--library",
                paramLabel = "DIR",
                description = "Folder of golden datasets (default: golden-datasets of the checkout).")
        Path folder;

        GoldenLibrary open() {
            return new GoldenLibrary(folder());
        }

        Path folder() {
            return folder == null ? Project.here().goldenDatasets() : folder;
        }

        /** The folder of a dataset whose files are there. */
        Path built(Release release) throws IOException {
            Path dataset = open().folder(release.id(), release.version());
            if (!GoldenDataset.isBuilt(dataset)) {
                boolean described = open().list().stream()
                        .anyMatch(listed -> listed.header().release().equals(release.toString()));
                String names = open().list().stream()
                        .map(listed -> listed.header().release())
                        .collect(Collectors.joining(", "));
                throw new CommandException(
                        ExitCode.INVALID_INPUT,
                        described
                                ? dataset + ": expected a dataset that is built, found only its description; run"
                                        + " 'touchstone golden build'"
                                : folder() + ": expected a golden dataset " + release + ", found "
                                        + (names.isEmpty() ? "none" : "only " + names));
            }
            return dataset;
        }
    }

    static GoldenProgress shown(ProgressBar progress, String note) {
        return (done, total) -> progress.report("golden", done, total, note);
    }

    static void print(GoldenDataset dataset, List<LeftOut> leftOut, CommonOptions common) {
        DatasetHeader header = dataset.header();
        leftOut.forEach(left -> System.err.println("touchstone: " + left.sentence()));
        if (common.json) {
            ObjectNode answer =
                    json(header, State.BUILT).put("folder", dataset.folder().toString());
            if (!leftOut.isEmpty()) {
                answer.set("leftOut", MeasurementJson.leftOut(leftOut));
            }
            System.out.println(Json.line(answer));
        } else {
            System.out.println("golden dataset " + header.release() + ": " + header.images() + " images, digest "
                    + header.digest() + "\nfolder: " + dataset.folder());
        }
    }

    private static ObjectNode json(DatasetHeader header, State state) {
        return Json.object()
                .put("id", header.id())
                .put("version", header.version())
                .put("state", text(state))
                .put("images", header.images())
                .put("title", header.title())
                .put("licence", header.licence())
                .put("source", header.source())
                .put("size", header.preprocessing().size())
                .put("digest", header.digest());
    }

    private static String text(State state) {
        return state == State.BUILT ? "built" : "not-built";
    }

    /** All datasets. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "List the golden datasets that are here.")
    static final class ListAll implements Callable<Integer> {

        @Mixin
        Library library;

        @Mixin
        CommonOptions common;

        @Override
        public Integer call() throws IOException {
            List<Listed> all = library.open().list();
            if (common.json) {
                ObjectNode answer = Json.object();
                ArrayNode datasets = answer.putArray("datasets");
                all.forEach(listed -> datasets.add(json(listed.header(), listed.state())));
                System.out.println(Json.line(answer));
            } else if (all.isEmpty()) {
                common.tell(
                        "no golden dataset in " + library.folder() + "; add one with 'touchstone golden add FOLDER'");
            } else {
                Table table = new Table().row("DATASET", "STATE", "IMAGES", "SIZE", "LICENCE", "TITLE");
                all.forEach(listed -> table.row(
                        listed.header().release(),
                        text(listed.state()),
                        Integer.toString(listed.header().images()),
                        listed.header().preprocessing().size(),
                        listed.header().licence(),
                        listed.header().title()));
                System.out.println(table);
            }
            return 0;
        }
    }

    /** The built-in dataset. */
    @Command(
            name = "build",
            mixinStandardHelpOptions = true,
            description = "Build the built-in dataset, or check that a dataset is there and readable.")
    static final class Build implements Callable<Integer> {

        @Parameters(
                paramLabel = "ID/VERSION",
                arity = "0..1",
                defaultValue = "builtin/1",
                converter = ReleaseConverter.class,
                description = "Which dataset (default: ${DEFAULT-VALUE}).")
        Release release;

        @Mixin
        Library library;

        @Mixin
        CommonOptions common;

        @Override
        public Integer call() throws IOException {
            try (ProgressBar progress = common.progress()) {
                GoldenDataset dataset =
                        library.open().open(release.id(), release.version(), shown(progress, "building " + release));
                progress.finish();
                print(dataset, List.of(), common);
            }
            return 0;
        }
    }

    /** Whether a dataset is what was released. */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Read every file of a dataset and list what is missing, changed or extra.")
    static final class Verify implements Callable<Integer> {

        @Parameters(
                paramLabel = "ID/VERSION",
                arity = "0..1",
                defaultValue = "builtin/1",
                converter = ReleaseConverter.class,
                description = "Which dataset (default: ${DEFAULT-VALUE}).")
        Release release;

        @Mixin
        Library library;

        @Mixin
        CommonOptions common;

        @Override
        public Integer call() throws IOException {
            Path dataset = library.built(release);
            List<Problem> problems;
            try (ProgressBar progress = common.progress()) {
                problems = GoldenVerifier.verify(dataset, shown(progress, "verifying " + release));
            }
            if (common.json) {
                ObjectNode answer =
                        Json.object().put("dataset", release.toString()).put("valid", problems.isEmpty());
                ArrayNode list = answer.putArray("problems");
                problems.forEach(problem -> list.add(problem.toString()));
                System.out.println(Json.line(answer));
            } else if (problems.isEmpty()) {
                System.out.println("golden dataset " + release + ": every file is what was released");
            } else {
                problems.forEach(problem -> System.err.println(problem));
                System.err.println("touchstone: golden dataset " + release + ": " + problems.size()
                        + (problems.size() == 1 ? " problem" : " problems"));
            }
            return problems.isEmpty() ? ExitCode.DONE.status() : ExitCode.INVALID_INPUT.status();
        }
    }
}
