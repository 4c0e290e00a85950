package dev.ecrrepo.wording;

import dev.ecrrepo.document.JsonPath;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The names that our properties have in CDK, in Terraform's modules and in ECR's own documents. A
/// name that is near one of ours is not listed: SpellingSuggestion finds it.
final class NamesInOtherTools {

  private static final String PULL = "Write Access.Pull.AccountIds.";
  private static final String PUSH = "Write Access.Push.AccountIds.";
  private static final String POLICY = "Write RepositoryPolicyText.";
  private static final String SCAN = "Write ImageScanningConfiguration.ScanOnPush.";
  private static final String IMMUTABLE = "Write ImageTagMutability: IMMUTABLE or MUTABLE.";
  private static final String EMPTY = "Write EmptyOnDelete.";
  private static final String KEY = "Write EncryptionConfiguration.KmsKey.";
  private static final String TAGS = "Write TagPatternList or TagPrefixList.";
  private static final String LIMITS =
      "Write MaxImageCount, MaxImageAgeDays, DaysSinceLastPull or DaysSinceArchived.";

  /// Directly under `Properties`, by the name's letters in lower case.
  private static final Map<String, String> TOP =
      Map.ofEntries(
          Map.entry("additionalpullaccountids", PULL),
          Map.entry("allowedaccountids", PULL),
          Map.entry("pullaccounts", PULL),
          Map.entry("additionalpushaccountids", PUSH),
          Map.entry("pushaccounts", PUSH),
          Map.entry("principalsreadonlyaccess", "Write Access.Pull.PrincipalArns."),
          Map.entry("repositoryreadaccessarns", "Write Access.Pull.PrincipalArns."),
          Map.entry("principalspushaccess", "Write Access.Push.PrincipalArns."),
          Map.entry("repositoryreadwriteaccessarns", "Write Access.Push.PrincipalArns."),
          Map.entry("organizationsreadonlyaccess", "Write Access.Pull.OrganizationIds."),
          Map.entry("principalslambda", "Write Access.Lambda.AccountIds."),
          Map.entry("policy", POLICY),
          Map.entry("policytext", POLICY),
          Map.entry("policydocument", POLICY),
          Map.entry("repositorypolicy", POLICY),
          Map.entry("imagescanonpush", SCAN),
          Map.entry("scanimagesonpush", SCAN),
          Map.entry("imagescanning", SCAN),
          Map.entry("isimmutable", IMMUTABLE),
          Map.entry("imageimmutable", IMMUTABLE),
          Map.entry("imagetagimmutability", IMMUTABLE),
          Map.entry("forcedelete", EMPTY),
          Map.entry("repositoryforcedelete", EMPTY),
          Map.entry("autodeleteimages", EMPTY),
          Map.entry("removalpolicy", "Write DeletionPolicy beside Properties, not in it."),
          Map.entry("encryption", "Write EncryptionConfiguration.EncryptionType."),
          Map.entry("encryptionkey", KEY),
          Map.entry("kmskeyid", KEY),
          Map.entry("kmskeyarn", KEY),
          Map.entry("name", "Write RepositoryName."),
          Map.entry("expirationrules", "Write LifecycleRules."),
          Map.entry("rules", "Write LifecycleRules."),
          Map.entry("lifecyclepolicyjson", "Write LifecyclePolicy.LifecyclePolicyText."),
          Map.entry("expireallimages", "Write ExpireAllImagesAfterDays: 14."),
          Map.entry("maximageage", "Write ExpireAllImagesAfterDays."),
          Map.entry("lifecyclepolicytext", "Write LifecyclePolicy.LifecyclePolicyText."));

  /// In a rule of `LifecycleRules`.
  private static final Map<String, String> RULE =
      Map.ofEntries(
          Map.entry("maximageage", "Write MaxImageAgeDays."),
          Map.entry("rulepriority", "Remove it: the order of the list is the priority."),
          Map.entry("counttype", LIMITS),
          Map.entry("countnumber", LIMITS),
          Map.entry("countunit", "Remove it: the unit is in the limit's name."),
          Map.entry("sinceimagepushed", "Write MaxImageAgeDays."),
          Map.entry("sinceimagepulled", "Write DaysSinceLastPull."),
          Map.entry("sincelastpulled", "Write DaysSinceLastPull."),
          Map.entry("sinceimagetransitioned", "Write DaysSinceArchived."),
          Map.entry("imagecountmorethan", "Write MaxImageCount."),
          Map.entry("tags", TAGS),
          Map.entry("tag", TAGS),
          Map.entry("imagetags", TAGS),
          Map.entry("targetstorageclass", "Write Action: Archive."));

  private static final Pattern NO_LETTERS = Pattern.compile("[^A-Za-z0-9]++");

  private NamesInOtherTools() {}

  static Optional<String> remedy(JsonPath parent, String name) {
    String letters = letters(name);
    return parent.equals(JsonPath.ROOT)
        ? Optional.ofNullable(TOP.get(letters))
        : parent.text().startsWith("LifecycleRules[")
            ? Optional.ofNullable(RULE.get(letters))
            : Optional.empty();
  }

  /// Letters and digits alone, in lower case.
  static String letters(String name) {
    return NO_LETTERS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
