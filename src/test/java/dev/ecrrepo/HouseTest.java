package dev.ecrrepo;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The arrows between the packages, who may know the SDK, and how large a file may grow.
class HouseTest {

  private static final int LINES = 250;

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.ecrrepo");

  @Test
  void everyLineOfTheLogIsALine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.ecrrepo.logging")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(org.slf4j.Logger.class)
        .orShould()
        .callMethodWhere(
            target(owner(type(java.util.logging.Logger.class))).and(not(target(name("getLogger")))))
        .because("slf4j-jdk14 drops key-value pairs and walks the stack; Line does neither")
        .check(HOUSE);
  }

  @Test
  void arrowsPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("root")
        .definedBy("dev.ecrrepo")
        .layer("repository")
        .definedBy("dev.ecrrepo.repository")
        .layer("properties")
        .definedBy("dev.ecrrepo.properties")
        .layer("lifecycle")
        .definedBy("dev.ecrrepo.lifecycle")
        .layer("access")
        .definedBy("dev.ecrrepo.access")
        .layer("cloudformation")
        .definedBy("dev.ecrrepo.cloudformation")
        .layer("logging")
        .definedBy("dev.ecrrepo.logging")
        .layer("document")
        .definedBy("dev.ecrrepo.document")
        .whereLayer("root")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("repository")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("properties")
        .mayOnlyBeAccessedByLayers("root", "repository")
        .whereLayer("lifecycle")
        .mayOnlyBeAccessedByLayers("repository", "properties")
        .whereLayer("access")
        .mayOnlyBeAccessedByLayers("repository", "properties")
        .whereLayer("cloudformation")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("logging")
        .mayNotAccessAnyLayer()
        .whereLayer("document")
        .mayNotAccessAnyLayer()
        .check(HOUSE);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.ecrrepo.(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void onlyTheGatewayAndTheWiringKnowTheSdkOfEcr() {
    noClasses()
        .that()
        .haveNameNotMatching(
            "dev\\.ecrrepo\\.(repository\\.Ecr(Gateway|Calls|Shapes|Failure)|Wiring).*")
        .should()
        .dependOnClassesThat(
            resideInAPackage("software.amazon.awssdk..")
                .and(
                    com.tngtech.archunit.base.DescribedPredicate.not(
                        resideInAPackage("software.amazon.awssdk.regions.."))))
        .check(HOUSE);
  }

  @Test
  void onlyTheEntryKnowsLambda() {
    classes()
        .that()
        .resideOutsideOfPackages("dev.ecrrepo", "dev.ecrrepo.cloudformation", "dev.ecrrepo.logging")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("com.amazonaws..", "software.amazon.lambda..")
        .check(HOUSE);
  }

  @Test
  void noFileGrowsOutOfSight() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<String> large =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> lines(file) > LINES)
              .map(Path::toString)
              .toList();
      assertEquals(List.of(), large, "more than " + LINES + " lines");
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
