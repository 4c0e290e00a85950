package dev.ecrrepo.simulation;

import java.util.HashMap;
import java.util.Map;

/// What one delivery knows of the repositories that it looked at.
final class Ownerships {

  private final Map<String, Owner> first = new HashMap<>();

  /// Whose a repository is by its tags.
  ///
  /// @param stackId empty where it is nobody's
  record Owner(String stackId, String logicalId) {
    static final Owner NOBODY = new Owner("", "");

    static Owner of(Map<String, String> tags) {
      return "Custom::EcrRepo".equals(tags.get("ecrrepo:managed-by"))
              && tags.containsKey("ecrrepo:stack-id")
              && tags.containsKey("ecrrepo:logical-id")
          ? new Owner(tags.get("ecrrepo:stack-id"), tags.get("ecrrepo:logical-id"))
          : NOBODY;
    }

    String stackName() {
      String[] parts = stackId.split("/", -1);
      return parts.length == 3 ? parts[1] : "";
    }
  }

  /// The owner when this delivery first met the repository.
  Owner first(String repository, Owner now) {
    return first.computeIfAbsent(repository, _ -> now);
  }

  void created(String repository, Owner owner) {
    first.put(repository, owner);
  }
}
