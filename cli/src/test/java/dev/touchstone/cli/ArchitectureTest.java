package dev.touchstone.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        onlyUses("generator.scene", "metrics.feature");
        onlyUses("eval.inference", "eval.inference");
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
            try (Stream<Path> files = Files.walk(sources)) {
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
