package dev.ecrrepo;

import dev.ecrrepo.attributes.Attributes;
import dev.ecrrepo.cloudformation.PhysicalId;
import dev.ecrrepo.cloudformation.PhysicalId.AssignedByCloudFormation;
import dev.ecrrepo.cloudformation.PhysicalId.FailedCreate;
import dev.ecrrepo.cloudformation.PhysicalId.OfRepository;
import dev.ecrrepo.cloudformation.Provider;
import dev.ecrrepo.cloudformation.Request;
import dev.ecrrepo.cloudformation.Request.Create;
import dev.ecrrepo.cloudformation.Request.Delete;
import dev.ecrrepo.cloudformation.Request.Update;
import dev.ecrrepo.cloudformation.Response;
import dev.ecrrepo.cloudformation.Response.Failure;
import dev.ecrrepo.cloudformation.Response.Success;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.logging.LogEntry;
import dev.ecrrepo.plan.ReconcileRequest;
import dev.ecrrepo.properties.DeletionOptions;
import dev.ecrrepo.properties.DesiredRepository;
import dev.ecrrepo.properties.PreviousProperties;
import dev.ecrrepo.properties.PropertyReader;
import dev.ecrrepo.properties.ReadResult;
import dev.ecrrepo.reconciliation.RemovalRequest;
import dev.ecrrepo.reconciliation.RepositoryReconciler;
import dev.ecrrepo.reconciliation.RepositoryReconciler.Outcome.NotReconciled;
import dev.ecrrepo.reconciliation.RepositoryReconciler.Outcome.Reconciled;
import dev.ecrrepo.reconciliation.RepositoryRemoval;
import dev.ecrrepo.repository.NamePrefix;
import dev.ecrrepo.repository.NameResolution;
import dev.ecrrepo.repository.RepositoryName;
import dev.ecrrepo.repository.StackResource;
import dev.ecrrepo.time.TimeLeft;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Logger;

/// Handles Create, Update and Delete: checks whether the stack is served, reads the properties,
/// reconciles the repository, and responds.
final class EcrRepoProvider implements Provider {

  private static final Logger LOG = Logger.getLogger(EcrRepoProvider.class.getName());

  /// The longest list of faults, in characters. The whole response may have 4,096 bytes. If the
  /// list has more bytes than fit, for example since it is not all ASCII, `ResponseBody` cuts it.
  static final int MAX_FAULTS_LENGTH = 3000;

  /// Blank: see [Failure#physicalId].
  private static final String NO_PHYSICAL_ID = "";

  private final InvokedFunction function;
  private final NamePrefix namePrefix;
  private final PropertyReader reader;
  private final RepositoryReconciler reconciler;
  private final RepositoryRemoval removal;

  EcrRepoProvider(
      InvokedFunction function,
      NamePrefix namePrefix,
      PropertyReader reader,
      RepositoryReconciler reconciler,
      RepositoryRemoval removal) {
    this.function = function;
    this.namePrefix = namePrefix;
    this.reader = reader;
    this.reconciler = reconciler;
    this.removal = removal;
  }

  @Override
  public Response handle(Request request, TimeLeft timeLeft) {
    StackResource self =
        new StackResource(
            request.context().stackId().text(), request.context().logicalResourceId());
    Optional<String> refusal = function.refusal(request.context().stackId());
    if (refusal.isPresent()) {
      // A Delete whose physical ID names no repository still succeeds, so that the stack can roll
      // back: its Create was refused here, too.
      return request instanceof Delete delete && !(delete.physicalId() instanceof OfRepository)
          ? new Success(delete.physicalId().text(), Map.of())
          : new Failure(NO_PHYSICAL_ID, refusal.get());
    }
    try {
      return switch (request) {
        case Create create -> create(create, self, timeLeft);
        case Update update -> update(update, self, timeLeft);
        case Delete delete -> delete(delete, self, timeLeft);
      };
    } catch (EcrFailure e) {
      return new Failure(NO_PHYSICAL_ID, e.getMessage());
    }
  }

