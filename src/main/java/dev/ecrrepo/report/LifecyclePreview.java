package dev.ecrrepo.report;

/// How many images a lifecycle policy would take today.
public sealed interface LifecyclePreview {

  /// ECR has counted them.
  ///
  /// @param expiring images that would expire
  /// @param archiving images that would move to the archive
  record Counted(long expiring, long archiving) implements LifecyclePreview {}

  /// It is not known.
  ///
  /// @param why a sentence
  record Unknown(String why) implements LifecyclePreview {}
}
