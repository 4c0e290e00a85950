package dev.ecrrepo;

import dev.ecrrepo.attributes.Attributes;
import dev.ecrrepo.cloudformation.Deadline;
import dev.ecrrepo.cloudformation.PhysicalId;
import dev.ecrrepo.cloudformation.PhysicalId.FailedCreate;
import dev.ecrrepo.cloudformation.PhysicalId.Given;
import dev.ecrrepo.cloudformation.PhysicalId.Invented;
import dev.ecrrepo.cloudformation.Provider;
import dev.ecrrepo.cloudformation.Request;
import dev.ecrrepo.cloudformation.Request.Create;
import dev.ecrrepo.cloudformation.Request.Delete;
import dev.ecrrepo.cloudformation.Request.Update;
import dev.ecrrepo.cloudformation.Response;
import dev.ecrrepo.cloudformation.Response.Failure;
import dev.ecrrepo.cloudformation.Response.Success;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.logging.Line;
import dev.ecrrepo.properties.DeleteWishes;
import dev.ecrrepo.properties.DesiredRepository;
import dev.ecrrepo.properties.PropertyReader;
import dev.ecrrepo.properties.Reading;
import dev.ecrrepo.properties.StatedBefore;
import dev.ecrrepo.repository.Budget;
import dev.ecrrepo.repository.Guardrails;
import dev.ecrrepo.repository.Intent;
import dev.ecrrepo.repository.Owner;
import dev.ecrrepo.repository.RepositoryName;
import dev.ecrrepo.repository.RepositoryReconciler;
import dev.ecrrepo.repository.RepositoryReconciler.Outcome.NotReconciled;
import dev.ecrrepo.repository.RepositoryReconciler.Outcome.Reconciled;
import dev.ecrrepo.repository.RepositoryRemoval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/// The story of each request: may it be served, what does it want, make it so, say what came of it.
final class EcrRepoProvider implements Provider {

  private static final Logger LOG = Logger.getLogger(EcrRepoProvider.class.getName());

  /// What a list of faults may take of an answer of 4,096 bytes.
  static final int FAULTS = 3000;

  /// The marker of a failed Create; the request's own ID in an Update or Delete.
  private static final String USUAL_ID = "";

  private final FunctionArn function;
  private final Guardrails guardrails;
  private final PropertyReader reader;
  private final RepositoryReconciler reconciler;
  private final RepositoryRemoval removal;

  EcrRepoProvider(
      FunctionArn function,
      Guardrails guardrails,
      PropertyReader reader,
      RepositoryReconciler reconciler,
      RepositoryRemoval removal) {
    this.function = function;
    this.guardrails = guardrails;
    this.reader = reader;
    this.reconciler = reconciler;
    this.removal = removal;
  }

  @Override
  public Response handle(Request request, Deadline deadline) {
    Owner self =
        new Owner(request.context().stackId().text(), request.context().logicalResourceId());
    Budget budget = new Budget(deadline::left, deadline::mayStillChange);
    Optional<String> refusal = function.refusal(request.context().stackId(), guardrails);
    if (refusal.isPresent()) {
      // A stack that is not served never got a repository, but must be able to roll back.
      return request instanceof Delete delete && !(delete.physicalId() instanceof Given)
          ? new Success(delete.physicalId().text(), Map.of())
          : new Failure(USUAL_ID, refusal.get());
    }
    return switch (request) {
      case Create create -> create(create, self, budget);
      case Update update -> update(update, self, budget);
      case Delete delete -> delete(delete, self, budget);
    };
  }

  private Response create(Create create, Owner self, Budget budget) {
    return switch (reader.read(create.properties())) {
      case Reading.Faulty(List<Fault> faults) -> new Failure(USUAL_ID, Fault.list(faults, FAULTS));
      case Reading.Desired(DesiredRepository desired, List<String> overridden) -> {
        logOverridden(overridden);
        String name = desired.name().orElseGet(() -> generated(self));
        Intent intent =
            new Intent(
                self, create.context().requestId(), true, name, desired, StatedBefore.NOTHING);
        yield switch (reconciler.reconcile(intent, false, budget)) {
          case Reconciled(var repository) -> new Success(name, Attributes.of(repository));
          case NotReconciled(String reason, boolean remains) ->
              new Failure(remains ? name : USUAL_ID, reason);
        };
      }
    };
  }

  /// Every failure has the request's own ID: another one would tell CloudFormation to delete this.
  private Response update(Update update, Owner self, Budget budget) {
    String physicalId = update.physicalId().text();
    return switch (reader.read(update.properties())) {
      case Reading.Faulty(List<Fault> faults) -> new Failure(USUAL_ID, Fault.list(faults, FAULTS));
      case Reading.Desired(DesiredRepository desired, List<String> overridden) -> {
        logOverridden(overridden);
        StatedBefore before = reader.readBefore(update.oldProperties());
        String name = name(update.physicalId(), desired, before, self);
        Intent intent =
            new Intent(self, update.context().requestId(), false, name, desired, before);
        yield switch (reconciler.reconcile(intent, name.equals(physicalId), budget)) {
          case Reconciled(var repository) -> new Success(name, Attributes.of(repository));
          case NotReconciled(String reason, boolean _) -> new Failure(USUAL_ID, reason);
        };
      }
    };
  }

  /// A name that is no longer stated means the generated one; never stated, it stays what it is.
  private String name(
      PhysicalId physicalId, DesiredRepository desired, StatedBefore before, Owner self) {
    return desired
        .name()
        .orElseGet(() ->
            physicalId instanceof Given(String current) && before.repositoryName().isEmpty()
                ? current
                : generated(self));
  }

  private Response delete(Delete delete, Owner self, Budget budget) {
    DeleteWishes wishes = reader.readForDelete(delete.properties());
    String meant = wishes.repositoryName().orElseGet(() -> generated(self));
    Optional<String> failure =
        switch (delete.physicalId()) {
          case Given(String name) -> removal.remove(self, name, wishes, budget);
          case FailedCreate(String requestId) ->
              RepositoryName.isValid(meant)
                  ? removal.removeFailed(self, requestId, meant, wishes, budget)
                  : Optional.empty();
          case Invented _ ->
              RepositoryName.isValid(meant)
                  ? removal.removeCancelled(self, meant, wishes, budget)
                  : Optional.empty();
        };
    String physicalId = delete.physicalId().text();
    return failure
        .<Response>map(reason -> new Failure(USUAL_ID, reason))
        .orElseGet(() -> new Success(physicalId, Map.of()));
  }

  private String generated(Owner self) {
    return RepositoryName.generate(guardrails.namePrefix(), self);
  }

  private static void logOverridden(List<String> overridden) {
    if (!overridden.isEmpty()) {
      Line.of(LOG)
          .with("overridden", overridden)
          .info("LifecyclePolicy is stated and overrides the other lifecycle properties.");
    }
  }
}
