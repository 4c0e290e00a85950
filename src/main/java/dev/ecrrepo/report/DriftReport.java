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
/// One after the other and slowly, so that deployments are not throttled. It keeps no place: where
/// the time is too short for all, it says how many it looked at, and the order is another each
/// time.
public final class DriftReport {

  private static final Logger LOG = Logger.getLogger(DriftReport.class.getName());

  /// So much of the time is left for the answer.
  private static final Duration KEPT = Duration.ofSeconds(10);

  /// What one run has seen.
  ///
  /// @param repositories in the registry, of whatever owner
  /// @param lookedAt how many of them; fewer where the time was over or reading failed
  /// @param owned the provider's
  /// @param withoutRecord of these, the ones of which nothing is known
  /// @param problems why some could not be read, a sentence each
  public record Seen(
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
  private final RateLimiter pace;

  public DriftReport(EcrGateway ecr, ReportGateway reports, RateLimiter pace) {
    this.ecr = ecr;
    this.reports = reports;
    this.pace = pace;
  }

  /// @throws EcrFailure where the repositories cannot be listed
  public Seen run(TimeLeft timeLeft) {
    List<String> names = reports.names(timeLeft);
    Collections.shuffle(names);
    List<RepositoryDrift> drifted = new ArrayList<>();
    List<String> withoutRecord = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    int lookedAt = 0;
    int owned = 0;
    for (String name : names) {
      if (timeLeft.left().get().compareTo(KEPT) <= 0 || !pace.next()) {
        break;
      }
      try {
        Optional<ObservedRepository> repository = own(name, timeLeft);
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
    drifted.removeIf(each -> !isStillSo(each, timeLeft));
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
    return new Seen(
        names.size(),
        lookedAt,
        owned,
        withoutRecord,
        drifted.stream().<Json>map(DriftReport::json).toList(),
        problems);
  }

  /// The repository with all that a comparison needs, if it is the provider's. Of others only the
  /// tags are read.
  private Optional<ObservedRepository> own(String name, TimeLeft timeLeft) {
    return ecr.tags(name, timeLeft)
        .filter(tags -> Ownership.of(tags).owner().isPresent())
        .flatMap(_ -> ecr.observe(name, timeLeft));
  }

  /// A deployment writes the record first and changes the repository next. Whoever looks between
  /// the two sees a difference that is none, so a difference is looked at twice.
  private boolean isStillSo(RepositoryDrift drifted, TimeLeft timeLeft) {
    try {
      return own(drifted.repository().name(), timeLeft)
          .flatMap(now -> now.applied().flatMap(record -> RepositoryDrift.of(now, record)))
          .isPresent();
    } catch (EcrFailure _) {
      return true;
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
