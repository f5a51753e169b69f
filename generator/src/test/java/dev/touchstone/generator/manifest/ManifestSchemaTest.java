package dev.touchstone.generator.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.metric.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published schema and the reader are two descriptions of one form. */
class ManifestSchemaTest {

    private static Schema schema;

    @TempDir
    Path project;

    @BeforeAll
    static void load() throws IOException {
        String text = Files.readString(ManifestReaderTest.HOME.resolve("docs/schema/manifest-1.json"));
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(new ObjectMapper().readTree(text));
    }

    @Test
    void everyManifestOfTheProjectFitsTheSchema() throws IOException {
        try (Stream<Path> manifests = Files.list(ManifestReaderTest.HOME.resolve("eval/manifests"))) {
            List<Path> found = manifests
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(found).isNotEmpty();
            for (Path manifest : found) {
                assertThat(schema.validate(tree(Files.readString(manifest))))
                        .as(manifest.toString())
                        .isEmpty();
            }
        }
    }

    /** {@code -Dtouchstone.golden=write} writes the published one anew. */
    @Test
    void thePublishedSchemaNamesTheMetricsAndBackEndsThatThereAre() throws IOException {
        Path published = ManifestReaderTest.HOME.resolve("docs/schema/manifest-1.json");
        if ("write".equals(System.getProperty("touchstone.golden"))) {
            Files.writeString(published, Json.pretty(ManifestSchema.of(published, Metrics.installed())));
        }
        assertThat(ManifestSchema.of(published, Metrics.installed()))
                .as("touchstone metrics --schema prints it")
                .isEqualTo(new ObjectMapper().readTree(Files.readString(published)));
    }

    @Test
    void everyKeyIsDescribedForEditors() throws IOException {
        JsonNode root = new ObjectMapper()
                .readTree(Files.readString(ManifestReaderTest.HOME.resolve("docs/schema/manifest-1.json")));
        described("", root);
    }

    private static void described(String path, JsonNode node) {
        assertThat(node.path("description").asText()).as(path).isNotBlank();
        node.path("properties")
                .properties()
                .forEach(property -> described(path + "." + property.getKey(), property.getValue()));
    }

    @Test
    void schemaAndReaderAcceptTheSame() throws IOException {
        for (String change : List.of(
                "steps: 4>steps: 1000",
                "version: 1}>version: '2026-04-23'}",
                "version: 1}>version: 1}\nserving: {backend: pebble}",
                "id: pebble, version: 1}>id: my own, version: 1}\nserving: {backend: pebble, options: {}}",
                "steps: 4>steps: 4\n  concurrency: 1",
                "steps: 4>steps: 4\n  requests_per_minute: 30.5",
                "metrics: [fid]>metrics: [fid]\nfees: {prices: {output-image-token: 0.00004}}",
                "guidance: 2.5>guidance: 0",
                "guidance: 2.5>guidance: 100.0",
                "seed: 7>seed: 9007199254740991",
                "steps: 4>steps: 4\n  resolution: 32x256",
                "steps: 4>steps: 4\n  resolution: by-class",
                "steps: 4>steps: 4\n  prompt_upsampling: on",
                "steps: 4>steps: 4\n  prompt_upsampling: false",
                "steps: 4>steps: 4\n  edit_strength: 1",
                "steps: 4>steps: 4\n  edit_strength: 0.001",
                "steps: 4>steps: 4\n  seed_policy: fixed",
                "steps: 4>steps: 4\n  warmup_requests: 0",
                "steps: 4>steps: 4\n  negative_prompt: ''",
                "axes: [workflow]>axes: [workflow, user_type], crosses: [workflow x user_type x style_family]",
                "metrics: [fid]>metrics: [kid, lpips-target, lpips-reference, lpips-diversity, adherence]",
                "metrics: [fid]>metrics: [fid]\nlabels: []",
                "metrics: [fid]>metrics: [fid]\nlabels: [sub/votes.csv]",
                "metrics: [fid]>metrics: [fid]\nfees: {}",
                "metrics: [fid]>metrics: [fid]\nfees: {price_per_image: 0}",
                "metrics: [fid]>metrics: [fid]\ngate: {policy: none}",
                "metrics: [fid]>metrics: [fid]\ngate: {policy: p.yaml, baseline: prod}",
                "metrics: [fid]>metrics: [fid]\nreport: {formats: [html]}",
                "metrics: [fid]>metrics: [fid]\ngolden: builtin/2",
                "metrics: [fid]>metrics: [fid]\nserving: {path: in-process, container: 'a:b', commit: abc}",
                "name: small>name: small\ndescription: Grüße 🌞")) {
            agree(change, true);
        }
    }

