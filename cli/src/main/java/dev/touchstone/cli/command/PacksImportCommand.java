package dev.touchstone.cli.command;

import dev.touchstone.generator.prompt.PackImporter;
import dev.touchstone.generator.prompt.PackImporter.ListFormat;
import dev.touchstone.generator.prompt.Prompt.Rotation;
import dev.touchstone.generator.prompt.PromptLabels;
import dev.touchstone.generator.prompt.PromptPack;
import dev.touchstone.generator.prompt.ResolutionClass;
import dev.touchstone.generator.prompt.UserType;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.file.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A pack of a published list. */
@Command(
        name = "import",
        description = "Make a prompt pack of a list of prompts: PartiPrompts.tsv, GenEval's"
                + " evaluation_metadata.jsonl, or one prompt per line.")
final class PacksImportCommand implements Callable<Integer> {

    /** Names of the forms. */
    enum Format {
        PARTIPROMPTS(ListFormat.PARTI_PROMPTS),
        GENEVAL(ListFormat.GENEVAL),
        PLAIN(ListFormat.PLAIN_TEXT);

        private final ListFormat form;

        Format(ListFormat form) {
            this.form = form;
        }

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "FILE", description = "The list.")
    Path file;

    @Option(names = "--format", required = true, description = "Its form: ${COMPLETION-CANDIDATES}.")
    Format format;

    @Option(names = "--id", required = true, paramLabel = "ID", description = "Name of the pack: [a-z0-9-]{1,40}.")
    String id;

    @Mixin
    ReleaseOptions release;

    @Option(
            names = "--licence",
            paramLabel = "SPDX",
            defaultValue = "NOASSERTION",
            description = "Licence of the prompts (default: ${DEFAULT-VALUE}).")
    String licence;

    @Option(
            names = "--workflow",
            paramLabel = "NAME",
            defaultValue = "failure-probes",
            converter = WorkflowConverter.class,
            description = "Workflow of the prompts; their style family is the list's category (default:"
                    + " ${DEFAULT-VALUE}).")
    Workflow workflow;

    @Mixin
    PacksCommand.Library library;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        release.check(id);
        PromptPack header = new PromptPack(
                id,
                release.version,
                "",
                release.title(id),
                licence,
                "Imported from " + file.getFileName() + " (" + format + ").",
                List.of());
        PromptPack pack = PackImporter.importList(
                file,
                format.form,
                library.folder(),
                header,
                category -> new PromptLabels(
                        workflow, category, ResolutionClass.SQUARE_64, UserType.CREATOR, Rotation.STABLE));
        System.out.println(
                common.json
                        ? Json.line(PacksCommand.json(pack))
                        : "prompt pack " + id + "/" + release.version + ": "
                                + pack.prompts().size() + " prompts, digest " + pack.digest());
        return 0;
    }
}
