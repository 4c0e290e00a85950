package dev.ecrrepo.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.properties.Encryption;
import dev.ecrrepo.properties.TagMutability;
import dev.ecrrepo.repository.Change.CreateRepository;
import dev.ecrrepo.repository.Change.DeleteLifecyclePolicy;
import dev.ecrrepo.repository.Change.DeleteRepository;
import dev.ecrrepo.repository.Change.DeleteRepositoryPolicy;
import dev.ecrrepo.repository.Change.PutImageScanningConfiguration;
import dev.ecrrepo.repository.Change.PutImageTagMutability;
import dev.ecrrepo.repository.Change.PutLifecyclePolicy;
import dev.ecrrepo.repository.Change.SetRepositoryPolicy;
import dev.ecrrepo.repository.Change.TagResource;
import dev.ecrrepo.repository.Change.UntagResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whether a repository is as a change would leave it.
class ChangeTest {

  private static final TagMutability IMMUTABLE = new TagMutability("IMMUTABLE", List.of());
  private static final TagMutability MUTABLE = new TagMutability("MUTABLE", List.of());
  private static final Encryption AES256 = new Encryption("AES256", Optional.empty());

  private static final LifecyclePolicy TEN_IMAGES = LifecyclePolicy.live(lifecycle(10));
  private static final RepositoryPolicy OF_ONE = RepositoryPolicy.live(policy("111111111111"));

  private static final ObservedRepository LIVE =
      new ObservedRepository(
          "app",
          "arn:aws:ecr:eu-west-1:111111111111:repository/app",
          "111111111111",
          "111111111111.dkr.ecr.eu-west-1.amazonaws.com/app",
          Instant.EPOCH,
          IMMUTABLE,
          true,
          AES256,
          Map.of("team", "blue"),
          Optional.of(TEN_IMAGES),
          Optional.of(OF_ONE));

  static Stream<Arguments> changes() {
    return Stream.of(
        Arguments.of(true, new CreateRepository("app", IMMUTABLE, true, AES256, Map.of())),
        Arguments.of(false, new CreateRepository("other", IMMUTABLE, true, AES256, Map.of())),
        Arguments.of(true, new TagResource(Map.of("team", "blue"))),
        Arguments.of(false, new TagResource(Map.of("team", "red"))),
        Arguments.of(true, new UntagResource(List.of("stage"))),
        Arguments.of(false, new UntagResource(List.of("stage", "team"))),
        Arguments.of(true, new PutImageTagMutability(IMMUTABLE)),
        Arguments.of(false, new PutImageTagMutability(MUTABLE)),
        Arguments.of(true, new PutImageScanningConfiguration(true)),
        Arguments.of(false, new PutImageScanningConfiguration(false)),
        Arguments.of(true, new PutLifecyclePolicy(TEN_IMAGES)),
        Arguments.of(false, new PutLifecyclePolicy(LifecyclePolicy.live(lifecycle(9)))),
        Arguments.of(false, new DeleteLifecyclePolicy()),
        Arguments.of(true, new SetRepositoryPolicy(OF_ONE)),
        Arguments.of(false, new SetRepositoryPolicy(RepositoryPolicy.live(policy("222222222222")))),
        Arguments.of(false, new DeleteRepositoryPolicy()),
        Arguments.of(false, new DeleteRepository(true)));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeIsInEffectIfTheRepositoryIsAsItWouldLeaveIt(boolean expected, Change change) {
    assertEquals(expected, change.isInEffect(LIVE));
  }

  private static String lifecycle(int count) {
    return """
    {"rules": [{"rulePriority": 1, "selection": {"tagStatus": "any",
      "countType": "imageCountMoreThan", "countNumber": %d}, "action": {"type": "expire"}}]}\
    """
        .formatted(count);
  }

  private static String policy(String account) {
    return """
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "%s"},
      "Action": "ecr:BatchGetImage"}]}\
    """
        .formatted(account);
  }
}
