package dev.ecrrepo;

import dev.ecrrepo.cloudformation.ResponseHosts;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.identifier.AccountId;
import dev.ecrrepo.identifier.KmsKey;
import dev.ecrrepo.identifier.OrganizationId;
import dev.ecrrepo.plan.Guardrails;
import dev.ecrrepo.repository.RepositoryName;
import dev.ecrrepo.schema.ReservedTagKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The parameters that the provider was deployed with, from the function's environment. Read
/// strictly: a value that is not understood fails every request, it never disables a guardrail.
sealed interface ProviderParameters {

  /// Every parameter is valid.
  record Valid(Guardrails guardrails) implements ProviderParameters {}

  /// At least one parameter is invalid; the paths of the faults name the template's parameters.
  record Malformed(List<Fault> faults) implements ProviderParameters {}

  static ProviderParameters of(Map<String, String> environment) {
    return new Parser(environment).parse();
  }

  /// One pass over the environment that gathers all faults.
  final class Parser {
    private static final String PREFIX = "ECRREPO_";
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final int MAX_PREFIX_LENGTH = 128;

    /// Read by [ResponseHosts] and by `fast/bootstrap`.
    private static final Set<String> READ_ELSEWHERE = Set.of(ResponseHosts.VARIABLE, "ECRREPO_AOT");

    private final Map<String, String> environment;
    private final List<Fault> faults = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    private Parser(Map<String, String> environment) {
      this.environment = environment;
    }

    private ProviderParameters parse() {
      Guardrails guardrails =
          new Guardrails(
              namePrefix("NamePrefix", "NAME_PREFIX"),
              formerNamePrefix(),
              list(
                  "AllowedGrantAccounts",
                  "ALLOWED_GRANT_ACCOUNTS",
                  AccountId::isValid,
                  "account IDs of 12 digits"),
              list(
                  "AllowedOrganizations",
                  "ALLOWED_ORGANIZATIONS",
                  OrganizationId::isValid,
                  "organization IDs such as o-a1b2c3d4e5"),
              flag("AllowPublicAccess", "ALLOW_PUBLIC_ACCESS", false),
              flag("RequireImmutableTags", "REQUIRE_IMMUTABLE_TAGS", false),
              flag("RequireScanOnPush", "REQUIRE_SCAN_ON_PUSH", false),
              flag("RequireKmsEncryption", "REQUIRE_KMS_ENCRYPTION", false),
              list("AllowedKmsKeys", "ALLOWED_KMS_KEYS", KmsKey::isKeyArn, "ARNs of KMS keys"),
              flag("AllowEmptyOnDelete", "ALLOW_EMPTY_ON_DELETE", true),
              flag("AllowAdoption", "ALLOW_ADOPTION", false),
              flag("AllowAdministrativeGrants", "ALLOW_ADMINISTRATIVE_GRANTS", false),
              minimum("MinExpiryDays", "MIN_EXPIRY_DAYS"),
              minimum("MinImageCount", "MIN_IMAGE_COUNT"),
              requiredTags(),
              defaultTags());
      reportUnknownVariables();
      return faults.isEmpty() ? new Valid(guardrails) : new Malformed(List.copyOf(faults));
    }

    private String text(String name) {
      known.add(name);
      return environment.getOrDefault(PREFIX + name, "").strip();
    }

    private String namePrefix(String parameter, String name) {
      String prefix = text(name);
      if (!prefix.isEmpty()
          && (prefix.length() > MAX_PREFIX_LENGTH || !RepositoryName.isValid(prefix + "a0"))) {
        fault(
            parameter,
            prefix,
            "cannot be the beginning of a repository name",
            "Write lower-case letters, digits and separators, at most 128 characters: team-a/.");
      }
      return prefix;
    }

    /// Absent where the prefix never changed; empty where there was none before.
    private Optional<String> formerNamePrefix() {
      return switch (text("FORMER_NAME_PREFIX")) {
        case "" -> Optional.empty();
        case "*" -> Optional.of("");
        default -> Optional.of(namePrefix("FormerNamePrefix", "FORMER_NAME_PREFIX"));
      };
    }

    private boolean flag(String parameter, String name, boolean defaultValue) {
      return switch (text(name)) {
        case "" -> defaultValue;
        case "true" -> true;
        case "false" -> false;
        default -> {
          fault(parameter, text(name), "is neither true nor false", "Write true or false.");
          yield defaultValue;
        }
      };
    }

    /// 0 if it is not set.
    private int minimum(String parameter, String name) {
      String text = text(name);
      if (!text.isEmpty() && !NUMBER.matcher(text).matches()) {
        fault(
            parameter,
            text,
            "is not a whole number from 1",
            "Write a number such as 30, or nothing.");
        return 0;
      }
      return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private Set<String> list(String parameter, String name, Predicate<String> entry, String what) {
      Set<String> entries = new LinkedHashSet<>();
      for (String part : parts(name)) {
        if (!entry.test(part)) {
          fault(
              parameter, part, "is not a valid entry", "Write " + what + ", separated by commas.");
        }
        entries.add(part);
      }
      return entries;
    }

    private Set<String> requiredTags() {
      Set<String> keys = new LinkedHashSet<>();
      for (String key : parts("REQUIRED_TAGS")) {
        if (!isTagKey(key)) {
          fault(
              "RequiredTags",
              key,
              "is not a tag key that a template can set",
              "Write tag keys, separated by commas: Team, CostCenter.");
        }
        keys.add(key);
      }
      return keys;
    }

    /// A variable with a misspelt name would leave its guardrail off, so it is a fault.
    private void reportUnknownVariables() {
      for (String name : new TreeSet<>(environment.keySet())) {
        if (name.startsWith(PREFIX)
            && !known.contains(name.substring(PREFIX.length()))
            && !READ_ELSEWHERE.contains(name)) {
          faults.add(
              Fault.at(
                  JsonPath.of(name),
                  "is not an environment variable that the provider knows",
                  "Correct its name, or remove it."));
        }
      }
    }

    private Map<String, String> defaultTags() {
      Map<String, String> tags = new LinkedHashMap<>();
      for (String part : parts("DEFAULT_TAGS")) {
        int equals = part.indexOf('=');
        String key = equals < 0 ? part : part.substring(0, equals).strip();
        String value = equals < 0 ? "" : part.substring(equals + 1).strip();
        if (equals < 1 || !isTagKey(key) || value.length() > 256 || !isTagText(value)) {
          fault(
              "DefaultTags",
              part,
              "is not a tag that can be set",
              "Write Key=Value, separated by commas; keys do not begin with aws: or ecrrepo:.");
        } else if (tags.put(key, value) != null) {
          fault("DefaultTags", key, "is stated twice", "Write each key once.");
        }
      }
      return tags;
    }

    private static boolean isTagKey(String key) {
      return !key.isEmpty()
          && key.length() <= 128
          && isTagText(key)
          && !ReservedTagKeys.isAws(key)
          && !ReservedTagKeys.isOurs(key);
    }

    /// https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-using-tags.html
    private static boolean isTagText(String text) {
      return text.codePoints()
          .allMatch(c -> Character.isLetterOrDigit(c) || c == ' ' || "_.:/=+-@".indexOf(c) >= 0);
    }

    private List<String> parts(String name) {
      String text = text(name);
      return text.isEmpty()
          ? List.of()
          : Stream.of(text.split(",", -1)).map(String::strip).toList();
    }

    private void fault(String parameter, String value, String problem, String remedy) {
      faults.add(Fault.at(JsonPath.of(parameter), Fault.quote(value) + " " + problem, remedy));
    }
  }
}
