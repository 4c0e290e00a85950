package dev.ecrrepo.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.properties.TagMutability;
import dev.ecrrepo.properties.TagMutability.Mode;
import dev.ecrrepo.repository.AppliedRecord.Aspect;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The record's text, and the digests in it.
class AppliedRecordTest {

  private static final Instant TIME = Instant.parse("2026-11-20T10:15:00Z");
  private static final String DIGEST = "Ab3dEf5hIj7kLm9n";

  private static Optional<AppliedRecord> of(String text) {
    return AppliedRecord.of(Map.of(AppliedRecord.TAG, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1/20261120T101500Z/tags:IMMUTABLE/scan:true/lifecycle:Ab3dEf5hIj7kLm9n/policy:-",
        "1/-/tags:-/scan:-/lifecycle:-/policy:-",
        "1/20261120T101500Z/tags:MUTABLE_WITH_EXCLUSION.Ab3dEf5hIj7kLm9n+IMMUTABLE/scan:false+true"
            + "/lifecycle:-+Ab3dEf5hIj7kLm9n/policy:Ab3dEf5hIj7kLm9n+-b3dEf5hIj7kLm_n"
      })
  void aRecordIsReadAsItIsWritten(String text) {
    assertEquals(text, of(text).orElseThrow().text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2/20261120T101500Z/tags:IMMUTABLE/scan:true/lifecycle:-/policy:-",
        "1/20261120T101500Z/tags:IMMUTABLE/scan:true/lifecycle:-",
        "1/20261120T101500Z/scan:true/tags:IMMUTABLE/lifecycle:-/policy:-",
        "1/20261120T101500Z/tags:/scan:true/lifecycle:-/policy:-",
        "1/20261120T101500Z/tags:A+B+C/scan:true/lifecycle:-/policy:-",
        "1/20261120T101500Z/tags:A+-/scan:true/lifecycle:-/policy:-",
        "1/20261120T101500Z/tags:a b/scan:true/lifecycle:-/policy:-",
        "1/yesterday/tags:IMMUTABLE/scan:true/lifecycle:-/policy:-",
        "1//tags:IMMUTABLE/scan:true/lifecycle:-/policy:-"
      })
  void whatIsNotARecordOfThisVersionSaysNothing(String text) {
    assertEquals(Optional.empty(), of(text));
  }

  @Test
  void aVeryLongTextIsNoRecord() {
    assertEquals(
        Optional.empty(), of("1/-/tags:" + "A".repeat(300) + "/scan:-/lifecycle:-/policy:-"));
  }

  @Test
  void theLongestRecordFitsIntoATag() {
    Aspect tags =
        new Aspect(
            Optional.of("IMMUTABLE_WITH_EXCLUSION." + DIGEST),
            Optional.of("IMMUTABLE_WITH_EXCLUSION." + DIGEST));
    Aspect digests = new Aspect(Optional.of(DIGEST), Optional.of(DIGEST));
    Aspect scan = new Aspect(Optional.of("false"), Optional.of("true"));
    AppliedRecord record =
        new AppliedRecord(Optional.of(TIME), tags, scan, digests, digests, Optional.of("team/app"));
    assertTrue(record.text().length() <= 256, record.text());
    assertTrue(record.text().matches("[A-Za-z0-9 _.:/=+@-]*"), "ECR's characters for a value");
    assertEquals(Optional.of(record), of(record.text()));
  }

  @Test
  void theFormerRepositoryIsNamedIfItFits() {
    AppliedRecord record = AppliedRecord.nothing().at(Optional.of(TIME));
    AppliedRecord named = record.withReturnedFrom(Optional.of("team/app"));
    assertTrue(named.text().endsWith("/policy:-/returned:team/app"), named.text());
    assertEquals(Optional.of(named), of(named.text()));
    AppliedRecord tooLong = record.withReturnedFrom(Optional.of("a".repeat(256)));
    assertEquals(Optional.of(record), of(tooLong.text()));
  }

  @Test
  void equalIsNotOlderAndWhatHasNoTimeIsNotCompared() {
    AppliedRecord record = AppliedRecord.nothing().at(Optional.of(TIME));
    assertTrue(record.isNewerThan(Optional.of(TIME.minusSeconds(1))));
    assertFalse(record.isNewerThan(Optional.of(TIME)));
    assertFalse(record.isNewerThan(Optional.empty()));
    assertFalse(AppliedRecord.nothing().isNewerThan(Optional.of(TIME)));
  }

  private static Aspect aspect(String wanted, String before) {
    return new Aspect(Optional.of(wanted), Optional.of(before));
  }

  @Test
  void whatWasThereBeforeStaysUntilSomethingElseIsWanted() {
    Aspect first = Aspect.of(Optional.of("a"));
    Aspect second = first.withWanted(Optional.of("b"), Optional.of("a"));
    assertEquals(aspect("b", "a"), second);
    // The same event again, after a death: nothing is forgotten.
    assertEquals(second, second.withWanted(Optional.of("b"), Optional.of("a")));
    assertEquals(aspect("c", "b"), second.withWanted(Optional.of("c"), Optional.of("b")));
    // Died before the change: what is live is what was there before.
    assertEquals(aspect("c", "a"), second.withWanted(Optional.of("c"), Optional.of("a")));
    // Rolled back before the change: what was wanted may still take effect.
    assertEquals(aspect("a", "b"), second.withWanted(Optional.of("a"), Optional.of("a")));
    assertEquals(
        new Aspect(Optional.empty(), Optional.of("b")),
        second.withWanted(Optional.empty(), Optional.of("b")));
  }

  /// A change of the normal form makes all records speak of other documents: then the version has
  /// to change as well.
  @Test
  void digestsDoNotChangeWithinAVersion() {
    LifecyclePolicy lifecycle =
        LifecyclePolicy.live(
            """
            {"rules": [{"rulePriority": 1, "description": "x", "selection": {"tagStatus": "tagged",
              "tagPatternList": ["b*", "a*"], "countType": "imageCountMoreThan", "countNumber": 5},
              "action": {"type": "expire"}}]}
            """);
    RepositoryPolicy policy =
        RepositoryPolicy.live(
            """
            {"Version": "2012-10-17", "Statement": {"Sid": "A", "Effect": "Allow",
              "Principal": {"AWS": ["arn:aws:iam::111122223333:root", "*"]},
              "Action": ["ecr:PutImage", "ecr:BatchGetImage"],
              "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}}
            """);
    assertEquals(
        List.of(LIFECYCLE, POLICY, "MUTABLE_WITH_EXCLUSION." + FILTERS),
        List.of(
            ObservedRepository.digest(lifecycle),
            Digest.of(policy.normalForm("999999999999").toString()),
            AppliedRecord.encode(
                new TagMutability(Mode.MUTABLE_WITH_EXCLUSION, List.of("b*", "a*")))));
  }

  private static final String LIFECYCLE = "FueKQk5Px2kjGyHW";
  private static final String POLICY = "OiofSSJ35axIhLAO";
  private static final String FILTERS = "6DOtE6xt0oKoK4qo";
}
