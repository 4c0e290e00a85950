package dev.ecrrepo;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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
import java.util.HashSet;
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
  private static final String PREFIX = "dev.ecrrepo.";

  /// What each package may use. The root may use all of them, and none may use the root.
  private static final Map<String, Set<String>> USES =
      Map.ofEntries(
          Map.entry("document", Set.of()),
          Map.entry("logging", Set.of()),
          Map.entry("process", Set.of()),
          Map.entry("time", Set.of()),
          Map.entry("identifier", Set.of("document")),
          Map.entry(
              "cloudformation", Set.of("document", "identifier", "logging", "process", "time")),
          Map.entry("schema", Set.of("document")),
          Map.entry("wording", Set.of("document", "schema")),
          Map.entry("validation", Set.of("document", "schema", "wording")),
          Map.entry("lifecycle", Set.of("document", "schema", "validation", "wording")),
          Map.entry("policy", Set.of("document", "identifier", "wording")),
          Map.entry("access", Set.of("document", "identifier", "policy", "validation", "wording")),
          Map.entry(
              "properties",
              Set.of(
                  "access",
                  "document",
                  "identifier",
                  "lifecycle",
                  "policy",
                  "schema",
                  "validation")),
          Map.entry(
              "repository", Set.of("document", "identifier", "lifecycle", "policy", "properties")),
          Map.entry(
              "plan",
              Set.of("document", "identifier", "lifecycle", "policy", "properties", "repository")),
          Map.entry(
              "ecr",
              Set.of(
                  "lifecycle", "logging", "policy", "process", "properties", "repository", "time")),
          Map.entry(
              "reconciliation",
              Set.of(
                  "ecr",
                  "lifecycle",
                  "logging",
                  "plan",
                  "policy",
                  "properties",
                  "repository",
                  "time")),
          Map.entry("attributes", Set.of("identifier", "properties", "repository")),
          Map.entry(
              "report",
              Set.of(
                  "document",
                  "ecr",
                  "identifier",
                  "lifecycle",
                  "logging",
                  "plan",
                  "policy",
                  "properties",
                  "repository",
                  "time")));

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
        .because("slf4j-jdk14 drops key-value pairs and walks the stack; LogEntry does neither")
        .check(HOUSE);
  }

  @Test
  void eachPackageUsesOnlyWhatItMay() {
    assertEquals(
        USES.keySet(),
        HOUSE.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(PREFIX))
            .map(name -> name.substring(PREFIX.length()))
            .collect(Collectors.toSet()));
    USES.forEach((name, used) -> {
      Set<String> others = new HashSet<>(USES.keySet());
      others.removeAll(used);
      others.remove(name);
      noClasses()
          .that()
          .resideInAPackage(PREFIX + name)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(others.stream().map(PREFIX::concat).toArray(String[]::new))
                  .or(resideInAPackage("dev.ecrrepo")))
          .check(HOUSE);
    });
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
            "dev\\.ecrrepo\\.(ecr\\.Ecr(Gateway|Calls|Mapper|Errors)|report\\.ReportGateway|(Report)?Wiring).*")
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
    files.forEach(
        (name, count) -> assertTrue(count <= FILES, () -> name + " has " + count + " files"));
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
