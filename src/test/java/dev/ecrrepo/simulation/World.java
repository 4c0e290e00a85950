package dev.ecrrepo.simulation;

import dev.ecrrepo.ecr.FakeEcr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// ECR, Lambda, CloudFormation, the operator and other people, in one process.
final class World {

  static final String ACCOUNT = "123456789012";
  static final String FUNCTION = "arn:aws:lambda:eu-west-1:" + ACCOUNT + ":function:custom-ecrrepo";

  /// What was found, and where.
  record Violation(Invariant invariant, String detail) {}

  final Clockwork clock = new Clockwork();
  final FakeEcr ecr = new FakeEcr(clock, ACCOUNT);
  final Lambda lambda = new Lambda(this);
  final Rules rules = new Rules(this);
  final CloudFormation cloudFormation = new CloudFormation(this);
  final List<Violation> violations = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private boolean taggingDenied;

  /// Tags that the operator has ever required: an update does not remove them.
  final Set<String> everRequired = new HashSet<>();

  /// Calls to ECR, and troubles that befell.
  int calls;

  int struck;

  int deliveries;

  World() {
    ecr.surroundedBy(lambda);
    LogWatch.watch(this);
    environment.put("ECRREPO_ALLOW_ADOPTION", "true");
  }

  void violation(Invariant invariant, String detail) {
    violations.add(new Violation(invariant, detail));
  }

  /// The settings without any limit: only what a repository is given.
  Map<String, String> withoutGuardrails() {
    Map<String, String> open = new LinkedHashMap<>();
    open.put("ECRREPO_ALLOW_PUBLIC_ACCESS", "true");
    open.put("ECRREPO_ALLOW_ADMINISTRATIVE_GRANTS", "true");
    return open;
  }

  void operate(String variable, String value) {
    if (variable.equals("TagResource")) {
      taggingDenied = value.equals("denied");
    } else if (variable.equals("ECRREPO_NAME_PREFIX")) {
      changePrefix(value);
    } else if (value.isEmpty()) {
      environment.remove(variable);
    } else {
      environment.put(variable, value);
    }
    everRequired.addAll(settings().listed("ECRREPO_REQUIRED_TAGS"));
  }

  /// As the template's parameter asks for it: with the former value beside it, `*` for none. The
  /// provider knows one former prefix, so the second change of a history is passed over.
  private void changePrefix(String prefix) {
    if (!prefix.isEmpty() && !environment.containsKey("ECRREPO_NAME_PREFIX")) {
      environment.put("ECRREPO_NAME_PREFIX", prefix);
      environment.put("ECRREPO_FORMER_NAME_PREFIX", "*");
    }
  }

  Settings settings() {
    return new Settings(environment);
  }

  boolean taggingDenied() {
    return taggingDenied;
  }

  /// A call takes effect when its caller no longer waits: what follows is beyond the provider.
  void late(FakeEcr.Call call) {
    FakeEcr.Stored stored = ecr.stored(call.repository());
    if (call.writes()) {
      cloudFormation.excuse();
      late.add(call.repository());
      if (stored != null) {
        stored.writers.put(Rules.TAINTED, "late " + call.operation());
      }
    }
  }

  final java.util.Set<String> late = new java.util.HashSet<>();
}
