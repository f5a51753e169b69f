package dev.touchstone.generator.prompt;

import dev.touchstone.generator.document.JsonLines;
import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problem;
import dev.touchstone.generator.document.Problems;
import dev.touchstone.generator.document.StrictSection;
import dev.touchstone.generator.document.StrictValue;
import dev.touchstone.generator.document.YamlDocument;
import dev.touchstone.metrics.file.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a released prompt pack, {@code <packs>/<id>/<version>/{pack.yaml, prompts.jsonl}}, strictly: every mistake of
 * both files is found in one reading, and a pack whose prompts were changed after its release is refused.
 */
public final class PromptPackReader {

    static final String PACK_FILE = "pack.yaml";
    static final String PROMPTS_FILE = "prompts.jsonl";

    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;
    private final Problems problems = new Problems();

    private PromptPackReader(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads a pack.
     *
     * @param packs folder of all packs
     * @throws PackException with every problem, also if there is no such pack
     */
    public static PromptPack read(Path packs, String id, int version) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("pack: expected an id " + ID.pattern() + ", found \"" + id + "\"");
        }
        Path folder = packs.resolve(id).resolve(Integer.toString(version));
        return new PromptPackReader(folder).read(id, version);
    }

    /**
     * Refuses packs that cannot be run together.
     *
     * @throws PackException if two prompts of the packs have one id
     */
    public static void requireUniqueIds(List<PromptPack> packs) {
        Problems problems = new Problems();
        Map<PromptId, PromptPack> first = new HashMap<>();
        for (PromptPack pack : packs) {
            for (Prompt prompt : pack.prompts()) {
                PromptPack other = first.putIfAbsent(prompt.id(), pack);
                if (other != null) {
                    problems.add(
                            Place.of("prompt pack " + pack.id() + "/" + pack.version()),
                            "",
                            "prompt ids that are unique in the run",
                            "\"" + prompt.id() + "\", which is also in " + other.id() + "/" + other.version());
                }
            }
        }
        problems.throwIfAny(PackException::new);
    }

    private PromptPack read(String id, int version) {
        if (!Files.isDirectory(folder)) {
            problems.add(Place.of(folder.toString()), "", "the folder of prompt pack " + id + "/" + version, "none");
            problems.throwIfAny(PackException::new);
        }
        Optional<PromptPack> header =
                YamlDocument.read(folder.resolve(PACK_FILE), problems).map(root -> header(root, id, version));
        List<Prompt> prompts = prompts();
        problems.throwIfAny(PackException::new);
        PromptPack pack = header.orElseThrow(() -> new IllegalStateException("pack: expected problems, found none"));
        return new PromptPack(id, version, pack.digest(), pack.title(), pack.licence(), pack.description(), prompts);
    }

    private PromptPack header(StrictSection root, String id, int version) {
        root.required("schema_version").integer(1, 1);
        root.required("id").choice(List.of(id));
        root.required("version").integer(version, version);
        String title = root.required("title").text().orElse("");
        String licence = root.required("licence").text().orElse("");
        String description = root.optional("description").text().orElse("");
        StrictValue digest = root.required("digest");
        Path prompts = folder.resolve(PROMPTS_FILE);
        Optional<String> stated = digest.text(DIGEST, "a SHA-256 of 64 lower-case hex digits");
        if (stated.isPresent() && Files.isRegularFile(prompts) && !stated.get().equals(digest(prompts))) {
            digest.problem(
                    digest(prompts) + ", the digest of " + PROMPTS_FILE,
                    "a released pack never changes: restore " + prompts + ", or make the change as version "
                            + (version + 1));
        }
        root.noOtherKeys();
        return new PromptPack(id, version, stated.orElse(""), title, licence, description, List.of());
    }

    private List<Prompt> prompts() {
        Path file = folder.resolve(PROMPTS_FILE);
        List<Prompt> prompts = new ArrayList<>();
        Map<PromptId, Integer> first = new HashMap<>();
        for (StrictSection line : JsonLines.read(file, problems)) {
            new PromptReader(line).read().ifPresent(prompt -> {
                Integer before = first.putIfAbsent(prompt.id(), line.place().line());
                if (before != null) {
                    problems.add(
                            line.place(),
                            "",
                            "a unique prompt id",
                            "\"" + prompt.id() + "\" again (first at line " + before + ")");
                }
                prompts.add(prompt);
            });
        }
        if (prompts.isEmpty() && problems.isEmpty()) {
            problems.add(new Problem(Place.of(file.toString()), "", "at least one prompt", "none", ""));
        }
        return prompts;
    }

    static String digest(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
