package dev.touchstone.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.cli.exit.CommandException;
import dev.touchstone.cli.exit.ExitCode;
import dev.touchstone.cli.pipeline.Comparisons;
import dev.touchstone.cli.pipeline.Project;
import dev.touchstone.eval.compare.Baseline;
import dev.touchstone.eval.compare.BaselineException;
import dev.touchstone.eval.compare.BaselineStore;
import dev.touchstone.eval.compare.BaselineStore.Sources;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs that were pinned as what went before. */
@Command(
        name = "baseline",
        mixinStandardHelpOptions = true,
        description = "Pinned runs that candidates are compared with.",
        subcommands = {BaselineCommand.Pin.class, BaselineCommand.ListAll.class, BaselineCommand.Check.class})
final class BaselineCommand extends CommandGroup {

    private static BaselineStore store() {
        return new Comparisons(Project.here()).baselines();
    }

    private static ObjectNode json(Baseline baseline) {
        return Json.object()
                .put("name", baseline.name())
                .put("runId", baseline.run().value())
                .put("folder", baseline.folder().toString())
                .put("content", baseline.content())
                .put("prompts", baseline.prompts())
                .put("images", baseline.images())
                .put("pinnedAt", baseline.pinnedAt().toString());
    }

    /** Makes a run a baseline. */
    @Command(
            name = "pin",
            mixinStandardHelpOptions = true,
            description = "Pin a complete and clean run under a name. A name that is taken moves to this run.")
    static final class Pin implements Callable<Integer> {

        @Parameters(paramLabel = "RUN", description = "The run folder.")
        Path run;

        @Option(names = "--name", paramLabel = "NAME", required = true, description = "Such as prod.")
        String name;

        @Option(names = "--dirty", description = "Also if the sources differed from their commit.")
        boolean dirty;

        @Mixin
        CommonOptions common;

        @Override
        public Integer call() {
            try {
                Baseline pinned = store().pin(
                                RunFolder.open(run),
                                name,
                                dirty ? Sources.DIRTY_TOO : Sources.CLEAN_ONLY,
                                Instant.now().truncatedTo(ChronoUnit.SECONDS));
                System.out.println(
                        common.json
                                ? Json.line(json(pinned))
                                : "baseline: " + name + " is " + pinned.run() + ", content "
                                        + pinned.content().substring(0, 12));
                return 0;
            } catch (BaselineException e) {
                throw new CommandException(ExitCode.INVALID_INPUT, e.getMessage());
            }
        }
    }

    /** Which there are. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "The baselines of this project.")
    static final class ListAll implements Callable<Integer> {

        @Mixin
        CommonOptions common;

        @Override
        public Integer call() {
            List<Baseline> all = store().list();
            if (common.json) {
                ArrayNode list = Json.object().putArray("baselines");
                all.forEach(baseline -> list.add(json(baseline)));
                System.out.println(Json.line(Json.object().set("baselines", list)));
            } else if (all.isEmpty()) {
                common.tell("no baselines; `touchstone baseline pin RUN --name NAME` makes one");
            } else {
                Table table = new Table().row("name", "run", "prompts", "images", "pinned", "content");
                all.forEach(baseline -> table.row(
                        baseline.name(),
                        baseline.run().value(),
                        Integer.toString(baseline.prompts()),
                        Integer.toString(baseline.images()),
                        baseline.pinnedAt().toString(),
                        baseline.content().substring(0, 12)));
                System.out.println(table);
            }
            return 0;
        }
    }

    /** Whether they still are what they were. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description =
                    "Check that baselines are what was pinned, every picture included; ends with 12 if one is not.")
    static final class Check implements Callable<Integer> {

        @Parameters(arity = "0..*", paramLabel = "NAME", description = "Which (default: all).")
        List<String> names = new ArrayList<>();

        @Mixin
        CommonOptions common;

        @Override
        public Integer call() {
            BaselineStore store = store();
            List<Baseline> wanted = names.isEmpty()
                    ? store.list()
                    : names.stream().map(store::find).toList();
            ArrayNode list = Json.object().putArray("baselines");
            boolean sound = true;
            for (Baseline baseline : wanted) {
                List<String> problems = store.check(baseline);
                sound &= problems.isEmpty();
                ObjectNode one = list.addObject().put("name", baseline.name()).put("sound", problems.isEmpty());
                problems.forEach(one.putArray("problems")::add);
                if (!common.json) {
                    System.out.println(baseline.name() + ": "
                            + (problems.isEmpty() ? "as it was pinned" : String.join("\n  ", problems)));
                }
            }
            if (common.json) {
                System.out.println(Json.line(Json.object().set("baselines", list)));
            }
            return sound ? ExitCode.DONE.status() : ExitCode.NOT_COMPARABLE.status();
        }
    }
}
