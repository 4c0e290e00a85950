package dev.ecrrepo.repository;

import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.properties.Encryption;
import dev.ecrrepo.properties.TagMutability;
import java.util.List;
import java.util.Map;

/// A write operation of ECR. Each record is named after its API operation. All but the first
/// concern a repository that exists.
/// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html
public sealed interface Change {

  /// Everything that ECR takes at creation; policies are never part of it.
  record CreateRepository(
      String name,
      TagMutability tagMutability,
      boolean scanOnPush,
      Encryption encryption,
      Map<String, String> tags)
      implements Change {
    @Override
    public String describe() {
      return "create the repository %s (%s, %s, %s)"
          .formatted(name, mutability(tagMutability), scanning(scanOnPush), encryption.type());
    }
  }

  /// Adds tags or gives them new values.
  record TagResource(Map<String, String> tags) implements Change {
    @Override
    public String describe() {
      return "set the tags " + String.join(", ", tags.keySet());
    }
  }

  /// Takes tags off.
  record UntagResource(List<String> keys) implements Change {
    @Override
    public String describe() {
      return "remove the tags " + String.join(", ", keys);
    }
  }

  /// Whether a pushed tag may be overwritten.
  record PutImageTagMutability(TagMutability tagMutability) implements Change {
    @Override
    public String describe() {
      return "set tag mutability to " + mutability(tagMutability);
    }
  }

  /// Whether images are scanned when pushed.
  record PutImageScanningConfiguration(boolean scanOnPush) implements Change {
    @Override
    public String describe() {
      return "set " + scanning(scanOnPush);
    }
  }

  /// Replaces the lifecycle policy.
  record PutLifecyclePolicy(LifecyclePolicy policy) implements Change {
    @Override
    public String describe() {
      return "set the lifecycle policy";
    }
  }

  /// Removes the lifecycle policy.
  record DeleteLifecyclePolicy() implements Change {
    @Override
    public String describe() {
      return "remove the lifecycle policy";
    }
  }

  /// Replaces the repository policy.
  record SetRepositoryPolicy(RepositoryPolicy policy) implements Change {
    @Override
    public String describe() {
      return "set the repository policy";
    }
  }

  /// Removes the repository policy.
  record DeleteRepositoryPolicy() implements Change {
    @Override
    public String describe() {
      return "remove the repository policy";
    }
  }

  /// Deletes the repository.
  ///
  /// @param force whether to delete it even if it contains images
  record DeleteRepository(boolean force) implements Change {
    @Override
    public String describe() {
      return force ? "delete all images and the repository" : "delete the repository";
    }
  }

  /// What it does, as a person would say it: "set the lifecycle policy".
  String describe();

  private static String mutability(TagMutability value) {
    return value.exclusionFilters().isEmpty()
        ? value.mode()
        : value.mode() + " excluding " + String.join(", ", value.exclusionFilters());
  }

  private static String scanning(boolean scanOnPush) {
    return scanOnPush ? "scan on push" : "no scan on push";
  }
}
