package dev.ecrrepo.policy;

import dev.ecrrepo.document.Json.JsonObject;

/// A statement of a repository policy, and the property that it comes from: `Access.Pull`.
public record GrantedStatement(JsonObject statement, String property) {

  public String sid() {
    return statement.string("Sid").orElseThrow();
  }
}
