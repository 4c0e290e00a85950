package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.lifecycle.StatedRule.TagStatus;
import java.util.List;

/// The sentences about lifecycle rules, in the words of the place where the rules are written.
interface RuleWording {

  Fault taggedWithoutTags(JsonPath rule);

  Fault severalTagLists(JsonPath rule, List<String> lists);

  /// A list of tags beside the tag status `untagged` or `any`.
  Fault tagsOfOtherImages(JsonPath rule, String list, TagStatus status);

  Fault expiresByLastPull(JsonPath rule);

  Fault archivesArchivedImages(JsonPath rule);

  Fault archivedImagesInStandard(JsonPath rule);

  Fault limitNotForArchivedImages(JsonPath rule, Limit limit);

  Fault secondRule(SourcedRule second, SourcedRule first);
}
