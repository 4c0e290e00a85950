package dev.ecrrepo.repository;

import dev.ecrrepo.plan.Guardrails;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Names of repositories.
/// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
public final class RepositoryName {

  private static final int MAX = 256;
  private static final int HASH = 12;
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final String PART = "[a-z0-9]++(?:(?:\\.|__?|-++)[a-z0-9]++)*+";
  private static final Pattern NAME = Pattern.compile(PART + "(?:/" + PART + ")*+");

  private RepositoryName() {}

  /// Whether ECR's API takes it: 2 to 256 characters, ECR's pattern.
  public static boolean isValid(String name) {
    return name.length() >= 2 && name.length() <= MAX && NAME.matcher(name).matches();
  }

  /// The name of a resource that is given none: prefix, stack name, logical ID, and a hash of both
  /// IDs, so that any delivery of any of its requests computes the same one. Never with two hyphens
  /// in a row, which an older pattern of ECR refuses.
  ///
  /// @param prefix the guardrail's; at most 200 characters, valid as a beginning
  public static String generate(String prefix, Owner owner) {
    String readable =
        (owner.stackName() + "-" + owner.logicalId())
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]++", "-")
            .replaceAll("^-", "");
    int room = MAX - prefix.length() - 1 - HASH;
    String cut = readable.length() > room ? readable.substring(0, room) : readable;
    return prefix
        + cut.replaceAll("-$", "")
        + "-"
        + hash(owner.stackId() + "|" + owner.logicalId());
  }

  /// The names that an Update may mean, of which the first is for a new repository. A name that was
  /// never stated stays what it is. One that is no longer stated means the generated name: the one
  /// that the repository has, under whatever prefix; or that of a repository that the resource had
  /// under the current or the former prefix, so that a rollback finds its way back; or a new one.
  ///
  /// @param stated by the template
  /// @param before what the old properties stated
  /// @param current the physical ID, if the provider gave it
  public static List<String> meant(
      Optional<String> stated,
      Optional<String> before,
      Optional<String> current,
      Guardrails guardrails,
      Owner self) {
    if (stated.isPresent()) {
      return List.of(stated.get());
    }
    if (current.isPresent() && (before.isEmpty() || isGenerated(current.get(), self))) {
      return List.of(current.get());
    }
    List<String> names = new ArrayList<>(generatedAll(guardrails, self));
    if (guardrails.formerNamePrefix().isEmpty() && !guardrails.namePrefix().isEmpty()) {
      names.add(generate("", self)); // the operator may not have said that it changed
    }
    return names;
  }

  /// Under the current prefix, then under the former one if there was one.
  public static List<String> generatedAll(Guardrails guardrails, Owner self) {
    return Stream.concat(Stream.of(guardrails.namePrefix()), guardrails.formerNamePrefix().stream())
        .map(prefix -> generate(prefix, self))
        .distinct()
        .toList();
  }

  /// Whether it ends as every generated name of this resource does, whatever its prefix was.
  public static boolean isGenerated(String name, Owner owner) {
    return name.endsWith("-" + hash(owner.stackId() + "|" + owner.logicalId()));
  }

  private static String hash(String text) {
    byte[] digest = Digest.bytes(text);
    StringBuilder letters = new StringBuilder(HASH);
    for (int i = 0; i < HASH; i++) {
      letters.append(BASE32.charAt(digest[i] & 31));
    }
    return letters.toString();
  }
}
