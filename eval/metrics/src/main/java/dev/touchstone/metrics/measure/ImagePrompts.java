package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.file.TextFile;
import dev.touchstone.metrics.image.FileNames;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.weights.network.ClipTextFeatures;
import dev.touchstone.metrics.weights.network.ClipTokenizer;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prompts by the names of their images, from a text file of lines {@code name TAB prompt} in UTF-8. */
record ImagePrompts(Path file, Map<String, String> byName) {

    private static final int LISTED = 10;

    /**
     * Reads prompts.
     *
     * @throws MetricException if the file cannot be read, a line has no tab or no prompt, or a name comes twice; all lines are
     *     named
     */
    static ImagePrompts read(Path file) {
        List<String> lines;
        try {
            lines = TextFile.lines(file);
        } catch (CharacterCodingException e) {
            throw new MetricException(
                    file + ": expected a text file of prompts in UTF-8, found " + TextFile.found(e), e);
        } catch (IOException e) {
            throw new MetricException(file + ": expected a readable text file of prompts in UTF-8, found " + e, e);
        }
        Map<String, String> prompts = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int tab = line.indexOf('\t');
            if (TextFile.isBlank(line)) {
                continue;
            }
            if (tab < 1 || TextFile.isBlank(line.substring(tab))) {
                problems.add(file + ":" + (i + 1) + ": expected name, tab, prompt, found \"" + line + "\"");
            } else {
                String name = Normalizer.normalize(line.substring(0, tab), Normalizer.Form.NFC);
                if (prompts.putIfAbsent(name, line.substring(tab + 1)) != null) {
                    problems.add(file + ":" + (i + 1) + ": expected each name once, found \"" + name + "\" again");
                }
            }
        }
        refuse("prompts: expected a line for each image, found", problems);
        return new ImagePrompts(file, prompts);
    }

    /**
     * The prompts of images, in their order; further prompts do not count.
     *
     * @throws MetricException naming every image without a prompt
     */
    List<String> of(List<Path> images) {
        List<String> problems = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        for (Path image : images) {
            String name = FileNames.stem(image);
            if (byName.containsKey(name)) {
                wanted.add(byName.get(name));
            } else {
                problems.add(image + " has no line \"" + name + "\" in " + file);
            }
        }
        refuse("prompts: expected one for each image, found", problems);
        return wanted;
    }

    /** What a reader should know of prompts that CLIP does not read to their end; empty if there are none. */
    static Optional<String> cutOff(List<Path> images, List<String> prompts, ClipTextFeatures text) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            int tokens = text.tokens(prompts.get(i));
            if (tokens > ClipTokenizer.LENGTH) {
                names.add(FileNames.stem(images.get(i)) + " (" + tokens + ")");
            }
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String more = names.size() > LISTED ? " and " + (names.size() - LISTED) + " more" : "";
        return Optional.of((names.size() == 1 ? "1 prompt has" : names.size() + " prompts have") + " more than CLIP's "
                + ClipTokenizer.LENGTH + " tokens; what is behind them does not count: "
                + String.join(", ", names.subList(0, Math.min(LISTED, names.size()))) + more);
    }

    private static void refuse(String expected, List<String> problems) {
        if (!problems.isEmpty()) {
            String more = problems.size() > LISTED ? "\n  and " + (problems.size() - LISTED) + " more" : "";
            throw new MetricException(expected + "\n  "
                    + String.join("\n  ", problems.subList(0, Math.min(LISTED, problems.size()))) + more);
        }
    }
}
