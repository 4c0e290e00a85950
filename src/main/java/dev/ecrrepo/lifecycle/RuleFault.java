package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;

/// What lifecycle rules must not have: each sentence in the words of our properties, then in the
/// words of ECR's own document.
enum RuleFault {
  TAGGED_WITHOUT_TAGS(
      new Sentence(
          "",
          "has the tag status tagged and does not say which tags",
          "Add TagPatternList, with \"*\" for every tag."),
      new Sentence(
          "selection",
          "has the tagStatus tagged and no tags",
          "Add tagPatternList with a list of patterns such as \"v*\", or tagPrefixList.")),
  /// Argument: the names of the lists.
  SEVERAL_TAG_LISTS(
      new Sentence(
          "",
          "has %s, but a rule takes only one of them",
          "Keep one; every prefix can be written as a pattern (\"v\" is \"v*\")."),
      new Sentence(
          "selection",
          "has both %s",
          "Keep one of the two; every prefix can be written as a pattern (\"v\" is \"v*\").")),
  /// Arguments: the tag status, and the list.
  TAGS_OF_OTHER_IMAGES(
      new Sentence(
          "%2$s",
          "does not go with the tag status %s", "Remove it, or write tagged as the TagStatus."),
      new Sentence(
          "selection.%2$s",
          "does not go with the tagStatus %s", "Remove it, or write tagged as the tagStatus.")),
  EXPIRES_BY_LAST_PULL(
      new Sentence(
          "Action",
          "is Expire, but ECR cannot expire images by their last pull; it can only archive them",
          "Write Archive, and let a second rule with DaysSinceArchived: 90 expire what was"
              + " archived; or use MaxImageAgeDays."),
      new Sentence(
          "action.type",
          "is expire, but ECR cannot expire images by their last pull; it can only archive them",
          "Write transition with the targetStorageClass archive, and let a rule for"
              + " sinceImageTransitioned expire what was archived; or use sinceImagePushed.")),
  ARCHIVES_ARCHIVED_IMAGES(
      new Sentence(
          "Action",
          "is Archive, but DaysSinceArchived is for images that are archived already",
          "Write Expire, or use DaysSinceLastPull, MaxImageAgeDays or MaxImageCount."),
      new Sentence(
          "action.type",
          "is transition, but sinceImageTransitioned is for images that are archived already",
          "Write expire.")),
  ARCHIVED_IMAGES_IN_STANDARD(
      new Sentence(
          "StorageClass",
          "is Standard, but DaysSinceArchived is for archived images",
          "Write Archive, or remove StorageClass."),
      new Sentence(
          "selection.countType",
          "sinceImageTransitioned is only for archived images",
          "Add the storageClass archive.")),
  /// Argument: the count type.
  LIMIT_NOT_FOR_ARCHIVED_IMAGES(
      new Sentence(
          "StorageClass",
          "is Archive, but for archived images ECR knows one limit, DaysSinceArchived",
          "Use DaysSinceArchived: 90 or more as the rule's limit, or remove StorageClass."),
      new Sentence(
          "selection.countType",
          "%s is not for archived images",
          "Write sinceImageTransitioned, or remove the storageClass.")),
  /// Arguments: the place of the first rule, and its images.
  SECOND_RULE(
      new Sentence(
          "",
          "is a second rule for %2$s after %s, and only one rule can apply to them",
          "Remove one of the two."),
      new Sentence(
          "selection",
          "selects the same images as %s, but ECR accepts only one such rule for each storage"
              + " class",
          "Remove one of the two rules."));

  /// Where an author writes rules.
  enum Notation {
    PROPERTIES,
    ECR;

    /// A rule's place as a sentence tells it: in ECR's document only its last part, `rules[2]`.
    String place(JsonPath rule) {
      String text = rule.text();
      return this == ECR ? text.substring(text.lastIndexOf("rules[")) : text;
    }
  }

  /// @param members from the rule to the value at fault
  private record Sentence(String members, String problem, String remedy) {}

  private final Sentence properties;
  private final Sentence ecr;

  RuleFault(Sentence properties, Sentence ecr) {
    this.properties = properties;
    this.ecr = ecr;
  }

  /// @param values for the sentence, as the constant says
  Fault at(JsonPath rule, Notation notation, String... values) {
    Sentence sentence =
        switch (notation) {
          case PROPERTIES -> properties;
          case ECR -> ecr;
        };
    JsonPath path = rule;
    String members = sentence.members().formatted((Object[]) values);
    if (!members.isEmpty()) {
      for (String member : members.split("\\.", -1)) {
        path = path.member(member);
      }
    }
    return Fault.at(path, sentence.problem().formatted((Object[]) values), sentence.remedy());
  }
}
