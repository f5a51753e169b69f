package dev.touchstone.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.weights.store.DigestPolicy;
import dev.touchstone.metrics.weights.store.ImportedWeights;
import dev.touchstone.metrics.weights.store.WeightsKind;
import dev.touchstone.metrics.weights.store.WeightsStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Published networks of metrics. */
@Command(
        name = "weights",
        mixinStandardHelpOptions = true,
        description = "Weights of published metric networks, imported from their files and checked by digest.",
        subcommands = {WeightsCommand.ListAll.class, WeightsCommand.Import.class})
final class WeightsCommand extends CommandGroup {

    /** Where imported weights are. */
    static final class Store {

        @Option(
                names = "--store",
                paramLabel = "DIR",
                description = "Folder of imported weights (default: $TOUCHSTONE_WEIGHTS, or .touchstone/weights in the"
                        + " home folder).")
        Path folder;

        WeightsStore open() {
            return folder == null ? WeightsStore.ofUser() : new WeightsStore(folder);
        }
    }

    private static ObjectNode json(ImportedWeights weights) {
        return Json.object()
                .put("kind", weights.kind().text())
                .put("sha256", weights.sha256())
                .put("published", weights.published())
                .put("file", weights.file().toString());
    }

    /** What is known and what is there. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "List known networks and imported weights.")
    static final class ListAll implements Callable<Integer> {

        @Mixin
        Store store;

        @Mixin
        CommonOptions common;

        @Override
        public Integer call() {
            List<ImportedWeights> imported = store.open().list();
            if (common.json) {
                ObjectNode answer = Json.object();
                ArrayNode list = answer.putArray("imported");
                imported.forEach(weights -> list.add(json(weights)));
                ArrayNode known = answer.putArray("known");
                for (WeightsKind kind : WeightsKind.values()) {
                    known.addObject().put("kind", kind.text()).put("publishedName", kind.publishedName());
                }
                System.out.println(Json.line(answer));
                return 0;
            }
            Table table = new Table().row("NETWORK", "STATE", "SHA-256", "PUBLISHED AS");
            for (WeightsKind kind : WeightsKind.values()) {
                List<ImportedWeights> own =
                        imported.stream().filter(w -> w.kind() == kind).toList();
                if (own.isEmpty()) {
                    table.row(kind.text(), "not imported", "", kind.publishedName());
                }
                own.forEach(w -> table.row(
                        kind.text(),
                        w.published() ? "imported" : "imported, digest unknown",
                        w.sha256().substring(0, 12),
                        kind.publishedName()));
            }
            System.out.println(table);
            return 0;
        }
    }

    /** Keeps weights of a file. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Check a published file and keep its weights.")
    static final class Import implements Callable<Integer> {

        @Parameters(paramLabel = "FILE", description = "The file as published: .pth, .pt or .safetensors.")
        Path file;

        @Option(
                names = "--allow-unknown-digest",
                description = "Take a file with the right tensors although nobody published its digest.")
        boolean allowUnknown;

        @Spec
        CommandSpec spec;

        @Mixin
        Store store;

        @Mixin
        CommonOptions common;

        @Override
        public Integer call() {
            Usage.require(
                    spec,
                    Files.isRegularFile(file),
                    file + ": expected a weight file, found "
                            + (Files.isDirectory(file) ? "a folder" : "nothing at this path"));
            ImportedWeights weights = store.open()
                    .importFile(file, allowUnknown ? DigestPolicy.ALLOW_UNKNOWN : DigestPolicy.PUBLISHED_ONLY);
            System.out.println(
                    common.json
                            ? Json.line(json(weights))
                            : "weights of " + weights.kind().text() + ": imported, SHA-256 " + weights.sha256()
                                    + (weights.published() ? "" : ", which nobody published"));
            return 0;
        }
    }
}
