package dev.ecrrepo.simulation;

import dev.ecrrepo.simulation.Step.Act;
import dev.ecrrepo.simulation.Step.Deed;
import dev.ecrrepo.simulation.Step.DeleteStack;
import dev.ecrrepo.simulation.Step.Deploy;
import dev.ecrrepo.simulation.Step.Operate;
import dev.ecrrepo.simulation.Step.Repeat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Makes a history out of a number.
final class Generator {

  private static final List<String> STACKS = List.of("shop", "shop", "shop", "bank");
  private static final List<String> IDS = List.of("Old", "Old", "Old", "New", "Two");
  private static final List<String> NAMES = List.of("team/app", "team/app", "team/b", "new/x");

  private final SplittableRandom random;

  /// What was asked for last, which most changes start from.
  private final Map<String, Map<String, Map<String, String>>> templates = new TreeMap<>();

  private Generator(long seed) {
    random = new SplittableRandom(seed);
  }

  static List<Step> history(long seed) {
    return new Generator(seed).steps();
  }

  private List<Step> steps() {
    int length = 4 + random.nextInt(12);
    List<Step> steps = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      steps.add(operate());
    }
    while (steps.size() < length) {
      steps.add(step());
    }
    return steps;
  }

  private Step step() {
    int kind = random.nextInt(100);
    if (kind < 58) {
      return deploy();
    }
    if (kind < 64) {
      String stack = pick(STACKS);
      templates.remove(stack);
      return new DeleteStack(stack, troubles(), random.nextLong() >>> 1);
    }
    if (kind < 74) {
      return new Repeat(random.nextInt(1 + random.nextInt(10)));
    }
    if (kind < 90) {
      return new Act(pick(List.of(Deed.values())), name());
    }
    return operate();
  }

  /// A pooled name, or the generated one of the usual resource.
  private String name() {
    return pick(NAMES);
  }

  private Operate operate() {
    List<String> limits = List.copyOf(Values.OF_OPERATOR.keySet());
    String variable = pick(limits);
    return new Operate(variable, pick(Values.OF_OPERATOR.get(variable)));
  }

  private Deploy deploy() {
    String stack = pick(STACKS);
    Map<String, Map<String, String>> last = templates.getOrDefault(stack, Map.of());
    Map<String, Map<String, String>> next = new LinkedHashMap<>();
    last.forEach((id, properties) -> next.put(id, new LinkedHashMap<>(properties)));
    if (next.isEmpty()) {
      next.put(pick(IDS), resource());
    }
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      change(next);
    }
    boolean fails = random.nextInt(4) == 0;
    if (!fails) {
      templates.put(stack, next);
    }
    Map<String, String> texts = new LinkedHashMap<>();
    next.forEach((id, properties) -> texts.put(id, text(properties)));
    boolean cancelled = fails && random.nextInt(4) == 0;
    return new Deploy(
        stack,
        texts,
        random.nextInt(8) == 0 ? Set.of(pick(IDS)) : Set.of(),
        fails,
        cancelled ? List.of(0, 3, 20, 90).get(random.nextInt(4)) : -1,
        random.nextInt(6) == 0,
        random.nextInt(16) != 0,
        random.nextInt(6) == 0 ? Optional.of(operate()) : Optional.empty(),
        troubles(),
        random.nextLong() >>> 1);
  }

  private List<Trouble> troubles() {
    List<Trouble> troubles = new ArrayList<>();
    int some = random.nextInt(10) < 6 ? 0 : 1 + random.nextInt(2);
    for (int i = 0; i < some; i++) {
      troubles.add(
          new Trouble(
              random.nextInt(1 + random.nextInt(8)),
              random.nextInt(1 + random.nextInt(16)),
              pick(List.of(Trouble.Kind.values()))));
    }
    return troubles;
  }

  private void change(Map<String, Map<String, String>> template) {
    switch (random.nextInt(12)) {
      case 0 -> template.put(pick(IDS), resource());
      case 1 -> {
        if (template.size() > 1) {
          template.remove(pick(List.copyOf(template.keySet())));
        }
      }
      case 2, 3 -> {
        String id = pick(List.copyOf(template.keySet()));
        Map<String, String> properties = template.remove(id);
        properties.put("AdoptExisting", "'true'");
        template.put(id.equals("Old") ? "New" : "Old", properties);
      }
      default -> property(template.get(pick(List.copyOf(template.keySet()))));
    }
  }

  private Map<String, String> resource() {
    Map<String, String> properties = new LinkedHashMap<>();
    if (random.nextInt(5) != 0) {
      properties.put("RepositoryName", "'" + pick(NAMES) + "'");
    }
    if (random.nextBoolean()) {
      properties.put("EmptyOnDelete", "'true'");
    }
    int some = random.nextInt(4);
    for (int i = 0; i < some; i++) {
      property(properties);
    }
    return properties;
  }

  private void property(Map<String, String> properties) {
    String name = pick(List.copyOf(Values.OF.keySet()));
    String value = pick(Values.OF.get(name));
    if (value.isEmpty()) {
      properties.remove(name);
    } else {
      properties.put(name, value);
    }
  }

  static String text(Map<String, String> properties) {
    StringBuilder text = new StringBuilder("{");
    properties.forEach((name, value) ->
        text.append(text.length() == 1 ? "" : ", ").append("'" + name + "': ").append(value));
    return text.append("}").toString();
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
