package dev.touchstone.generator.prompt;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problem;
import dev.touchstone.metrics.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Releases prompt packs: writes a version's folder once, whole. */
public final class PromptPackWriter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PromptPackWriter() {}

    /**
     * Writes a pack and reads it back. Its digest is taken from what is written, whatever the argument says.
     *
     * @param packs folder of all packs
     * @return the pack as written
     * @throws PackException if that version exists already, or if the pack is not one that can be read; then nothing is
     *     left behind
     * @throws IOException if the folder cannot be written; then nothing is left behind
     */
    public static PromptPack write(Path packs, PromptPack pack) throws IOException {
        Path target = packs.resolve(pack.id()).resolve(Integer.toString(pack.version()));
        if (Files.exists(target)) {
            throw new PackException(List.of(new Problem(
                    Place.of(target.toString()),
                    "",
                    "a version that is not released yet",
                    "this one",
                    "a released pack never changes: use version " + (pack.version() + 1))));
        }
        Files.createDirectories(packs);
        Path staging = Files.createTempDirectory(packs, ".import-");
        try {
            Path folder = staging.resolve(pack.id()).resolve(Integer.toString(pack.version()));
            Files.createDirectories(folder);
            byte[] prompts = lines(pack.prompts());
            Files.write(folder.resolve(PromptPackReader.PROMPTS_FILE), prompts);
            Files.writeString(folder.resolve(PromptPackReader.PACK_FILE), header(pack, Sha256.of(prompts)));
            PromptPack written = PromptPackReader.read(staging, pack.id(), pack.version());
            Files.createDirectories(target.getParent());
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
            return written;
        } finally {
            delete(staging);
        }
    }

    private static String header(PromptPack pack, String digest) throws IOException {
        return "schema_version: 1\nid: " + JSON.writeValueAsString(pack.id())
                + "\nversion: " + pack.version()
                + "\ntitle: " + JSON.writeValueAsString(pack.title())
                + "\nlicence: " + JSON.writeValueAsString(pack.licence())
                + "\ndescription: " + JSON.writeValueAsString(pack.description())
                + "\n# SHA-256 of prompts.jsonl. A released pack never changes: a changed pack is the next version.\ndigest: "
                + JSON.writeValueAsString(digest) + "\n";
    }

    private static byte[] lines(List<Prompt> prompts) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Prompt prompt : prompts) {
            ObjectNode line = JSON.createObjectNode();
            line.put("id", prompt.id().value());
            line.put("text", prompt.text());
            if (!prompt.negative().isEmpty()) {
                line.put("negative", prompt.negative());
            }
            prompt.labels().forEach((axis, label) -> line.put(axis.id(), label));
            line.put("rotation", prompt.rotation().name().toLowerCase(Locale.ROOT));
            if (!prompt.asks().isEmpty()) {
                ObjectNode asks = line.putObject("asks");
                prompt.asks().forEach((attribute, choice) -> asks.put(attribute.id(), choice));
            }
            prompt.edit()
                    .ifPresent(edit -> line.putObject("edit")
                            .put("mode", edit.mode().name().toLowerCase(Locale.ROOT))
                            .put("pair", edit.pair())
                            .put("instruction", edit.instruction()));
            lines.append(JSON.writeValueAsString(line)).append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
