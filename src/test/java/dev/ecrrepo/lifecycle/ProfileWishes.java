package dev.ecrrepo.lifecycle;

import java.util.List;

/// The profiles' part in the lifecycle, as the documentation promises it.
public enum ProfileWishes {
  PRODUCTION(LifecycleWishes.untaggedAfter(14)),
  DEVELOPMENT(LifecycleWishes.untaggedAfter(14).andAllAfter(14)),
  SHARED_REGISTRY(LifecycleWishes.untaggedAfter(14).andNewestOfEach(10, List.of("v*", "release*"))),
  NATIVE(LifecycleWishes.NONE);

  private final LifecycleWishes wishes;

  ProfileWishes(LifecycleWishes wishes) {
    this.wishes = wishes;
  }

  public LifecycleWishes wishes() {
    return wishes;
  }
}
