package dev.ecrrepo.lifecycle;

import java.util.List;

/// The profiles' part in the lifecycle, as the documentation promises it.
public enum ProfileWishes {
  PRODUCTION(LifecycleProperties.untaggedAfter(14)),
  DEVELOPMENT(LifecycleProperties.untaggedAfter(14).andAllAfter(14)),
  SHARED_REGISTRY(
      LifecycleProperties.untaggedAfter(14).andNewestOfEach(10, List.of("v*", "release*"))),
  NATIVE(LifecycleProperties.NONE);

  private final LifecycleProperties wishes;

  ProfileWishes(LifecycleProperties wishes) {
    this.wishes = wishes;
  }

  public LifecycleProperties wishes() {
    return wishes;
  }
}
