package dev.ecrrepo.simulation;

import dev.ecrrepo.document.Json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// A stack as CloudFormation knows it.
final class Stack {

  /// A resource of it.
  record Resource(String logicalId, String physicalId, JsonObject properties, boolean retained) {}

  final String name;
  final String id;

  /// In the order in which they were created.
  final Map<String, Resource> resources = new LinkedHashMap<>();

  /// Names of repositories that stay when the stack goes: retained, or given up by a clean-up.
  final Set<String> kept = new LinkedHashSet<>();

  /// Whether something befell it that no provider can make good.
  boolean excused;

  /// Whether it can only be deleted.
  boolean onlyDelete;

  Stack(String name, String id) {
    this.name = name;
    this.id = id;
  }
}
