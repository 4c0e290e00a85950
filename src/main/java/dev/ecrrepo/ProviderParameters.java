package dev.ecrrepo;

import dev.ecrrepo.cloudformation.ResponseHosts;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.identifier.AccountId;
import dev.ecrrepo.identifier.KmsKey;
import dev.ecrrepo.identifier.OrganizationId;
import dev.ecrrepo.plan.GrantGuardrails;
import dev.ecrrepo.plan.Guardrails;
import dev.ecrrepo.plan.Guardrails.EncryptionLimits;
import dev.ecrrepo.plan.Guardrails.LifecycleLimits;
import dev.ecrrepo.plan.Guardrails.TagRules;
import dev.ecrrepo.repository.NamePrefix;
import dev.ecrrepo.repository.RepositoryName;
import dev.ecrrepo.schema.Schema;
import dev.ecrrepo.wording.WrongText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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

  /// @param schema says which tags are valid
  static ProviderParameters of(Map<String, String> environment, Schema schema) {
    return new Parser(environment, schema).parse();
  }

  /// One pass over the environment that gathers all faults.
  final class Parser {
    private static final String PREFIX = "ECRREPO_";
    private static final Pattern WORD_BOUNDARY = Pattern.compile("(?<=[a-z])(?=[A-Z])");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");
    private static final int MAX_PREFIX_LENGTH = 128;

    /// Read by [ResponseHosts] and by `fast/bootstrap`.
    private static final Set<String> READ_ELSEWHERE = Set.of(ResponseHosts.VARIABLE, "ECRREPO_AOT");

    private final Map<String, String> environment;
    private final Schema schema;
    private final List<Fault> faults = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    private Parser(Map<String, String> environment, Schema schema) {
      this.environment = environment;
      this.schema = schema;
    }

    private ProviderParameters parse() {
      Guardrails guardrails =
          new Guardrails(
              new NamePrefix(namePrefix("NamePrefix"), formerNamePrefix()),
              new GrantGuardrails(
                  list("AllowedGrantAccounts", AccountId::isValid, "account IDs of 12 digits"),
                  list(
                      "AllowedOrganizations",
                      OrganizationId::isValid,
                      "organization IDs such as o-a1b2c3d4e5"),
                  flag("AllowPublicAccess", false),
                  flag("AllowAdministrativeGrants", false)),
              flag("RequireImmutableTags", false),
              flag("RequireScanOnPush", false),
              new EncryptionLimits(
                  flag("RequireKmsEncryption", false),
                  list("AllowedKmsKeys", KmsKey::isKeyArn, "ARNs of KMS keys")),
              new LifecycleLimits(minimum("MinExpiryDays"), minimum("MinImageCount")),
              new TagRules(requiredTags(), defaultTags()),
              flag("AllowAdoption", false),
              flag("AllowEmptyOnDelete", true));
      reportUnknownVariables();
      return faults.isEmpty() ? new Valid(guardrails) : new Malformed(List.copyOf(faults));
    }

    /// The value of a parameter; empty if it is not set.
    private String text(String parameter) {
      String variable = variable(parameter);
      known.add(variable);
      return environment.getOrDefault(variable, "").strip();
    }

    /// The environment variable that has a parameter's value: `ECRREPO_NAME_PREFIX` for
    /// `NamePrefix`.
    private static String variable(String parameter) {
      return PREFIX + WORD_BOUNDARY.matcher(parameter).replaceAll("_").toUpperCase(Locale.ROOT);
    }

    private String namePrefix(String parameter) {
      String prefix = text(parameter);
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

    /// See [NamePrefix#former].
    private Optional<String> formerNamePrefix() {
      return switch (text("FormerNamePrefix")) {
        case "" -> Optional.empty();
        case "*" -> Optional.of("");
        default -> Optional.of(namePrefix("FormerNamePrefix"));
      };
    }

    private boolean flag(String parameter, boolean defaultValue) {
      return switch (text(parameter)) {
        case "" -> defaultValue;
        case "true" -> true;
        case "false" -> false;
        default -> {
          fault(parameter, text(parameter), "is neither true nor false", "Write true or false.");
          yield defaultValue;
        }
      };
    }

    /// 0 if it is not set.
    private int minimum(String parameter) {
      String text = text(parameter);
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

    private Set<String> list(String parameter, Predicate<String> entry, String what) {
      Set<String> entries = new LinkedHashSet<>();
      for (String part : parts(parameter)) {
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
      for (String key : parts("RequiredTags")) {
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
        if (name.startsWith(PREFIX) && !known.contains(name) && !READ_ELSEWHERE.contains(name)) {
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
      for (String part : parts("DefaultTags")) {
        int equals = part.indexOf('=');
        String key = equals < 0 ? part : part.substring(0, equals).strip();
        String value = equals < 0 ? "" : part.substring(equals + 1).strip();
        if (equals < 1 || !isTagKey(key) || !WrongText.isValid(value, schema.text("TagValue"))) {
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

    private boolean isTagKey(String key) {
      return WrongText.isValid(key, schema.text("TagKey"));
    }

    private List<String> parts(String parameter) {
      String text = text(parameter);
      return text.isEmpty()
          ? List.of()
          : Stream.of(text.split(",", -1)).map(String::strip).toList();
    }

    private void fault(String parameter, String value, String problem, String remedy) {
      faults.add(Fault.at(JsonPath.of(parameter), Fault.quote(value) + " " + problem, remedy));
    }
  }
}
