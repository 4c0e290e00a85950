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
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The arrows between the packages, who may know the SDK, and how large a file may grow.
class HouseTest {

  private static final int LINES = 250;
  private static final int FILES = 20;

  /// Packages that are larger and have to become smaller, with their files; no number here may
  /// grow.
  private static final Map<String, Integer> LARGE = Map.of("repository", 36, "access", 23);

  private static final JavaClasses HOUSE =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  /// The one class that stands in for a class of the SDK.
  private static final String STAND_IN =
      "software.amazon.awssdk.regions.GeneratedServiceMetadataProvider";

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
        .layer("process")
        .definedBy("dev.ecrrepo.process")
        .layer("attributes")
        .definedBy("dev.ecrrepo.attributes")
        .layer("validation")
        .definedBy("dev.ecrrepo.validation")
        .layer("wording")
        .definedBy("dev.ecrrepo.wording")
        .layer("schema")
        .definedBy("dev.ecrrepo.schema")
        .layer("report")
        .definedBy("dev.ecrrepo.report")
        .layer("document")
        .definedBy("dev.ecrrepo.document")
        .whereLayer("root")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("repository")
        .mayOnlyBeAccessedByLayers("root", "attributes", "report")
        .whereLayer("attributes")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("process")
        .mayNotAccessAnyLayer()
        .whereLayer("properties")
        .mayOnlyBeAccessedByLayers("root", "repository", "attributes", "report")
        .whereLayer("lifecycle")
        .mayOnlyBeAccessedByLayers("repository", "properties", "report")
        .whereLayer("access")
        .mayOnlyBeAccessedByLayers("repository", "properties")
        .whereLayer("validation")
        .mayOnlyBeAccessedByLayers("properties", "lifecycle", "access")
        .whereLayer("wording")
        .mayOnlyBeAccessedByLayers("validation", "lifecycle", "access")
        .whereLayer("schema")
        .mayOnlyBeAccessedByLayers("root", "properties", "lifecycle", "validation", "wording")
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
            "dev\\.ecrrepo\\.(repository\\.Ecr(Gateway|Calls|Shapes|Failure)"
                + "|report\\.ReportGateway|Wiring|ReportWiring).*")
        .should()
        .dependOnClassesThat(
            resideInAPackage("software.amazon.awssdk..")
                .and(
                    com.tngtech.archunit.base.DescribedPredicate.not(
                        resideInAPackage("software.amazon.awssdk.regions.."))))
        .check(HOUSE);
  }

  @Test
  void theProviderKnowsNothingOfReports() {
    noClasses()
        .that()
        .haveNameNotMatching("dev\\.ecrrepo\\.(report\\.|Report).*")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("dev\\.ecrrepo\\.(report\\.|Report).*")
        .because("a request that uses no report must not load one")
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
  void oneClassStandsInForOneOfTheSdkAndKnowsNothingOfUs() {
    assertEquals(
        Set.of(STAND_IN),
        HOUSE.stream()
            .filter(each -> !each.getPackageName().startsWith("dev.ecrrepo"))
            .map(JavaClass::getName)
            .collect(Collectors.toSet()));
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.ecrrepo..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.ecrrepo..")
        .check(HOUSE);
  }

  @Test
  void theSdkStillHasTheClassThatIsReplacedAndUsesIt() throws Exception {
    String file = STAND_IN.replace('.', '/') + ".class";
    List<URL> places = Collections.list(getClass().getClassLoader().getResources(file));
    URL sdks =
        places.stream()
            .filter(place -> place.toString().contains("/regions-"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(STAND_IN + " is not in the SDK: " + places));
    JavaClasses regions =
        new ClassFileImporter().importUrl(new URI(sdks.toString().replace(file, "")).toURL());
    assertTrue(
        regions.stream()
            .filter(each -> !each.getName().startsWith(STAND_IN))
            .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
            .anyMatch(dependency -> dependency.getTargetClass().getName().equals(STAND_IN)),
        "nothing in the SDK uses " + STAND_IN);
  }

  @Test
  void noPackageGrowsOutOfSight() throws IOException {
    Map<String, Long> files;
    try (Stream<Path> all = Files.walk(Path.of("src/main/java"))) {
      files =
          all.filter(file -> file.toString().endsWith(".java"))
              .collect(
                  Collectors.groupingBy(
                      file -> file.getParent().getFileName().toString(), Collectors.counting()));
    }
    files.forEach((name, count) ->
        assertTrue(
            count <= LARGE.getOrDefault(name, FILES), () -> name + " has " + count + " files"));
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
