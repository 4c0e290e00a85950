package dev.ecrrepo.plan;

import dev.ecrrepo.repository.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What follows from the difference between desired and observed.
public sealed interface Plan {

  /// Do this, in this order.
  ///
  /// @param steps one after the other; the changes of one step are independent and may run at once
  /// @param takesOver the only step makes another owner's or nobody's repository this resource's;
  ///   not set if a rollback takes a repository back
  /// @param adopts likewise, and not from a resource of the same stack
  /// @param warnings what an operator should know; the changes are right all the same
  record Proceed(List<List<Change>> steps, boolean takesOver, boolean adopts, List<String> warnings)
      implements Plan {
    public Proceed {
      steps = steps.stream().filter(step -> !step.isEmpty()).map(List::copyOf).toList();
      warnings = List.copyOf(warnings);
    }

    static Proceed ofCreation(List<List<Change>> steps) {
      return new Proceed(steps, false, false, List.of());
    }

    static Proceed ofUpdate(List<List<Change>> steps, List<String> warnings) {
      return new Proceed(steps, false, false, warnings);
    }

    public List<Change> changes() {
      return steps.stream().flatMap(List::stream).toList();
    }

    /// The change of this kind, if there is one. Only of changes of tags a plan has several.
    public <T extends Change> Optional<T> first(Class<T> kind) {
      return changes().stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
  }

  /// Do nothing at all.
  ///
  /// @param reason sentences for the template author: what is in the way, and the ways out
  /// @param guardrails the names of those that forbid it
  record Refuse(String reason, Set<String> guardrails) implements Plan {
    Refuse(String reason) {
      this(reason, Set.of());
    }

    static Refuse forbidden(List<Objection> objections) {
      return new Refuse(
          objections.stream().map(Objection::sentence).collect(Collectors.joining(" ")),
          objections.stream().map(Objection::guardrail).collect(Collectors.toSet()));
    }
  }

  /// What a guardrail has against a plan.
  ///
  /// @param guardrail its name, such as `NamePrefix`
  /// @param sentence for the template author
  record Objection(String guardrail, String sentence) {

    /// The same objections, with more advice at the end of the last one.
    static List<Objection> withAdvice(List<Objection> objections, String advice) {
      List<Objection> advised = new ArrayList<>(objections);
      Objection last = advised.removeLast();
      advised.add(new Objection(last.guardrail, last.sentence + " " + advice));
      return advised;
    }
  }
}
