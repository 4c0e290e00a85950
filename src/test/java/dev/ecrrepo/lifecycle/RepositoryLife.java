package dev.ecrrepo.lifecycle;

import dev.ecrrepo.lifecycle.LifecycleEvaluator.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// A repository from day to day: people push, pull and archive, ECR applies the policy each night.
final class RepositoryLife {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Optional<LifecycleEvaluator> evaluator;
  private final List<Image> images = new ArrayList<>();
  private Instant now = START;

  RepositoryLife(Optional<LifecyclePolicy> policy) {
    evaluator = policy.map(LifecyclePolicy::text).map(LifecycleEvaluator::new);
  }

  /// Takes the tags from whatever image has them, as a mutable repository does.
  void push(String name, String... tags) {
    List<String> moved = List.of(tags);
    images.replaceAll(image -> {
      TreeSet<String> left = new TreeSet<>(image.tags());
      return left.removeAll(moved) ? image.tagged(left.toArray(String[]::new)) : image;
    });
    images.add(Image.pushed(name, now.plusSeconds(images.size()), tags));
  }

  void pull(String name) {
    replace(name, image -> image.pulled(now));
  }

  void archive(String name) {
    replace(name, image -> image.archived(now));
  }

  private void replace(String name, UnaryOperator<Image> change) {
    images.replaceAll(image -> image.name().equals(name) ? change.apply(image) : image);
  }

  /// So many days pass, a night at the end of each.
  void days(int days) {
    for (int day = 0; day < days; day++) {
      now = now.plus(Duration.ofDays(1));
      evaluator.ifPresent(this::night);
    }
  }

  private void night(LifecycleEvaluator policy) {
    Outcome outcome = policy.evaluate(List.copyOf(images), now);
    images.removeIf(image -> outcome.expired().contains(image.name()));
    outcome.archived().forEach(this::archive);
  }

  List<String> live() {
    return names(image -> image.archived().isEmpty());
  }

  List<String> archived() {
    return names(image -> image.archived().isPresent());
  }

  private List<String> names(Predicate<Image> which) {
    return images.stream().filter(which).map(Image::name).toList();
  }
}
