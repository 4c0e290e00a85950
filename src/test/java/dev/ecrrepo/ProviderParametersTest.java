package dev.ecrrepo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.plan.GrantGuardrails;
import dev.ecrrepo.plan.Guardrails;
import dev.ecrrepo.repository.NamePrefix;
import dev.ecrrepo.schema.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The provider's settings: open only where they say so, and never by mistake.
class ProviderParametersTest {

  @Test
  void withoutSettingsTheDefaultsHold() {
    Guardrails guardrails = valid(Map.of());
    assertEquals("", guardrails.namePrefix().current());
    assertFalse(guardrails.grants().allowPublicAccess());
    assertFalse(guardrails.allowAdoption());
    assertTrue(guardrails.allowEmptyOnDelete());
    assertEquals(Set.of(), guardrails.grants().allowedAccounts());
    assertEquals(Map.of(), guardrails.tags().defaults());
  }

  @Test
  void emptyTextIsTheDefaultToo() {
    assertTrue(valid(Map.of("ECRREPO_ALLOW_EMPTY_ON_DELETE", "")).allowEmptyOnDelete());
  }

  @Test
  void everySettingIsRead() {
    Guardrails guardrails =
        valid(
            Map.ofEntries(
                Map.entry("ECRREPO_NAME_PREFIX", "team-a/"),
                Map.entry("ECRREPO_ALLOWED_GRANT_ACCOUNTS", "111111111111, 222222222222"),
                Map.entry("ECRREPO_ALLOWED_ORGANIZATIONS", "o-a1b2c3d4e5"),
                Map.entry("ECRREPO_ALLOW_PUBLIC_ACCESS", "true"),
                Map.entry("ECRREPO_REQUIRE_IMMUTABLE_TAGS", "true"),
                Map.entry("ECRREPO_REQUIRE_SCAN_ON_PUSH", "true"),
                Map.entry("ECRREPO_REQUIRE_KMS_ENCRYPTION", "true"),
                Map.entry("ECRREPO_ALLOWED_KMS_KEYS", "arn:aws:kms:eu-west-1:111111111111:key/k-1"),
                Map.entry("ECRREPO_ALLOW_EMPTY_ON_DELETE", "false"),
                Map.entry("ECRREPO_ALLOW_ADOPTION", "true"),
                Map.entry("ECRREPO_FORMER_NAME_PREFIX", "team/"),
                Map.entry("ECRREPO_ALLOW_ADMINISTRATIVE_GRANTS", "true"),
                Map.entry("ECRREPO_MIN_EXPIRY_DAYS", "30"),
                Map.entry("ECRREPO_MIN_IMAGE_COUNT", "5"),
                Map.entry("ECRREPO_REQUIRED_TAGS", "Team, CostCenter"),
                Map.entry("ECRREPO_DEFAULT_TAGS", "CostCenter=4=2, Team=blue")));
    assertEquals(
        new Guardrails(
            new NamePrefix("team-a/", Optional.of("team/")),
            new GrantGuardrails(
                Set.of("111111111111", "222222222222"), Set.of("o-a1b2c3d4e5"), true, true),
            true,
            true,
            new Guardrails.EncryptionLimits(
                true, Set.of("arn:aws:kms:eu-west-1:111111111111:key/k-1")),
            new Guardrails.LifecycleLimits(30, 5),
            new Guardrails.TagRules(
                Set.of("Team", "CostCenter"), Map.of("CostCenter", "4=2", "Team", "blue")),
            true,
            false),
        guardrails);
  }

  @Test
  void everyMalformedSettingIsSaidAtOnce() {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("ECRREPO_NAME_PREFIX", "Team A/");
    wrong.put("ECRREPO_ALLOWED_GRANT_ACCOUNTS", "111111111111,1234");
    wrong.put("ECRREPO_ALLOW_PUBLIC_ACCESS", "yes");
    wrong.put("ECRREPO_ALLOWED_KMS_KEYS", "alias/mine");
    wrong.put("ECRREPO_DEFAULT_TAGS", "ecrrepo:managed-by=me,CostCenter");
    List<Fault> faults =
        assertInstanceOf(ProviderParameters.Malformed.class, parameters(wrong)).faults();
    assertEquals(
        List.of(
            "NamePrefix",
            "AllowedGrantAccounts",
            "AllowPublicAccess",
            "AllowedKmsKeys",
            "DefaultTags",
            "DefaultTags"),
        faults.stream().map(fault -> fault.path().text()).toList());
    assertEquals(
        "AllowPublicAccess: \"yes\" is neither true nor false. Write true or false.",
        faults.get(2).toString());
  }

  @Test
  void anEmptyEntryOfAListIsAFault() {
    assertInstanceOf(
        ProviderParameters.Malformed.class,
        parameters(Map.of("ECRREPO_ALLOWED_GRANT_ACCOUNTS", "111111111111,")));
  }

  @Test
  void aSettingThatIsNotKnownDoesNotOpenTheGate() {
    List<Fault> faults =
        assertInstanceOf(
                ProviderParameters.Malformed.class,
                parameters(
                    Map.of(
                        "ECRREPO_REQUIRE_KMS", "true",
                        "ECRREPO_ALLOWED_ACCOUNTS", "111111111111",
                        "ECRREPO_RESPONSE_HOSTS", "localhost:1234",
                        "AWS_REGION", "eu-west-1")))
            .faults();
    assertEquals(
        List.of("ECRREPO_ALLOWED_ACCOUNTS", "ECRREPO_REQUIRE_KMS"),
        faults.stream().map(fault -> fault.path().text()).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "a", "1.5", "100000"})
  void aMinimumIsAWholeNumberFromOne(String text) {
    assertInstanceOf(
        ProviderParameters.Malformed.class, parameters(Map.of("ECRREPO_MIN_EXPIRY_DAYS", text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws:x", "AWS:x", "ecrrepo:x", " ECRREPO:x", "ｅｃｒｒｅｐｏ:x", "a!b", "a\tb"})
  void aTagKeyOfTheOperatorIsOneThatATemplateCanSet(String key) {
    for (Map<String, String> environment :
        List.of(
            Map.of("ECRREPO_REQUIRED_TAGS", "x," + key),
            Map.of("ECRREPO_DEFAULT_TAGS", "x=y," + key + "=z"))) {
      assertInstanceOf(
          ProviderParameters.Malformed.class, parameters(environment), environment.toString());
    }
  }

  @Test
  void aTagValueOfTheOperatorHasAsManyCharactersAsTheSchemaAllows() {
    String longest = "v".repeat(256);
    assertEquals(
        Map.of("k", longest),
        valid(Map.of("ECRREPO_DEFAULT_TAGS", "k=" + longest)).tags().defaults());
    assertInstanceOf(
        ProviderParameters.Malformed.class,
        parameters(Map.of("ECRREPO_DEFAULT_TAGS", "k=v" + longest)));
  }

  @Test
  void aPrefixHasAsManyCharactersAsTheTemplateAllows() {
    String longest = "a".repeat(127) + "/";
    assertEquals(longest, valid(Map.of("ECRREPO_NAME_PREFIX", longest)).namePrefix().current());
    assertInstanceOf(
        ProviderParameters.Malformed.class,
        parameters(Map.of("ECRREPO_NAME_PREFIX", "a" + longest)));
  }

  private static Guardrails valid(Map<String, String> environment) {
    return assertInstanceOf(ProviderParameters.Valid.class, parameters(environment)).guardrails();
  }

  private static ProviderParameters parameters(Map<String, String> environment) {
    return ProviderParameters.of(environment, Schema.load());
  }
}
