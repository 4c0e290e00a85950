package dev.ecrrepo.identifier;

import dev.ecrrepo.document.Ascii;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import java.util.Optional;

/// Names of KMS keys. A key has an ID and an ARN. Only KMS knows which key an alias points to; ECR
/// returns the key's ARN.
/// https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
public final class KmsKey {

  private KmsKey() {}

  public static boolean isAlias(String key) {
    return key.startsWith("alias/") || key.contains(":alias/");
  }

  /// Whether both may name the same key. An alias may name any key.
  public static boolean couldBeSame(String stated, String live) {
    return isAlias(stated) || isAlias(live) || same(stated, live);
  }

  /// Whether both certainly name the same key. Two ARNs are compared as a whole, anything else by
  /// the ID.
  static boolean same(String one, String other) {
    return (isArn(one) && isArn(other)) ? one.equals(other) : id(one).equals(id(other));
  }

  /// The ARN of a key. An ID alone means a key of this account and Region, as it does to ECR. An
  /// alias is returned unchanged.
  public static String arn(String key, String partition, String region, String account) {
    return isArn(key) || key.contains("/")
        ? key
        : "arn:%s:kms:%s:%s:key/%s".formatted(partition, region, account, key);
  }

  public static boolean isKeyArn(String text) {
    return Arn.parse(text)
        .filter(arn ->
            arn.service().equals("kms")
                && Arn.isName(arn.region())
                && AccountId.isValid(arn.account())
                && arn.resource().startsWith("key/")
                && isId(arn.resource().substring("key/".length())))
        .isPresent();
  }

  /// Why ECR cannot use the key: it belongs to another Region or partition.
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_EncryptionConfiguration.html
  public static Optional<Fault> fault(String key, String partition, String region, JsonPath path) {
    return Arn.parse(key)
        .filter(arn -> arn.service().equals("kms"))
        .filter(arn -> !arn.partition().equals(partition) || !arn.region().equals(region))
        .map(arn -> {
          boolean samePartition = arn.partition().equals(partition);
          return Fault.at(
              path,
              "%s is in %s, and the repository is in %s"
                  .formatted(
                      Fault.quote(key),
                      samePartition ? arn.region() : "the partition " + arn.partition(),
                      samePartition ? region : "the partition " + partition),
              "Write a key in " + region + ".");
        });
  }

  private static boolean isId(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> Ascii.isLetterOrDigit(c) || c == '-');
  }

  private static boolean isArn(String key) {
    return key.startsWith("arn:");
  }

  private static String id(String key) {
    return key.substring(key.lastIndexOf('/') + 1);
  }
}