  private Response create(Create create, StackResource self, TimeLeft timeLeft) {
    return switch (reader.read(create.properties())) {
      case ReadResult.Faulty(List<Fault> faults) -> faulty(faults);
      case ReadResult.Desired(DesiredRepository desired, List<String> overridden) -> {
        logOverridden(overridden);
        String name = names(self).ofCreate(desired);
        ReconcileRequest reconcileRequest =
            ReconcileRequest.ofCreate(
                self, create.context().requestId(), create.context().time(), name, desired);
        yield switch (reconciler.reconcile(reconcileRequest, timeLeft)) {
          case Reconciled(var repository) -> new Success(name, Attributes.of(repository));
          case NotReconciled(String reason, boolean repositoryExists) ->
              new Failure(repositoryExists ? name : NO_PHYSICAL_ID, reason);
        };
      }
    };
  }

  /// No failure states a physical ID, because the response must have the unchanged one of the
  /// event. A different one would look like a replacement, and CloudFormation would delete a
  /// repository.
  private Response update(Update update, StackResource self, TimeLeft timeLeft) {
    return switch (reader.read(update.properties())) {
      case ReadResult.Faulty(List<Fault> faults) -> faulty(faults);
      case ReadResult.Desired(DesiredRepository desired, List<String> overridden) -> {
        logOverridden(overridden);
        PreviousProperties previous = reader.readPrevious(update.oldProperties());
        String name = resolveName(update.physicalId(), desired, previous, self, timeLeft);
        boolean propertiesChanged = !update.properties().equals(update.oldProperties());
        ReconcileRequest reconcileRequest =
            ReconcileRequest.ofUpdate(
                self,
                update.context().requestId(),
                update.context().time(),
                update.physicalId().text(),
                name,
                desired,
                propertiesChanged,
                previous);
        yield switch (reconciler.reconcile(reconcileRequest, timeLeft)) {
          case Reconciled(var repository) -> new Success(name, Attributes.of(repository));
          case NotReconciled(String reason, boolean _) -> new Failure(NO_PHYSICAL_ID, reason);
        };
      }
    };
  }

  private String resolveName(
      PhysicalId physicalId,
      DesiredRepository desired,
      PreviousProperties previous,
      StackResource self,
      TimeLeft timeLeft) {
    Optional<String> current =
        physicalId instanceof OfRepository(String name) ? Optional.of(name) : Optional.empty();
    return names(self)
        .ofUpdate(desired, previous, current, name -> reconciler.isOwn(name, self, timeLeft));
  }

  private NameResolution names(StackResource self) {
    return new NameResolution(namePrefix, self);
  }

  private Response delete(Delete delete, StackResource self, TimeLeft timeLeft) {
    DeletionOptions options = reader.readForDelete(delete.properties());
    RemovalRequest request = new RemovalRequest(self, delete.context().time(), options);
    Optional<String> failure =
        switch (delete.physicalId()) {
          case OfRepository(String name) -> removal.remove(request, name, timeLeft);
          case FailedCreate(String requestId) ->
              removeUntilFailure(
                  candidateNames(options, self),
                  name -> removal.removeFailed(request, requestId, name, timeLeft));
          // CloudFormation assigns the ID itself if it received no response to the Create.
          case AssignedByCloudFormation _ ->
              removeUntilFailure(
                  candidateNames(options, self),
                  name -> removal.removeCancelled(request, name, timeLeft));
        };
    String physicalId = delete.physicalId().text();
    return failure
        .<Response>map(reason -> new Failure(NO_PHYSICAL_ID, reason))
        .orElseGet(() -> new Success(physicalId, Map.of()));
  }

  /// The names that the repository of a failed or cancelled Create can have, whose physical ID does
  /// not state it: the one in the properties, or the ones generated with the current and the former
  /// prefix. Older prefixes are not tried, since such a Delete usually follows within minutes.
  private List<String> candidateNames(DeletionOptions options, StackResource self) {
    return options
        .repositoryName()
        .map(List::of)
        .orElseGet(() -> names(self).generatedNames())
        .stream()
        .filter(RepositoryName::isValid)
        .toList();
  }

  private static Failure faulty(List<Fault> faults) {
    return new Failure(NO_PHYSICAL_ID, Fault.message(faults, MAX_FAULTS_LENGTH));
  }

  private static Optional<String> removeUntilFailure(
      List<String> names, Function<String, Optional<String>> removeOne) {
    for (String name : names) {
      Optional<String> failure = removeOne.apply(name);
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private static void logOverridden(List<String> overridden) {
    if (!overridden.isEmpty()) {
      LogEntry.of(LOG)
          .with("overridden", overridden)
          .info("LifecyclePolicy is stated and overrides the other lifecycle properties.");
    }
  }
}
