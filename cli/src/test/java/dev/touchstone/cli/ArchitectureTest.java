package dev.touchstone.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String ROOT = "dev.touchstone";
    private static final List<String> MODULES = List.of("metrics", "generator", "eval", "reports", "cli");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void aModuleUsesOnlyWhatStandsToItsLeft() {
        assertThat(CLASSES.size()).isGreaterThan(50);
        for (int i = 0; i < MODULES.size(); i++) {
            for (String later : MODULES.subList(i + 1, MODULES.size())) {
                ArchRule rule = noClasses()
                        .that()
                        .resideInAPackage(ROOT + "." + MODULES.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(ROOT + "." + later + "..");
                rule.allowEmptyShould(true).check(CLASSES);
            }
        }
    }

    @Test
    void roomsOfAModuleFormNoCycle() {
        for (String module : MODULES) {
            slices().matching(ROOT + "." + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    @Test
    void scenesAndStatisticsKnowNothingOfTheRest() {
        // Attribute is the class list of the feature network, and the vocabulary of the scenes that it learnt from.
        onlyUses("generator.scene", "metrics.feature", "metrics.file", "metrics.random");
        onlyUses("eval.inference", "metrics.file", "metrics.random");
    }

    private static void onlyUses(String room, String... allowed) {
        String[] outside = Stream.concat(Stream.of(allowed), Stream.of(room))
                .map(name -> ROOT + "." + name + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat(com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(ROOT + "..")
                        .and(com.tngtech.archunit.base.DescribedPredicate.not(
                                com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(outside))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    /** The last sentence of a room's package-info names the rooms it uses; of its own module by their names, of others with the module. */
    @Test
    void everyRoomUsesWhatItsPackageInfoSays() throws IOException {
        SortedMap<String, SortedSet<String>> uses = new TreeMap<>();
        for (JavaClass one : CLASSES) {
            String room = room(one.getPackageName());
            if (room.equals("cli") || room.startsWith("cli.")) {
                continue; // the composition root may use every room
            }
            SortedSet<String> used = uses.computeIfAbsent(room, name -> new TreeSet<>());
            for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
                String other =
                        dependency.getTargetClass().getBaseComponentType().getPackageName();
                if (other.startsWith(ROOT + ".") && !room(other).equals(room)) {
                    used.add(shortName(room(other), room));
                }
            }
        }
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, SortedSet<String>> entry : uses.entrySet()) {
            String said = lastSentence(entry.getKey());
            String expected = entry.getValue().isEmpty()
                    ? "Uses no other room."
                    : "Uses {@code " + String.join("}, {@code ", entry.getValue()) + "}.";
            if (!said.equals(expected)) {
                wrong.add(entry.getKey() + ": package-info ends with \"" + said + "\", but the room's classes say \""
                        + expected + "\"");
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String room(String packageName) {
        String[] parts = packageName.substring(ROOT.length() + 1).split("\\.");
        return parts.length == 1 ? parts[0] : parts[0] + "." + parts[1];
    }

    private static String shortName(String used, String by) {
        String module = by.contains(".") ? by.substring(0, by.indexOf('.')) : by;
        return used.startsWith(module + ".") ? used.substring(module.length() + 1) : used;
    }

    private static String lastSentence(String room) throws IOException {
        String module = room.contains(".") ? room.substring(0, room.indexOf('.')) : room;
        Path file = sources(module)
                .resolve("dev/touchstone")
                .resolve(room.replace('.', '/'))
                .resolve("package-info.java");
        String text = Files.readString(file)
                .replaceAll("(?s)\\*/.*", "")
                .replaceAll("(?m)^\\s*/?\\*+", " ")
                .replaceAll("\\s+", " ")
                .strip();
        return text.contains("Uses ") ? text.substring(text.lastIndexOf("Uses ")) : text;
    }

    private static Path sources(String module) {
        return Path.of(System.getProperty("touchstone.home"))
                .resolve(module.equals("metrics") ? "eval/metrics" : module)
                .resolve("src/main/java");
    }

    @Test
    void nothingIsDeserialisedTheJavaWay() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(CLASSES);
    }

    @Test
    void everyRoomSaysWhatItIsAndNoBagOfHelpersExists() throws IOException {
        Path home = Path.of(System.getProperty("touchstone.home"));
        for (String module : MODULES) {
            Path sources = home.resolve(module.equals("metrics") ? "eval/metrics" : module)
                    .resolve("src/main/java");
            try (Stream<Path> files = Files.walk(sources(module))) {
                List<Path> all =
                        files.filter(file -> file.toString().endsWith(".java")).toList();
                for (Path file : all) {
                    assertThat(file.resolveSibling("package-info.java")).exists();
                    assertThat(file.getFileName().toString()).doesNotMatch(".*(Util|Utils|Helper|Manager|Impl)\\.java");
                }
            }
        }
    }
}
