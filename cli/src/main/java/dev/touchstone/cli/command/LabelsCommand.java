package dev.touchstone.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.cli.exit.CommandException;
import dev.touchstone.cli.exit.ExitCode;
import dev.touchstone.eval.label.LabelCounts;
import dev.touchstone.eval.label.LabelStage;
import dev.touchstone.eval.label.LabelStore;
import dev.touchstone.eval.label.Labels;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What people say about pictures. */
@Command(
        name = "labels",
        mixinStandardHelpOptions = true,
        description = "What people say about the pictures of a run.",
        subcommands = {LabelsCommand.Import.class, LabelsCommand.Export.class, AgreementCommand.class})
final class LabelsCommand extends CommandGroup {

    /** The labels of a run that has some. */
    static Labels of(Path run) {
        return new LabelStore(RunFolder.open(run))
                .read()
                .orElseThrow(
                        () -> new CommandException(
                                ExitCode.INVALID_INPUT,
                                run
                                        + ": expected labels.jsonl, found none; add votes with 'touchstone labels import RUN FILE'"));
    }

    /** Merges votes into a run. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Add votes of .csv, .tsv or .jsonl files to a run; the same votes again change nothing.")
    static final class Import implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "RUN", description = "The run folder.")
        Path run;

        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "FILE",
                description = "Columns or keys: image_id, reviewer, question, value, ts.")
        List<Path> files;

        @Mixin
        CommonOptions common;

        @Override
        public Integer call() {
            LabelCounts counts = new LabelStage(RunFolder.open(run)).run(files).counts();
            if (common.json) {
                ObjectNode answer = Json.object()
                        .put("current", counts.current())
                        .put("superseded", counts.superseded())
                        .put("stale", counts.stale())
                        .put("matchedByFingerprint", counts.matchedByFingerprint())
                        .put("verdicts", counts.verdicts())
                        .put("ties", counts.ties());
                System.out.println(Json.line(answer));
                return 0;
            }
            System.out.println(new Table()
                    .row("current", number(counts.current()), "votes that count")
                    .row("superseded", number(counts.superseded()), "the same reviewer answered again later")
                    .row("stale", number(counts.stale()), "given to another picture than the run holds now")
                    .row(
                            "by fingerprint",
                            number(counts.matchedByFingerprint()),
                            "of the current: same within rounding")
                    .row("verdicts", number(counts.verdicts()), "answers of the majority")
                    .row("ties", number(counts.ties()), "no majority"));
            common.tell("'touchstone summarize " + run + "' counts them in.");
            return 0;
        }

        private static String number(int count) {
            return Integer.toString(count);
        }
    }

    /** Writes the current votes. */
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Write the votes that count as CSV, which can be imported wherever the same pictures are.")
    static final class Export implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "RUN", description = "The run folder.")
        Path run;

        @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "Default: standard output.")
        Path file;

        @Mixin
        CommonOptions common;

        @Override
        public Integer call() {
            Labels labels = of(run);
            if (file != null) {
                LabelStore.export(labels, file);
                common.tell(labels.counts().current() + " votes in " + file);
                return 0;
            }
            LabelStore.lines(labels).forEach(System.out::print);
            System.out.flush();
            return 0;
        }
    }
}
