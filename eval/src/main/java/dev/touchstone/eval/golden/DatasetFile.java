package dev.touchstone.eval.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.touchstone.eval.golden.DatasetHeader.Preprocessing;
import dev.touchstone.generator.document.Problems;
import dev.touchstone.generator.document.StrictSection;
import dev.touchstone.generator.document.YamlDocument;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code dataset.yaml}, read strictly. */
final class DatasetFile {

    static final String NAME = "dataset.yaml";
    static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SIZE = Pattern.compile("original|[1-9][0-9]{0,4}x[1-9][0-9]{0,4}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private DatasetFile() {}

    static Optional<DatasetHeader> read(Path folder, Problems problems) {
        return YamlDocument.read(folder.resolve(NAME), problems).map(DatasetFile::header);
    }

    private static DatasetHeader header(StrictSection root) {
        root.required("schema_version").integer(1, 1);
        DatasetHeader header = new DatasetHeader(
                root.required("id")
                        .text(ID, "an id of 1 to 40 characters a-z, 0-9 and -")
                        .orElse(""),
                root.required("version").integer(1, 1_000_000).orElse(1),
                root.required("title").text().orElse(""),
                root.required("licence").text().orElse(""),
                root.required("source").text().orElse(""),
                root.required("preprocessing")
                        .section()
                        .map(DatasetFile::preprocessing)
                        .orElse(new Preprocessing("original", "none", "srgb-8bit")),
                root.required("images").integer(1, 10_000_000).orElse(1),
                root.required("digest")
                        .text(DIGEST, "a SHA-256 of 64 lower-case hex digits")
                        .orElse(""));
        root.noOtherKeys();
        return header;
    }

    private static Preprocessing preprocessing(StrictSection section) {
        Preprocessing read = new Preprocessing(
                section.required("size").text(SIZE, "original, or WIDTHxHEIGHT").orElse("original"),
                section.required("filter").text().orElse("none"),
                section.required("colour").text().orElse("srgb-8bit"));
        section.noOtherKeys();
        return read;
    }

    static String write(DatasetHeader header) {
        return "schema_version: 1\nid: " + quoted(header.id())
                + "\nversion: " + header.version()
                + "\ntitle: " + quoted(header.title())
                + "\nlicence: " + quoted(header.licence())
                + "\nsource: " + quoted(header.source())
                + "\npreprocessing:\n  size: " + quoted(header.preprocessing().size())
                + "\n  filter: " + quoted(header.preprocessing().filter())
                + "\n  colour: " + quoted(header.preprocessing().colour())
                + "\nimages: " + header.images()
                + "\n# SHA-256 of files.sha256, which has the digest of every other file. A released version never changes.\n"
                + "digest: " + quoted(header.digest()) + "\n";
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text is always writable", e);
        }
    }
}
