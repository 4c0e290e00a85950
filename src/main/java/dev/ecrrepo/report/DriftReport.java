package dev.ecrrepo.report;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.logging.LogEntry;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Owner;
import dev.ecrrepo.repository.Ownership;
import dev.ecrrepo.time.TimeLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/// Which of the provider's repositories are not as they were last applied.
///
/// It reads the repositories in random order and at a limited rate, so that deployments are not
/// throttled. If the time is too short for all, the report says how many were read.
public final class DriftReport {

  private static final Logger LOG = Logger.getLogger(DriftReport.class.getName());

  /// How much of the time is left for the response.
  private static final Duration RESPONSE_RESERVE = Duration.ofSeconds(10);

  /// What one run has found.
  ///
  /// @param repositories in the registry, of whatever owner
  /// @param lookedAt how many of them; fewer where the time was over or reading failed
  /// @param owned the provider's
  /// @param withoutRecord of these, the ones of which nothing is known
  /// @param problems why some could not be read, a sentence each
  public record Findings(
      int repositories,
      int lookedAt,
      int owned,
      List<String> withoutRecord,
      List<Json> drifted,
      List<String> problems) {

    /// As JSON. docs/reports.md lists its members.
    public JsonObject document() {
      Map<String, Json> members = new LinkedHashMap<>();
      members.put("repositories", Json.of(repositories));
      members.put("lookedAt", Json.of(lookedAt));
      members.put("owned", Json.of(owned));
      members.put("drifted", Json.array(drifted));
      members.put("withoutRecord", Json.strings(withoutRecord));
      members.put("problems", Json.strings(problems));
      return Json.object(members);
    }
  }

  private final EcrGateway ecr;
  private final ReportGateway reports;
  private final RateLimiter rateLimiter;

  public DriftReport(EcrGateway ecr, ReportGateway reports, RateLimiter rateLimiter) {
    this.ecr = ecr;
    this.reports = reports;
    this.rateLimiter = rateLimiter;
  }

  /// @throws EcrFailure where the repositories cannot be listed
  public Findings run(TimeLeft timeLeft) {
    List<String> names = reports.repositoryNames(timeLeft);
    Collections.shuffle(names);
    List<RepositoryDrift> drifted = new ArrayList<>();
    List<String> withoutRecord = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    int lookedAt = 0;
    int owned = 0;
    for (String name : names) {
      if (!mayReadOn(timeLeft)) {
        break;
      }
      try {
        Optional<ObservedRepository> repository = observeIfOwned(name, timeLeft);
        lookedAt++;
        if (repository.isPresent()) {
          owned++;
          Optional<AppliedRecord> applied = repository.get().applied();
          applied
              .flatMap(record -> RepositoryDrift.of(repository.get(), record))
              .ifPresent(drifted::add);
          if (applied.isEmpty()) {
            withoutRecord.add(name);
          }
        }
      } catch (EcrFailure e) {
        problems.add(name + ": " + e.getMessage());
      }
    }
    drifted.removeIf(each -> !isConfirmed(each, timeLeft, problems));
    drifted.sort(Comparator.comparing(each -> each.repository().name()));
    Collections.sort(withoutRecord);
    drifted.forEach(DriftReport::log);
    LogEntry.of(LOG)
        .with("repositories", names.size())
        .with("lookedAt", lookedAt)
        .with("owned", owned)
        .with("drifted", drifted.size())
        .with("withoutRecord", withoutRecord.size())
        .with("problems", problems)
        .info("drift");
    return new Findings(
        names.size(),
        lookedAt,
        owned,
        withoutRecord,
        drifted.stream().<Json>map(DriftReport::json).toList(),
        problems);
  }

  /// Waits for its turn; false if the time is over.
  private boolean mayReadOn(TimeLeft timeLeft) {
    return timeLeft.remaining().compareTo(RESPONSE_RESERVE) > 0 && rateLimiter.next();
  }

  /// The repository with all that a comparison needs, if it is the provider's. Of other
  /// repositories only the tags are read.
  private Optional<ObservedRepository> observeIfOwned(String name, TimeLeft timeLeft) {
    return ecr.tags(name, timeLeft)
        .filter(tags -> Ownership.of(tags).owner().isPresent())
        .flatMap(_ -> ecr.observe(name, timeLeft));
  }

  /// A deployment writes the record first and changes the repository next. Between the two there is
  /// a difference that is no drift, so a difference is confirmed by a second read. One that could
  /// not be confirmed is a problem and no drift.
  private boolean isConfirmed(RepositoryDrift drifted, TimeLeft timeLeft, List<String> problems) {
    String name = drifted.repository().name();
    if (!mayReadOn(timeLeft)) {
      problems.add(
          name + ": It differs from its record, but there was no time to read it a second time.");
      return false;
    }
    try {
      return observeIfOwned(name, timeLeft)
          .flatMap(now -> now.applied().flatMap(record -> RepositoryDrift.of(now, record)))
          .isPresent();
    } catch (EcrFailure e) {
      problems.add(
          name
              + ": It differs from its record, but it could not be read a second time. "
              + e.getMessage());
      return false;
    }
  }

  private static void log(RepositoryDrift drifted) {
    LogEntry.of(LOG)
        .with("repository", drifted.repository().name())
        .with("owner", drifted.repository().ownership().owner().map(Owner::toString).orElse(""))
        .with("differences", drifted.differences())
        .warn("The repository is not as it was last applied.");
  }

  private static JsonObject json(RepositoryDrift drifted) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("repository", Json.of(drifted.repository().name()));
    drifted
        .repository()
        .ownership()
        .owner()
        .ifPresent(owner -> {
          members.put("stackId", Json.of(owner.stackId()));
          members.put("logicalId", Json.of(owner.logicalId()));
        });
    members.put("differences", Json.strings(drifted.differences()));
    return Json.object(members);
  }
}