    @Test
    void schemaAndReaderRefuseTheSame() throws IOException {
        for (String change : List.of(
                "schema_version: 1>schema_version: 2",
                "schema_version: 1>schema_version: '1'",
                "name: small>name: Small",
                "name: small>name: 12",
                "name: small>nam: small",
                "name: small>name: " + "a".repeat(41),
                "name: small>name: small\ndescription: 5",
                "name: small>name: small\ndescription:",
                "id: pebble>id: rock",
                "version: 1}>version: 1}\nserving: {backend: rock}",
                "version: 1}>version: 1}\nserving: {backend: pebble, options: {speed: fast}}",
                "steps: 4>steps: 4\n  previews: 2",
                "steps: 4>steps: 4\n  concurrency: 2",
                "steps: 4>steps: 4\n  requests_per_minute: 0",
                "metrics: [fid]>metrics: [fid]\nfees: {prices: {token: -1}}",
                "version: 1}>version: 0}",
                "version: 1}>version: 1.5}",
                "version: 1}>version: 1, weights: x}",
                "sampler: euler>sampler: ddim",
                "sampler: euler>sampler: [euler]",
                "steps: 4>steps: 0",
                "steps: 4>steps: 1001",
                "steps: 4>steps: four",
                "steps: 4>step: 4",
                "guidance: 2.5>guidance: -0.1",
                "guidance: 2.5>guidance: 'high'",
                "seed: 7>seed: 9007199254740992",
                "seed: 7>seed: -1",
                "images_per_prompt: 1>images_per_prompt: 0",
                "steps: 4>steps: 4\n  resolution: 60x64",
                "steps: 4>steps: 4\n  resolution: 16x64",
                "steps: 4>steps: 4\n  resolution: 40x64",
                "steps: 4>steps: 4\n  resolution: 272x64",
                "steps: 4>steps: 4\n  resolution: 64",
                "steps: 4>steps: 4\n  batch_size: 0",
                "steps: 4>steps: 4\n  best_of: 65",
                "steps: 4>steps: 4\n  precision: fp16",
                "steps: 4>steps: 4\n  runtime: tpu",
                "steps: 4>steps: 4\n  seed_policy: random",
                "steps: 4>steps: 4\n  edit_strength: 0",
                "steps: 4>steps: 4\n  edit_strength: 1.01",
                "steps: 4>steps: 4\n  prompt_upsampling: maybe",
                "steps: 4>steps: 4\n  negative_prompt: \"two\\nlines\"",
                "currency: USD>currency: usd",
                "price_per_hour: 0.1>price_per_hour: -1",
                "class: cpu, >",
                "prompt_packs: [portrait-realism/1]>prompt_packs: []",
                "prompt_packs: [portrait-realism/1]>prompt_packs: portrait-realism/1",
                "prompt_packs: [portrait-realism/1]>prompt_packs: [portrait-realism/1, portrait-realism/1]",
                "prompt_packs: [portrait-realism/1]>prompt_packs: [portrait-realism]",
                "prompt_packs: [portrait-realism/1]>prompt_packs: [portrait-realism/0]",
                "metrics: [fid]>metrics: [inception]",
                "metrics: [fid]>metrics: [fid]\nlabels: [/etc/passwd]",
                "metrics: [fid]>metrics: [fid]\nlabels: ['a\\b']",
                "metrics: [fid]>metrics: [fid]\ngolden: builtin",
                "metrics: [fid]>metrics: [fid]\nfees: {price: 1}",
                "metrics: [fid]>metrics: [fid]\ngate: {policy: /x}",
                "metrics: [fid]>metrics: [fid]\ngate: none",
                "metrics: [fid]>metrics: [fid]\ngate: {baseline: prod}",
                "metrics: [fid]>metrics: [fid]\ngate: {policy: p.yaml, baseline: Prod}",
                "metrics: [fid]>metrics: [fid]\nreport: {formats: [docx]}",
                "metrics: [fid]>metrics: [fid]\nserving: {path: http}",
                "axes: [workflow]>axes: []",
                "axes: [workflow]>axes: [mood]",
                "axes: [workflow]>axes: [workflow], crosses: [workflow]",
                "axes: [workflow]>axes: [workflow], crosses: [workflow x mood]",
                "axes: [workflow]>axes: [workflow], crosses: [user_type x workflow x user_type]",
                "cohorts: {axes: [workflow]}>cohorts: {}")) {
            agree(change, false);
        }
    }

    private void agree(String change, boolean good) throws IOException {
        String[] parts = change.split(">", 2);
        String text = ManifestReaderTest.MINIMAL.replace(parts[0], parts[1]);
        assertThat(text).as(change).isNotEqualTo(ManifestReaderTest.MINIMAL);
        assertThat(schema.validate(tree(text)).isEmpty())
                .as("schema on " + change)
                .isEqualTo(good);
        assertThat(readerAccepts(text)).as("reader on " + change).isEqualTo(good);
    }

    private boolean readerAccepts(String text) throws IOException {
        Path file = project.resolve("m.yaml");
        Files.writeString(file, text);
        try {
            ManifestReader.read(file, project, ManifestReaderTest.VOCABULARY);
            return true;
        } catch (ManifestException refused) {
            return false;
        }
    }

    private static JsonNode tree(String yaml) throws IOException {
        return new YAMLMapper().readTree(yaml);
    }
}
