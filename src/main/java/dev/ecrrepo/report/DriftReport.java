package dev.ecrrepo.report;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.ecr.EcrFailure;
import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.logging.LogEntry;
import dev.ecrrepo.repository.AppliedRecord;
import dev.ecrrepo.repository.ObservedRepository;
import dev.ecrrepo.repository.Ownership;
import dev.ecrrepo.repository.StackResource;
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
/// It reads the repositories at a limited rate, so that deployments are not throttled. If the time
/// is too short for all, the report says how many were read. The order is random, so that short
/// runs read different repositories.
public final class DriftReport {

  private static final Logger LOG = Logger.getLogger(DriftReport.class.getName());

  /// Reading a repository starts only if this much time remains.
  private static final Duration MIN_TIME_FOR_ONE_REPOSITORY = Duration.ofSeconds(10);

  /// What one run has found.
  ///
  /// @param repositories the number in the registry, regardless of owner
  /// @param lookedAt how many of them were read; fewer if the time was over or reading failed
  /// @param owned how many of these belong to the provider
  /// @param withoutRecord the names of those that have no readable record
  /// @param drifted one object for each repository that differs from its record
  /// @param problems why a repository could not be read, or a difference not confirmed: its name
  ///   and a sentence
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

  /// @throws EcrFailure if the repositories cannot be listed
  public Findings run(TimeLeft timeLeft) {
    List<String> names = reports.repositoryNames(timeLeft);
    Collections.shuffle(names);
    List<RepositoryDrift> drifted = new ArrayList<>();
    List<String> withoutRecord = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    int lookedAt = 0;
    int owned = 0;
    for (String name : names) {
      if (!awaitTurn(timeLeft)) {
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
    drifted = confirmed(drifted, timeLeft, problems);
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

  /// Waits until the rate allows another read.
  ///
  /// @return false if too little time remains, or the wait was interrupted
  private boolean awaitTurn(TimeLeft timeLeft) {
    return timeLeft.remaining().compareTo(MIN_TIME_FOR_ONE_REPOSITORY) > 0 && rateLimiter.next();
  }

  /// The repository with all that a comparison needs, if it is the provider's. Of other
  /// repositories only the tags are read.
  private Optional<ObservedRepository> observeIfOwned(String name, TimeLeft timeLeft) {
    return ecr.tags(name, timeLeft)
        .filter(tags -> Ownership.of(tags).owner().isPresent())
        .flatMap(_ -> ecr.observe(name, timeLeft));
  }

  /// A deployment writes the record first and changes the repository next. A difference between the
  /// two is not drift, so each difference is confirmed by a second read. One that could not be
  /// confirmed is reported as a problem.
  private List<RepositoryDrift> confirmed(
      List<RepositoryDrift> drifted, TimeLeft timeLeft, List<String> problems) {
    List<RepositoryDrift> confirmed = new ArrayList<>();
    for (RepositoryDrift first : drifted) {
      String name = first.repository().name();
      if (!awaitTurn(timeLeft)) {
        problems.add(
            name + ": It differs from its record, but there was no time to read it a second time.");
        continue;
      }
      try {
        observeIfOwned(name, timeLeft)
            .flatMap(now -> now.applied().flatMap(record -> RepositoryDrift.of(now, record)))
            .ifPresent(confirmed::add);
      } catch (EcrFailure e) {
        problems.add(
            name
                + ": It differs from its record, but it could not be read a second time. "
                + e.getMessage());
      }
    }
    return confirmed;
  }

  private static void log(RepositoryDrift drifted) {
    LogEntry.of(LOG)
        .with("repository", drifted.repository().name())
        .with(
            "owner",
            drifted.repository().ownership().owner().map(StackResource::toString).orElse(""))
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
