package dev.ecrrepo.lifecycle;

import java.util.ArrayList;

/// The profiles' part in the lifecycle, as the documentation promises it.
public enum ProfileWishes {
  PRODUCTION("{'ExpireUntaggedAfterDays': 14}"),
  DEVELOPMENT("{'ExpireUntaggedAfterDays': 14, 'ExpireAllImagesAfterDays': 14}"),
  SHARED_REGISTRY(
      "{'ExpireUntaggedAfterDays': 14, 'LifecycleRules':"
          + " [{'ForEachTagPattern': ['v*', 'release*'], 'MaxImageCount': 10}]}"),
  NATIVE("{}");

  private final LifecycleProperties wishes;

  ProfileWishes(String properties) {
    this.wishes = Wishing.read(properties.replace('\'', '"'), new ArrayList<>());
  }

  public LifecycleProperties wishes() {
    return wishes;
  }
}
