package dev.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.generator.scene.SceneRenderer;
import dev.touchstone.generator.scene.SceneSampler;
import dev.touchstone.generator.scene.Split;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What README.md tells people to type is understood, and what it links to is there. */
class ReadmeTest {

    private static final Path HOME = Path.of(System.getProperty("touchstone.home"));
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");
    private static final Pattern WORDS = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir
    Path folder;

    @Test
    void everyCommandIsUnderstood() throws IOException {
        List<String> commands = commands();
        assertThat(commands).hasSizeGreaterThan(5);
        for (String command : commands) {
            List<String> arguments = words(command.substring("./touchstone ".length()));
            // Parsed as the program parses it: an option or a command that is not there throws.
            CommandLine.ParseResult parsed = Main.commandLine().parseArgs(arguments.toArray(String[]::new));
            assertThat(parsed.hasSubcommand()).as(command).isTrue();
        }
    }

    @Test
    void ownPromptsAndPicturesAreTakenAsPasted() throws IOException {
        Files.writeString(folder.resolve("prompts.txt"), "a red star\na blue boat\n");
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        for (int i = 0; i < 4; i++) {
            RgbImage drawn = RgbImage.of(
                    SceneRenderer.render(SceneSampler.sample(3, Split.GOLDEN, Workflow.values()[0], i), 64, 64));
            PngFile.write(pictures.resolve(i + ".png"), drawn);
        }
        for (String command : commands()) {
            if (command.contains("packs import") || command.contains("golden add")) {
                List<String> arguments = new ArrayList<>(words(command.substring("./touchstone ".length())));
                arguments.replaceAll(word -> word.equals("prompts.txt") || word.equals("pictures")
                        ? folder.resolve(word).toString()
                        : word);
                arguments.addAll(List.of("--library", folder.resolve("library").toString(), "--quiet"));
                assertThat(Main.run(arguments.toArray(String[]::new)))
                        .as(command)
                        .isZero();
            }
        }
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        try (Stream<Path> pages = Files.walk(HOME.resolve("docs"))) {
            List<Path> all = new ArrayList<>(
                    pages.filter(page -> page.toString().endsWith(".md")).toList());
            all.add(HOME.resolve("README.md"));
            for (Path page : all) {
                Matcher links = LINK.matcher(Files.readString(page));
                while (links.find()) {
                    String target = links.group(1);
                    if (!target.startsWith("http") && !Files.exists(page.resolveSibling(target))) {
                        dead.add(HOME.relativize(page) + " -> " + target);
                    }
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    private static List<String> commands() throws IOException {
        return Files.readAllLines(HOME.resolve("README.md")).stream()
                .filter(line -> line.startsWith("./touchstone "))
                .toList();
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORDS.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return words;
    }
}
