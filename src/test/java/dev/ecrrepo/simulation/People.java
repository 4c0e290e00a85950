package dev.ecrrepo.simulation;

import dev.ecrrepo.ecr.FakeEcr.Stored;
import dev.ecrrepo.ecr.PrintedPolicy;
import java.time.Duration;
import java.util.Map;

/// What others do with repositories, past the provider.
final class People {

  static final String HAND_MADE =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"hand\",\"Effect\":\"Allow\",\"Principal\":"
          + "{\"AWS\":\"arn:aws:iam::333333333333:root\"},\"Action\":\"ecr:BatchGetImage\"}]}";
  private static final String LAMBDA =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"LambdaECRImageRetrievalPolicy\","
          + "\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"lambda.amazonaws.com\"},\"Action\":"
          + "[\"ecr:BatchGetImage\",\"ecr:GetDownloadUrlForLayer\"],\"Condition\":{\"StringLike\":"
          + "{\"aws:sourceArn\":\"arn:aws:lambda:eu-west-1:123456789012:function:*\"}}}]}";
  static final String LIFECYCLE =
      "{\"rules\":[{\"rulePriority\":1,\"selection\":{\"tagStatus\":\"untagged\",\"countType\":"
          + "\"imageCountMoreThan\",\"countNumber\":77},\"action\":{\"type\":\"expire\"}}]}";

  private final World world;

  People(World world) {
    this.world = world;
  }

  void act(Step.Act act) {
    String name = act.repository();
    Stored stored = world.ecr.stored(name);
    if (stored == null) {
      if (act.deed() == Step.Deed.MAKE_FOREIGN) {
        foreign(name);
      }
      return;
    }
    if (act.deed() != Step.Deed.PUSH && act.deed() != Step.Deed.MAKE_FOREIGN) {
      stored.writers.remove(Rules.CLEAN);
    }
    switch (act.deed()) {
      case PUSH -> stored.images += 3;
      case SET_POLICY -> {
        stored.repositoryPolicy = HAND_MADE;
        stored.writers.put(Rules.POLICY, Rules.PERSON);
      }
      case DELETE_POLICY -> {
        stored.repositoryPolicy = null;
        stored.writers.put(Rules.POLICY, Rules.PERSON);
      }
      case SET_LIFECYCLE -> {
        stored.lifecyclePolicy = LIFECYCLE;
        stored.writers.put(Rules.LIFECYCLE, Rules.PERSON);
      }
      case ADD_TAG -> {
        stored.tags.put("CostCenter", "42");
        stored.writers.put(Rules.TAG + "CostCenter", Rules.PERSON);
      }
      case REMOVE_OUR_TAGS -> {
        stored.tags.keySet().removeIf(Rules::isOurs);
        Rules.left(stored);
        stored.writers.remove(Rules.APPLIED);
      }
      case MAKE_ANEW -> {
        remove(name);
        world.clock.pass(Duration.ofMinutes(1));
        foreign(name);
      }
      case DELETE -> remove(name);
      case MAKE_FOREIGN -> {}
      case LAMBDA_STATEMENT -> {
        if (stored.repositoryPolicy == null) {
          stored.repositoryPolicy = LAMBDA;
        } else if (!stored.repositoryPolicy.contains("LambdaECR")) {
          String statement = LAMBDA.substring(LAMBDA.indexOf('[') + 1, LAMBDA.lastIndexOf(']'));
          stored.repositoryPolicy =
              stored.repositoryPolicy.replaceFirst(
                  "\"Statement\":\\[",
                  java.util.regex.Matcher.quoteReplacement("\"Statement\":[" + statement + ","));
        }
      }
      case DELETE_ROLE -> {
        if (stored.repositoryPolicy != null) {
          stored.repositoryPolicy =
              PrintedPolicy.withDeletedRole(
                  stored.repositoryPolicy, "arn:aws:iam::111111111111:role/ci");
        }
      }
      case MUTABLE -> {
        stored.repository = stored.repository.toBuilder().imageTagMutability("MUTABLE").build();
        world.rules.isInForce(stored, "MUTABLE");
      }
      case INVENTED_VALUE ->
          stored.repository = stored.repository.toBuilder().imageTagMutability("LOCKED").build();
    }
  }

  private void remove(String name) {
    world.ecr.stored(name).images = 0;
    world.ecr.deleteRepository(r -> r.repositoryName(name));
  }

  /// As somebody makes one by hand: with policies, tags and images of their own.
  private void foreign(String name) {
    world.ecr.foreign(name, Map.of("CostCenter", "7"));
    Stored stored = world.ecr.stored(name);
    stored.repositoryPolicy = HAND_MADE;
    stored.lifecyclePolicy = LIFECYCLE;
    stored.images = 2;
    stored.writers.put(Rules.POLICY, Rules.PERSON);
    stored.writers.put(Rules.LIFECYCLE, Rules.PERSON);
    stored.writers.put(Rules.TAG + "CostCenter", Rules.PERSON);
    stored.writers.put(Rules.LEFT, true);
  }
}
