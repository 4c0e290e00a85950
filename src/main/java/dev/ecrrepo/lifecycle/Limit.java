package dev.ecrrepo.lifecycle;

/// Up to where a rule leaves its images alone. ECR knows these four, and a rule has exactly one.
public sealed interface Limit {

  /// As many of the newest images, by the time they were pushed.
  record NewestImages(int count) implements Limit {}

  /// So many days after the push.
  record DaysSincePush(int days) implements Limit {}

  /// So many days after the last pull, or after the push of an image that was never pulled. ECR
  /// archives by it, but does not expire.
  record DaysSincePull(int days) implements Limit {}

  /// So many days in the archive, [#MINIMUM] or more. The only limit for archived images.
  record DaysSinceArchived(int days) implements Limit {
    /// ECR charges an archived image for this long in any case, and does not expire it earlier.
    static final int MINIMUM = 90;
  }
}
