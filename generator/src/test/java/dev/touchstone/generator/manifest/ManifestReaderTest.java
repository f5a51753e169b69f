package dev.touchstone.generator.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.touchstone.generator.backend.BackendProviders;
import dev.touchstone.generator.manifest.GenerationSettings.Upsampling;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.ResolutionClass;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestReaderTest {

    private static final List<String> METRICS =
            List.of("fid", "kid", "lpips-target", "lpips-reference", "lpips-diversity", "adherence");

    static final Path HOME = Path.of(System.getProperty("touchstone.home"));
    static final Vocabulary VOCABULARY = new Vocabulary(
            BackendProviders.installed(),
            METRICS,
            List.of("portrait-realism/1", "stylised-art/1"),
            List.of("builtin/1", "builtin/2"));

    static final String MINIMAL = """
            schema_version: 1
            name: small
            model: {id: pebble, version: 1}
            generation:
              sampler: euler
              steps: 4
              guidance: 2.5
              seed: 7
              images_per_prompt: 1
            hardware: {class: cpu, price_per_hour: 0.1, currency: USD}
            prompt_packs: [portrait-realism/1]
            metrics: [fid]
            cohorts: {axes: [workflow]}
            """;

    @TempDir
    Path project;

    private Path file;

    @BeforeEach
    void folders() throws IOException {
        Files.createDirectories(project.resolve("eval/manifests"));
        file = project.resolve("eval/manifests/m.yaml");
    }

    private RunManifest read(String text) throws IOException {
        Files.writeString(file, text);
        return ManifestReader.read(file, project, VOCABULARY);
    }

    private List<String> problems(String text) throws IOException {
        Files.writeString(file, text);
        ManifestException thrown =
                catchThrowableOfType(ManifestException.class, () -> ManifestReader.read(file, project, VOCABULARY));
        assertThat(thrown).as(text).isNotNull();
        return thrown.problems().stream()
                .map(problem -> problem.toString().replace(file.toString(), "m.yaml"))
                .toList();
    }

    @Test
    void theQuickstartIsReadWhole() {
        RunManifest manifest = ManifestReader.read(HOME.resolve("eval/manifests/quickstart.yaml"));

        assertThat(manifest.name()).isEqualTo("quickstart");
        assertThat(manifest.target().model().id()).isEqualTo("pebble");
        assertThat(manifest.target().serving().container()).isEqualTo("none");
        assertThat(manifest.generation().sampling().sampler()).contains("heun");
        assertThat(manifest.generation().sampling().guidance()).hasValue(2.5);
        assertThat(manifest.generation().seeds().seed()).isEqualTo(20260101);
        assertThat(manifest.generation().volume().imagesPerPrompt()).isEqualTo(2);
        assertThat(manifest.generation().resolution().heightPixels(ResolutionClass.SOCIAL_64X80))
                .isEqualTo(80);
        assertThat(manifest.hardware().pricePerHour()).isEqualByComparingTo("0.096");
        assertThat(manifest.data().promptPacks())
                .extracting(Release::toString)
                .containsExactly(
                        "portrait-realism/1",
                        "stylised-art/1",
                        "marketing-assets/1",
                        "edit-workflows/1",
                        "failure-probes/1");
        assertThat(manifest.data().labels())
                .containsExactly(
                        HOME.resolve("eval/manifests/quickstart-labels.csv").toAbsolutePath());
        assertThat(manifest.evaluation().metrics()).containsExactlyElementsOf(METRICS);
        assertThat(manifest.evaluation().cohorts().axes()).containsExactly(CohortAxis.values());
        assertThat(manifest.evaluation().gate()).isEqualTo(new RunManifest.GatePolicy.None());
    }

    @Test
    void whatIsLeftOutHasItsDefault() throws IOException {
        RunManifest manifest = read(MINIMAL);

        assertThat(manifest.title().description()).isEmpty();
        assertThat(manifest.target().serving()).isEqualTo(new RunManifest.Serving("in-process", "none", "workspace"));
        assertThat(manifest.generation().resolution()).isEqualTo(new Resolution.ByClass());
        assertThat(manifest.generation().volume()).isEqualTo(new GenerationSettings.Volume(1, 1, 1, 1));
        assertThat(manifest.generation().execution())
                .isEqualTo(new GenerationSettings.Execution(
                        GenerationSettings.Precision.FP32, GenerationSettings.RuntimeChoice.AUTO));
        assertThat(manifest.generation().prompting()).isEqualTo(new GenerationSettings.Prompting("", Upsampling.OFF));
        assertThat(manifest.generation().editStrength()).isEqualTo(1.0);
        assertThat(manifest.fees().pricePerImage()).isEqualTo(BigDecimal.ZERO);
        assertThat(manifest.data().golden()).isEqualTo(new Release("builtin", 1));
        assertThat(manifest.data().labels()).isEmpty();
        assertThat(manifest.evaluation().cohorts().crosses()).isEmpty();
        assertThat(manifest.report().formats()).containsExactly(RunManifest.ReportFormat.HTML);
    }

    @Test
    void everythingThatMayBeSaidIsRead() throws IOException {
        RunManifest manifest = read(MINIMAL.replace("  steps: 4\n", """
                          steps: 4
                          resolution: 64x128
                          best_of: 4
                          batch_size: 8
                          warmup_requests: 0
                          prompt_upsampling: on
                          edit_strength: 0.75
                          precision: int8
                          runtime: nd4j
                          negative_prompt: "blurred, grey"
                        """)
                + """
                fees: {price_per_image: 0.04}
                golden: builtin/2
                labels: [../../votes.csv, more/votes.jsonl]
                gate: {policy: ../policies/strict.yaml}
                """
                + "serving: {container: 'pebble:1.2', commit: \"0123456\"}\n");

        assertThat(manifest.generation().resolution()).hasToString("64x128");
        assertThat(manifest.generation().resolution().widthPixels(ResolutionClass.SQUARE_96))
                .isEqualTo(64);
        assertThat(manifest.generation().volume()).isEqualTo(new GenerationSettings.Volume(1, 4, 8, 0));
        assertThat(manifest.generation().prompting())
                .isEqualTo(new GenerationSettings.Prompting("blurred, grey", Upsampling.ON));
        assertThat(manifest.generation().editStrength()).isEqualTo(0.75);
        assertThat(manifest.fees().pricePerImage()).isEqualByComparingTo("0.04");
        assertThat(manifest.data().golden().version()).isEqualTo(2);
        assertThat(manifest.data().labels())
                .containsExactly(project.resolve("votes.csv"), project.resolve("eval/manifests/more/votes.jsonl"));
        assertThat(manifest.evaluation().gate())
                .isEqualTo(new RunManifest.GatePolicy.File(project.resolve("eval/policies/strict.yaml"), ""));
        assertThat(manifest.target().serving().commit()).isEqualTo("0123456");
    }

    @Test
    void crossesOfAxesAreRead() throws IOException {
        RunManifest manifest =
                read(MINIMAL.replace("{axes: [workflow]}", "{axes: [workflow], crosses: [workflow x user_type]}"));

        assertThat(manifest.evaluation().cohorts().crosses())
                .containsExactly(List.of(CohortAxis.WORKFLOW, CohortAxis.USER_TYPE));
    }

    @Test
    void aMisspelledNameIsReportedAtItsKeyWithTheNearestOne() throws IOException {
        assertThat(problems(MINIMAL.replace("euler", "huen")))
                .containsExactly("m.yaml:5:3: generation.sampler: expected one of euler, heun, found \"huen\";"
                        + " did you mean \"heun\"?");
    }

    @Test
    void allProblemsAreReportedAtOnceInTheirOrder() throws IOException {
        String broken = """
                schema_version: 2
                name: Quick Start
                model: {id: pebble, version: 0}
                generation:
                  samplr: euler
                  steps: many
                  guidance: .nan
                  seed: -1
                  images_per_prompt: 1
                  images_per_prompt: 2
                  resolution: 60x64
                  edit_strength: 0
                hardware: cpu
                prompt_packs: [portrait-realsim/1, portrait-realism]
                metrics: [fid, kdi, fid]
                labels: [../../../secrets.csv, /etc/passwd, "C:\\\\x"]
                cohorts:
                  axes: []
                  crosses: [workflow, workflow x workflow, user_typ x workflow]
                rport: {}
                """;

        assertThat(problems(broken))
                .containsExactly(
                        "m.yaml:1:1: schema_version: expected a whole number in [1, 1], found the number 2",
                        "m.yaml:2:1: name: expected a name of 1 to 40 characters a-z, 0-9 and -, found \"Quick Start\"",
                        "m.yaml:3:21: model.version: expected a version: a whole number in [1, 1000000], or a text in"
                                + " quotes, found the number 0",
                        "m.yaml:4:1: generation.sampler: expected this key, found none",
                        "m.yaml:5:3: generation.samplr: expected one of the keys resolution, sampler, steps, guidance,"
                                + " negative_prompt, prompt_upsampling, seed_policy, seed, images_per_prompt, best_of,"
                                + " batch_size, warmup_requests, precision, runtime, edit_strength, requests_per_minute,"
                                + " concurrency, previews, found this unknown key; did you mean \"sampler\"?",
                        "m.yaml:6:3: generation.steps: expected a whole number in [1, 1000], found \"many\"",
                        "m.yaml:7:3: generation.guidance: expected a number in [0, 100], found \".nan\"",
                        "m.yaml:8:3: generation.seed: expected a whole number in [0, 9007199254740991], found the"
                                + " number -1",
                        "m.yaml:10:3: images_per_prompt: expected each key once, found it again (first at line 9)",
                        "m.yaml:11:3: generation.resolution: expected by-class, or WIDTHxHEIGHT with multiples of 16 in"
                                + " [32, 256], found \"60x64\"",
                        "m.yaml:12:3: generation.edit_strength: expected a number in (0, 1], found the number 0",
                        "m.yaml:13:1: hardware: expected a section with keys, found \"cpu\"",
                        "m.yaml:14:16: prompt_packs[0]: expected one of portrait-realism/1, stylised-art/1, found"
                                + " \"portrait-realsim/1\"; did you mean \"portrait-realism/1\"?",
                        "m.yaml:14:36: prompt_packs[1]: expected an id and a version, such as builtin/1, found"
                                + " \"portrait-realism\"",
                        "m.yaml:15:16: metrics[1]: expected one of fid, kid, lpips-target, lpips-reference,"
                                + " lpips-diversity, adherence, found \"kdi\"; did you mean \"kid\"?",
                        "m.yaml:15:21: metrics[2]: expected each item once, found \"fid\"; first at line 15",
                        "m.yaml:16:10: labels[0]: expected a path that stays in " + project
                                + ", found \"../../../secrets.csv\"; it leads to "
                                + project.getParent().resolve("secrets.csv"),
                        "m.yaml:16:32: labels[1]: expected a path relative to the manifest, with / between folders,"
                                + " found \"/etc/passwd\"",
                        "m.yaml:16:45: labels[2]: expected a path relative to the manifest, with / between folders,"
                                + " found \"C:\\x\"",
                        "m.yaml:18:3: cohorts.axes: expected a list of at least 1, found a list of 0",
                        "m.yaml:19:13: cohorts.crosses[0]: expected two or more different axes joined by \" x \", such"
                                + " as workflow x user_type, found \"workflow\"",
                        "m.yaml:19:23: cohorts.crosses[1]: expected two or more different axes joined by \" x \", such"
                                + " as workflow x user_type, found \"workflow x workflow\"",
                        "m.yaml:19:44: cohorts.crosses[2]: expected two or more different axes joined by \" x \", such"
                                + " as workflow x user_type, found \"user_typ x workflow\"; did you mean \"user_type\"?",
                        "m.yaml:20:1: rport: expected one of the keys schema_version, name, description, model, serving,"
                                + " generation, hardware, fees, prompt_packs, golden, labels, metrics, cohorts, gate,"
                                + " report, found this unknown key; did you mean \"report\"?");
    }

    @Test
    void anUnknownModelIsReportedWithTheNearest() throws IOException {
        assertThat(problems(MINIMAL.replace("pebble", "pebbel")))
                .containsExactly(
                        "m.yaml:3:9: model.id: expected one of comfyui, openai-images, pebble, found \"pebbel\"; did you mean \"pebble\"?");
    }

    @Test
    void everyRequiredKeyIsMissed() throws IOException {
        assertThat(problems("description: nothing else\n"))
                .extracting(line -> line.replaceAll("m.yaml:1:1: (\\S+): expected this key, found none", "$1"))
                .containsExactlyInAnyOrder(
                        "schema_version",
                        "name",
                        "model",
                        "generation",
                        "hardware",
                        "prompt_packs",
                        "metrics",
                        "cohorts");
    }

    @Test
    void brokenYamlNamesItsLineAndColumn() throws IOException {
        assertThat(problems("name: [unclosed\nmodel: x\n"))
                .singleElement()
                .asString()
                .startsWith("m.yaml:2:6: expected valid YAML, found a mistake: ");
        assertThat(problems("a:\n\t- b\n")).singleElement().asString().startsWith("m.yaml:2:1: expected valid YAML");
    }

    @Test
    void filesThatAreNoManifestAtAllAreRefused() throws IOException {
        assertThat(problems("")).containsExactly("m.yaml:1:1: expected keys with values, found an empty file");
        assertThat(problems("- a\n- b\n")).containsExactly("m.yaml:1:1: expected keys with values, found a list of 2");
        assertThat(problems("a: 1\n---\nb: 2\n"))
                .contains("m.yaml:3:1: expected one document in the file, found another one");
        Files.write(file, new byte[] {'a', ':', (byte) 0xff});
        assertThatThrownBy(() -> ManifestReader.read(file))
                .isInstanceOf(ManifestException.class)
                .hasMessage(file + ": expected text in UTF-8, found bytes that are not");
        Path none = project.resolve("none.yaml");
        assertThatThrownBy(() -> ManifestReader.read(none))
                .hasMessage(none + ": expected a readable file, found no such file");
    }

    @Test
    void hugeFilesDeepNestingAndAliasBombsAreRefusedQuickly() throws IOException {
        Files.write(file, "#".repeat((1 << 20) + 1).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ManifestReader.read(file))
                .hasMessage(file + ": expected at most 1048576 bytes, found 1048577 bytes");

        assertThat(problems("a: " + "[".repeat(5_000) + "]".repeat(5_000) + "\n"))
                .contains("m.yaml:1:36: expected at most 32 levels of nesting, found more");

        assertThat(problems("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"))
                .contains("m.yaml:1:4: expected a value without an anchor, found &a")
                .contains("m.yaml:2:8: expected a value, found the alias *a");
        assertThat(problems("name: !!binary aGk=\n"))
                .contains("m.yaml:1:7: expected a value without a tag, found the tag tag:yaml.org,2002:binary");
    }

    @Test
    void aLinkThatLeavesTheProjectIsRefused(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("votes.csv"), "");
        Files.createSymbolicLink(project.resolve("eval/manifests/votes.csv"), elsewhere.resolve("votes.csv"));

        assertThat(problems(MINIMAL + "labels: [votes.csv]\n"))
                .singleElement()
                .asString()
                .startsWith("m.yaml:14:10: labels[0]: expected a path that stays in ");
    }

    @Test
    void foreignTextInMessagesIsOneShortLine() throws IOException {
        assertThat(problems(MINIMAL.replace("name: small", "name: \"a\\n\\e[31m" + "b".repeat(100) + "\"")))
                .singleElement()
                .asString()
                .endsWith("found \"a\\n\\u001b[31m" + "b".repeat(73) + "...\"");
    }

    @Test
    void theGenerationTextChangesWithEverythingThatCanChangeAPicture() throws IOException {
        String text = read(MINIMAL).generationText();

        for (String change : List.of(
                "sampler: euler>sampler: heun",
                "steps: 4>steps: 5",
                "guidance: 2.5>guidance: 2.51",
                "seed: 7>seed: 8",
                "images_per_prompt: 1>images_per_prompt: 2",
                "steps: 4>steps: 4\n  batch_size: 2",
                "steps: 4>steps: 4\n  negative_prompt: x",
                "steps: 4>steps: 4\n  resolution: 64x64",
                "steps: 4>steps: 4\n  precision: int8",
                "steps: 4>steps: 4\n  runtime: nd4j",
                "steps: 4>steps: 4\n  best_of: 2",
                "steps: 4>steps: 4\n  prompt_upsampling: on",
                "steps: 4>steps: 4\n  edit_strength: 0.5",
                "version: 1}>version: 2}",
                "portrait-realism/1>stylised-art/1")) {
            String[] parts = change.split(">");
            assertThat(read(MINIMAL.replace(parts[0], parts[1])).generationText())
                    .as(change)
                    .isNotEqualTo(text);
        }
    }

    @Test
    void theGenerationTextIsTheSameForTheSamePictures() throws IOException {
        String text = read(MINIMAL).generationText();

        for (String change : List.of(
                "name: small>name: other",
                "guidance: 2.5>guidance: 2.50",
                "guidance: 2.5>guidance: 25e-1",
                "steps: 4>steps: 4\n  batch_size: 1",
                "price_per_hour: 0.1>price_per_hour: 5",
                "metrics: [fid]>metrics: [kid]",
                "steps: 4>steps: 4\n  warmup_requests: 3",
                "axes: [workflow]>axes: [user_type]")) {
            String[] parts = change.split(">");
            assertThat(read(MINIMAL.replace(parts[0], parts[1])).generationText())
                    .as(change)
                    .isEqualTo(text);
        }
        assertThat(text).isEqualTo("""
                        touchstone generation 1
                        model=pebble
                        model_version=1
                        prompt_packs=portrait-realism/1
                        golden=builtin/1
                        resolution=by-class
                        sampler=euler
                        steps=4
                        guidance=2.5
                        negative_prompt=""
                        prompt_upsampling=off
                        seed_policy=fixed
                        seed=7
                        images_per_prompt=1
                        best_of=1
                        batch_size=1
                        precision=fp32
                        runtime=auto
                        edit_strength=1
                        """);
    }
}
