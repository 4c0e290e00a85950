package dev.ecrrepo.lifecycle;

/// The limit of a rule. The rule applies to the images beyond it. ECR has these four, and a rule
/// has exactly one.
public sealed interface Limit {

  /// This number of images, the newest ones by the time of the push.
  record NewestImages(int count) implements Limit {}

  /// This many days after the push.
  record DaysSincePush(int days) implements Limit {}

  /// This many days after the last pull, or after the push of an image that was never pulled. ECR
  /// can archive images by it, but not expire them.
  record DaysSincePull(int days) implements Limit {}

  /// This many days in the archive, [#MINIMUM] or more. The only limit for archived images.
  record DaysSinceArchived(int days) implements Limit {
    /// ECR charges for at least this time in the archive, and does not expire an image earlier.
    /// This is for ECR's own document; the schema has the same minimum for `LifecycleRules`.
    static final int MINIMUM = 90;
  }

  /// @param name in our properties or in ECR's document
  static Limit of(String name, int number) {
    return switch (name) {
      case "MaxImageCount", "imageCountMoreThan" -> new NewestImages(number);
      case "MaxImageAgeDays", "sinceImagePushed" -> new DaysSincePush(number);
      case "DaysSinceLastPull", "sinceImagePulled" -> new DaysSincePull(number);
      case "DaysSinceArchived", "sinceImageTransitioned" -> new DaysSinceArchived(number);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /// ECR's name for it.
  default String countType() {
    return switch (this) {
      case NewestImages _ -> "imageCountMoreThan";
      case DaysSincePush _ -> "sinceImagePushed";
      case DaysSincePull _ -> "sinceImagePulled";
      case DaysSinceArchived _ -> "sinceImageTransitioned";
    };
  }

  /// Images or days.
  default int number() {
    return switch (this) {
      case NewestImages(int count) -> count;
      case DaysSincePush(int days) -> days;
      case DaysSincePull(int days) -> days;
      case DaysSinceArchived(int days) -> days;
    };
  }
}
