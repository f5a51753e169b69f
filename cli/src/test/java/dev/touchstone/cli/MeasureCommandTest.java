package dev.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** measure on folders and images. */
class MeasureCommandTest {

    @TempDir
    Path folder;

    private String a;
    private String b;

    @BeforeEach
    void makeFolders() throws IOException {
        a = noise("a", 1);
        b = noise("b", 2);
    }

    private String noise(String name, long seed) throws IOException {
        Path images = Files.createDirectories(folder.resolve(name));
        Random random = new Random(seed);
        for (int i = 0; i < 4; i++) {
            byte[] rgb = new byte[16 * 16 * 3];
            random.nextBytes(rgb);
            PngFile.write(images.resolve("image-" + i + ".png"), new RgbImage(16, 16, rgb));
        }
        return images.toString();
    }

    @Test
    void fidOfAFolderWithItselfIsZeroAndTheAnswerNamesItsNetwork() {
        Streams measured = Streams.of("measure", "fid", a, a, "--json", "--no-progress");

        assertThat(measured.status()).as(measured.err()).isZero();
        JsonRecord answer = Json.parse("answer", measured.out());
        assertThat(answer.text("metric")).isEqualTo("fid");
        assertThat(answer.number("value")).isCloseTo(0, within(1e-3));
        assertThat(answer.text("features")).isEqualTo("touchstone-1");
        assertThat(answer.text("weightsDigest")).hasSize(64);
        assertThat(answer.number("seconds")).isNotNegative();
        assertThat(measured.out()).contains("\"n\":[4,4]");
    }

    @Test
    void statisticsThatWereSavedGiveTheSameNumber() {
        Path statistics = folder.resolve("b.npz");
        Streams images = Streams.of("measure", "fid", a, b, "--json", "--save-stats", statistics.toString());
        Streams saved = Streams.of("measure", "fid", a, statistics.toString(), "--json");

        assertThat(images.status()).as(images.err()).isZero();
        assertThat(saved.status()).as(saved.err()).isZero();
        double expected = Json.parse("images", images.out()).number("value");
        assertThat(Json.parse("saved", saved.out()).number("value")).isCloseTo(expected, within(1e-3 * expected));
    }

    @Test
    void pairsAnswerOneByOne() {
        Streams measured = Streams.of("measure", "ssim", a, a, "--json", "--threads", "1");

        JsonRecord answer = Json.parse("answer", measured.out());
        assertThat(answer.number("value")).isCloseTo(1, within(1e-9));
        assertThat(answer.objects("values")).hasSize(4);
        Streams identical = Streams.of("measure", "psnr", a, a);
        assertThat(identical.out()).contains("unscored");
    }

    @Test
    void whatANewcomerGetsWrongIsNamedAndHasNoNumber() throws IOException {
        String empty = Files.createDirectory(folder.resolve("empty")).toString();
        Path text = Files.writeString(folder.resolve("text.png"), "not a picture");
        Path spoilt = Files.createDirectory(folder.resolve("spoilt"));
        Files.copy(text, spoilt.resolve("image-0.png"));
        for (String metric : new String[] {"fid", "fid-infinity", "kid", "prdc", "lpips", "ssim", "ms-ssim", "psnr"}) {
            assertThat(error("measure", metric, empty, b)).as(metric).contains(empty + ": expected images");
            assertThat(error("measure", metric, a, empty)).as(metric).contains(empty + ": expected images");
            assertThat(error("measure", metric, a, a + "-none"))
                    .as(metric)
                    .contains(a + "-none: expected images, found nothing at this path");
            assertThat(error("measure", metric, text.toString(), b))
                    .as(metric)
                    .contains("folder")
                    .contains(text.toString())
                    .doesNotContain("Exception");
            assertThat(error("measure", metric, spoilt.toString(), spoilt.toString()))
                    .as(metric)
                    .contains("image-0.png: expected PNG, JPEG, GIF, BMP, TIFF or WebP");
        }
    }

    @Test
    void wrongUseIsToldInOneSentence() {
        assertThat(error("measure", "fod", a, b))
                .contains("expected one of fid")
                .contains("found \"fod\"");
        assertThat(error("measure", "fid", a)).contains("expected two paths");
        assertThat(error("measure", "fid", a, a + "-none")).contains("found nothing at this path");
        assertThat(error("measure", "kid", a, b, "--save-stats", "x.npz")).contains("--save-stats: expected with fid");
        assertThat(error("measure", "is", a)).contains("expected --features inception-v3");
        assertThat(error("measure", "fid", a, b, "--weights", "x.pth")).contains("--features inception-v3");
        assertThat(error("measure", "lpips", a, b, "--net", "resnet")).contains("expected builtin, alex, vgg");
        assertThat(error(
                        "measure",
                        "fid",
                        a,
                        b,
                        "--features",
                        "inception-v3",
                        "--store",
                        folder.resolve("none").toString()))
                .contains("touchstone weights import");
    }

    @Test
    void optionsThatWouldDoNothingAreRefused() {
        for (String[] idle : new String[][] {
            {"fid", "--dims", "64"},
            {"kid", "--features", "inception-v3", "--dims", "64"},
            {"fid", "--recipe", "clean"},
            {"fid", "--subsets", "10"},
            {"prdc", "--seed", "1"},
            {"ssim", "--features", "builtin"},
            {"ssim", "--cache", folder.toString()},
            {"lpips", "--batch", "4"},
            {"lpips", "--backbone-weights", "x.pth"},
            {"fid", "--net", "alex"},
            {"fid", "--allow-unknown-digest"},
            {"lpips", "--store", folder.toString()},
            {"cmmd", "--vocabulary", "merges.txt"}
        }) {
            String[] arguments = new String[idle.length + 3];
            arguments[0] = "measure";
            arguments[1] = idle[0];
            arguments[2] = a;
            arguments[3] = b;
            System.arraycopy(idle, 1, arguments, 4, idle.length - 1);
            String option = idle[idle.length - 1].startsWith("--") ? idle[idle.length - 1] : idle[idle.length - 2];
            assertThat(error(arguments)).as(String.join(" ", idle)).contains(option + ": expected with ");
        }
        assertThat(error("measure", "ssim", a, b, "--dims", "64", "--seed", "1"))
                .contains("--dims: expected with fid or fid-infinity and --features inception-v3, found with ssim")
                .contains("--seed: expected with kid or fid-infinity, found with ssim");
        assertThat(error("measure", "fid", "a.npz", "b.npz", "--batch", "4"))
                .contains("--batch: expected with a metric of sets of images, found with fid of two statistics files");
    }

    private static String error(String... arguments) {
        Streams streams = Streams.of(arguments);
        assertThat(streams.status()).as(streams.err()).isEqualTo(2);
        assertThat(streams.out()).isEmpty();
        return streams.err();
    }
}
