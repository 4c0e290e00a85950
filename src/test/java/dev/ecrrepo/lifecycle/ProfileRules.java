package dev.ecrrepo.lifecycle;

import java.util.ArrayList;

/// The profiles' part in the lifecycle, as the documentation promises it.
public enum ProfileRules {
  PRODUCTION("{'ExpireUntaggedAfterDays': 14}"),
  DEVELOPMENT("{'ExpireUntaggedAfterDays': 14, 'ExpireAllImagesAfterDays': 14}"),
  SHARED_REGISTRY(
      "{'ExpireUntaggedAfterDays': 14, 'LifecycleRules':"
          + " [{'ForEachTagPattern': ['v*', 'release*'], 'MaxImageCount': 10}]}"),
  NATIVE("{}");

  private final LifecycleProperties properties;

  ProfileRules(String stated) {
    this.properties = StatedLifecycle.read(stated.replace('\'', '"'), new ArrayList<>());
  }

  public LifecycleProperties properties() {
    return properties;
  }
}
