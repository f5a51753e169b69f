package dev.touchstone.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.cli.exit.ExitCode;
import dev.touchstone.cli.pipeline.Project;
import dev.touchstone.generator.document.NearestName;
import dev.touchstone.generator.document.Problem;
import dev.touchstone.generator.manifest.Release;
import dev.touchstone.generator.prompt.PackException;
import dev.touchstone.generator.prompt.PromptPack;
import dev.touchstone.generator.prompt.PromptPackReader;
import dev.touchstone.metrics.file.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The prompts that models are asked. */
@Command(
        name = "packs",
        mixinStandardHelpOptions = true,
        description = "Prompt packs: released sets of prompts.",
        subcommands = {PacksCommand.ListAll.class, PacksCommand.Validate.class, PacksImportCommand.class})
final class PacksCommand extends CommandGroup {

    /** Where the packs are. */
    static final class Library {

        @Option(
                names = "--library",
                paramLabel = "DIR",
                description = "Folder of prompt packs (default: prompt-packs of the checkout).")
        Path folder;

        Path folder() {
            return folder == null ? Project.here().packs() : folder;
        }
    }

    /** The releases in a folder of packs, by id and version. */
    static List<Release> releases(Path packs) throws IOException {
        List<Release> releases = new ArrayList<>();
        for (Path id : folders(packs)) {
            for (Path version : folders(id)) {
                if (version.getFileName().toString().matches("[1-9][0-9]{0,8}")) {
                    releases.add(new Release(
                            id.getFileName().toString(),
                            Integer.parseInt(version.getFileName().toString())));
                }
            }
        }
        return releases.stream().sorted().toList();
    }

    private static List<Path> folders(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        }
    }

    static ObjectNode json(PromptPack pack) {
        return Json.object()
                .put("id", pack.id())
                .put("version", pack.version())
                .put("prompts", pack.prompts().size())
                .put("title", pack.title())
                .put("licence", pack.licence())
                .put("digest", pack.digest());
    }

    /** All packs. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "List the prompt packs that are here.")
    static final class ListAll implements Callable<Integer> {

        @Mixin
        Library library;

        @Mixin
        CommonOptions common;

        @Override
        public Integer call() throws IOException {
            List<PromptPack> packs = new ArrayList<>();
            for (Release release : releases(library.folder())) {
                packs.add(PromptPackReader.read(library.folder(), release.id(), release.version()));
            }
            if (common.json) {
                ObjectNode answer = Json.object();
                ArrayNode list = answer.putArray("packs");
                packs.forEach(pack -> list.add(json(pack)));
                System.out.println(Json.line(answer));
            } else if (packs.isEmpty()) {
                common.tell("no prompt pack in " + library.folder());
            } else {
                Table table = new Table().row("PACK", "PROMPTS", "LICENCE", "TITLE");
                packs.forEach(pack -> table.row(
                        pack.id() + "/" + pack.version(),
                        Integer.toString(pack.prompts().size()),
                        pack.licence(),
                        pack.title()));
                System.out.println(table);
            }
            return 0;
        }
    }

    /** Whether packs can be used. */
    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            description = "Read packs strictly and list every problem.")
    static final class Validate implements Callable<Integer> {

        private static final String ALL = "all";

        @Parameters(
                paramLabel = "ID/VERSION",
                arity = "0..1",
                defaultValue = ALL,
                description = "Which pack, or all (default: ${DEFAULT-VALUE}).")
        String which;

        @Spec
        CommandSpec spec;

        @Mixin
        Library library;

        @Mixin
        CommonOptions common;

        @Override
        public Integer call() throws IOException {
            List<Release> all = releases(library.folder());
            Usage.require(spec, !all.isEmpty(), library.folder() + ": expected prompt packs, found none");
            List<Release> wanted = all;
            if (!which.equals(ALL)) {
                List<String> names = all.stream().map(Release::toString).toList();
                Usage.require(
                        spec,
                        names.contains(which),
                        library.folder() + ": expected all or one of " + String.join(", ", names) + ", found \"" + which
                                + "\"" + hint(names));
                wanted = List.of(new ReleaseConverter().convert(which));
            }
            List<Problem> problems = new ArrayList<>();
            int prompts = 0;
            for (Release release : wanted) {
                try {
                    prompts += PromptPackReader.read(library.folder(), release.id(), release.version())
                            .prompts()
                            .size();
                } catch (PackException e) {
                    problems.addAll(e.problems());
                }
            }
            if (common.json) {
                ObjectNode answer =
                        Json.object().put("valid", problems.isEmpty()).put("prompts", prompts);
                ArrayNode names = answer.putArray("packs");
                wanted.forEach(release -> names.add(release.toString()));
                ArrayNode list = answer.putArray("problems");
                problems.forEach(problem -> list.add(problem.toString()));
                System.out.println(Json.line(answer));
            } else if (problems.isEmpty()) {
                System.out.println(
                        wanted.size() + (wanted.size() == 1 ? " pack, " : " packs, ") + prompts + " prompts: valid");
            } else {
                problems.forEach(problem -> System.err.println(problem));
            }
            return problems.isEmpty() ? ExitCode.DONE.status() : ExitCode.INVALID_INPUT.status();
        }

        private String hint(List<String> names) {
            String hint = NearestName.hint(which, names);
            return hint.isEmpty() ? "" : "; " + hint;
        }
    }
}
