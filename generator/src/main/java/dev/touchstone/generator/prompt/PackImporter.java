package dev.touchstone.generator.prompt;

import dev.touchstone.generator.document.JsonLines;
import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problem;
import dev.touchstone.generator.document.Problems;
import dev.touchstone.generator.document.StrictSection;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.file.TextFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes packs of published prompt lists. A prompt's id follows from its text alone, {@code <pack>-<10 hex digits>}, so
 * that a list that grew keeps the ids of what it had. Imported prompts ask for no attributes of the built-in world.
 */
public final class PackImporter {

    /** Largest list that is read. */
    private static final long MAX_BYTES = 64L << 20;

    private static final int ID_DIGITS = 10;

    private final Path file;
    private final PromptPack header;
    private final Function<String, PromptLabels> labels;
    private final Problems problems = new Problems();
    private final List<Prompt> prompts = new ArrayList<>();
    private final Map<String, Integer> first = new HashMap<>();

    private PackImporter(Path file, PromptPack header, Function<String, PromptLabels> labels) {
        this.file = file;
        this.header = header;
        this.labels = labels;
    }

    /** Forms of prompt lists. */
    public enum ListFormat {
        /** {@code PartiPrompts.tsv}: tab-separated, first line {@code Prompt, Category, Challenge, Note}. */
        PARTI_PROMPTS,
        /** GenEval's {@code evaluation_metadata.jsonl}; its tag is the category. */
        GENEVAL,
        /** One prompt per line; lines on which nothing can be seen are passed over; the category is {@code all}. */
        PLAIN_TEXT
    }

    /**
     * Imports a list as a new pack.
     *
     * @param header id, version, title, licence and description of the pack; its prompts and digest are not read
     * @param labels the labels for a category of the list, which is in lower case with {@code -} between words
     * @return the pack as written
     * @throws PackException with every problem of the list, or if that version of the pack exists; nothing is written
     * @throws IOException if the pack cannot be written; nothing is left behind
     */
    public static PromptPack importList(
            Path file, ListFormat format, Path packs, PromptPack header, Function<String, PromptLabels> labels)
            throws IOException {
        PackImporter importer = new PackImporter(file, header, labels);
        switch (format) {
            case PARTI_PROMPTS -> importer.partiPrompts();
            case GENEVAL -> importer.genEval();
            case PLAIN_TEXT -> importer.plainText();
        }
        if (importer.prompts.isEmpty() && importer.problems.isEmpty()) {
            importer.problems.add(Place.of(file.toString()), "", "at least one prompt", "none");
        }
        importer.problems.throwIfAny(PackException::new);
        return PromptPackWriter.write(
                packs,
                new PromptPack(
                        header.id(),
                        header.version(),
                        "",
                        header.title(),
                        header.licence(),
                        header.description(),
                        importer.prompts));
    }

    private void partiPrompts() throws IOException {
        PartiPromptsTable.rows(file.toString(), lines(), problems)
                .forEach(row -> add(row.line(), row.prompt(), row.category()));
    }

    private void genEval() {
        for (StrictSection line : JsonLines.read(file, problems)) {
            Optional<String> prompt = line.required("prompt").text();
            Optional<String> tag = line.required("tag").text();
            if (prompt.isPresent() && tag.isPresent()) {
                add(line.place().line(), prompt.get(), tag.get());
            }
        }
    }

    private void plainText() throws IOException {
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            if (!TextFile.isBlank(lines.get(i))) {
                add(i + 1, TextFile.strip(lines.get(i)), "all");
            }
        }
    }

    private List<String> lines() throws IOException {
        if (!Files.isRegularFile(file)) {
            problems.add(Place.of(file.toString()), "", "a readable file", "no such file");
            return List.of();
        }
        if (Files.size(file) > MAX_BYTES) {
            problems.add(Place.of(file.toString()), "", "at most " + MAX_BYTES + " bytes", Files.size(file) + " bytes");
            return List.of();
        }
        try {
            return TextFile.lines(file);
        } catch (CharacterCodingException e) {
            problems.add(Place.of(file.toString()), "", "text in UTF-8", TextFile.found(e));
            return List.of();
        }
    }

    private void add(int line, String text, String category) {
        Optional<String> wrong = PromptText.problem(text);
        if (wrong.isPresent()) {
            problems.add(new Problem(at(line), "", PromptText.expected(), "another", wrong.get()));
            return;
        }
        Integer before = first.putIfAbsent(text, line);
        if (before != null) {
            problems.add(at(line), "", "each prompt once", "the prompt of line " + before + " again");
            return;
        }
        String digest = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
        PromptLabels given = labels.apply(PromptLabels.slug(category));
        prompts.add(new Prompt(
                new PromptId(header.id() + "-" + digest.substring(0, ID_DIGITS)),
                text,
                "",
                given.byAxis(),
                given.rotation(),
                new TreeMap<>(),
                Optional.empty()));
    }

    private Place at(int line) {
        return new Place(file.toString(), line, 0);
    }
}
