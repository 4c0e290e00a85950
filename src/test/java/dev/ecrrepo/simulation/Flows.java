package dev.ecrrepo.simulation;

import dev.ecrrepo.simulation.Step.Act;
import dev.ecrrepo.simulation.Step.Deed;
import dev.ecrrepo.simulation.Step.DeleteStack;
import dev.ecrrepo.simulation.Step.Deploy;
import dev.ecrrepo.simulation.Step.Operate;
import dev.ecrrepo.simulation.Step.Repeat;
import dev.ecrrepo.simulation.Trouble.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The usual ways of a resource, each with every fault at every call of its last step.
final class Flows {

  private static final String EVERYTHING =
      "{'RepositoryName': 'team/app', 'ImageTagMutability': 'MUTABLE', 'MaxImageCount': '5',"
          + " 'ImageScanningConfiguration': {'ScanOnPush': 'false'}, 'Access': "
          + Values.pull("111111111111")
          + ", 'Tags': [{'Key': 'A', 'Value': '1'}]}";
  private static final String OTHERS =
      "{'RepositoryName': 'team/app', 'ProtectedTags': ['v*'], 'RepositoryPolicyText': "
          + Values.policy("'AWS': '222222222222'", "'ecr:BatchGetImage'")
          + ", 'Tags': [{'Key': 'B', 'Value': '2'}]}";
  private static final String PLAIN = "{'RepositoryName': 'team/app'}";
  private static final String ADOPTING = "{'RepositoryName': 'team/app', 'AdoptExisting': 'true'}";

  private Flows() {}

  /// @param last the step that everything is tried with, in addition to its own troubles
  record Flow(String name, List<Step> before, Step last, List<Step> after) {
    List<Step> with(List<Trouble> troubles) {
      List<Step> steps = new ArrayList<>(before);
      steps.add(
          switch (last) {
            case Deploy deploy ->
                deploy.with(Stream.concat(deploy.troubles().stream(), troubles.stream()).toList());
            case DeleteStack delete -> new DeleteStack(delete.stack(), troubles, 1);
            default -> last;
          });
      steps.addAll(after);
      return steps;
    }
  }

  static List<Flow> all() {
    List<Flow> flows = new ArrayList<>();
    Act foreign = new Act(Deed.MAKE_FOREIGN, "team/app");
    add(flows, "create with everything", List.of(), one(EVERYTHING));
    add(flows, "create that fails", List.of(), one(EVERYTHING).failing());
    Values.OF.forEach((property, values) ->
        values.stream()
            .filter(value -> !value.isEmpty() && !property.equals("RepositoryName"))
            .forEach(value -> {
              String with =
                  Generator.text(
                      new LinkedHashMap<>(Map.of("RepositoryName", "'team/app'", property, value)));
              add(flows, "update of " + property, List.of(one(PLAIN)), one(with));
              add(
                  flows,
                  "update of " + property + " that fails",
                  List.of(one(PLAIN)),
                  one(with).failing());
              add(
                  flows,
                  "removal of " + property + " that fails",
                  List.of(one(with)),
                  one(PLAIN).failing());
            }));
    add(flows, "everything at once", List.of(one(EVERYTHING)), one(OTHERS));
    add(flows, "everything at once that fails", List.of(one(EVERYTHING)), one(OTHERS).failing());
    add(
        flows,
        "no change",
        List.of(one(PLAIN)),
        one("{'RepositoryName': 'team/app', 'ServiceTimeout': '1800'}"));
    String renamed = EVERYTHING.replace("team/app", "team/b");
    add(flows, "rename", List.of(one(EVERYTHING)), one(renamed));
    add(flows, "rename that fails", List.of(one(EVERYTHING)), one(renamed).failing());
    add(flows, "rename to the generated name", List.of(one(PLAIN)), one("{}"));
    add(flows, "rename to the generated name that fails", List.of(one(PLAIN)), one("{}").failing());
    add(flows, "adopt", List.of(foreign), one(ADOPTING));
    add(flows, "adopt that fails", List.of(foreign), one(ADOPTING).failing());
    Operate noAdoption = new Operate("ECRREPO_ALLOW_ADOPTION", "");
    add(flows, "adopt without leave", List.of(foreign, noAdoption), one(ADOPTING));
    Operate onlyOne = new Operate("ECRREPO_ALLOWED_GRANT_ACCOUNTS", "111111111111");
    Deploy two =
        one(
            "{'RepositoryName': 'team/app', 'Access': "
                + Values.pull("111111111111", "222222222222")
                + "}");
    Deploy first =
        one("{'RepositoryName': 'team/app', 'Access': " + Values.pull("111111111111") + "}");
    add(flows, "grant past a guardrail", List.of(first, onlyOne), two);
    add(flows, "comply with a guardrail, which fails", List.of(two, onlyOne), first.failing());
    add(flows, "a cancelled update", List.of(one(PLAIN)), first.failing().cancelledAfter(1));
    add(
        flows,
        "a cancelled update that waits for a principal",
        List.of(one(PLAIN)),
        first.failing().cancelledAfter(3).with(List.of(new Trouble(0, 4, Kind.PRINCIPAL))));
    add(
        flows,
        "rename after the prefix changed, which fails",
        List.of(one("{}"), new Operate("ECRREPO_NAME_PREFIX", "new/")),
        one("{'RepositoryName': 'new/x'}").failing());
    add(flows, "everything added, which fails", List.of(one(PLAIN)), one(EVERYTHING).failing());
    add(
        flows,
        "a refused update with a tag that others wrote",
        List.of(foreign, one(ADOPTING)),
        one(
            ADOPTING.replace(
                "{'Rep",
                "{'ImageTagMutability': 'NONSENSE', 'Tags': [{'Key': 'CostCenter', 'Value': '1'}],"
                    + " 'Rep")));
    add(
        flows,
        "comply with immutable tags, which fails",
        List.of(
            one("{'RepositoryName': 'team/app', 'ImageTagMutability': 'MUTABLE'}"),
            new Operate("ECRREPO_REQUIRE_IMMUTABLE_TAGS", "true")),
        one(PLAIN).failing());
    add(
        flows,
        "comply with required tags, which fails",
        List.of(one(PLAIN), new Operate("ECRREPO_REQUIRED_TAGS", "CostCenter")),
        one("{'RepositoryName': 'team/app', 'Tags': [{'Key': 'CostCenter', 'Value': '1'}]}")
            .failing());
    String tagsOfA = Generator.text(Map.of("Tags", Values.tags("a", 30)));
    String tagsOfB = Generator.text(Map.of("Tags", Values.tags("b", 30)));
    add(flows, "thirty other tags", List.of(one(tagsOfA)), one(tagsOfB));
    String gaveUp =
        "{'RepositoryName': 'team/app', 'ImageTagMutability': 'MUTABLE',"
            + " 'ImageScanningConfiguration': {'ScanOnPush': 'false'}, 'ExpireUntaggedAfterDays':"
            + " 'Never'}";
    add(flows, "give up adoption", List.of(foreign, one(ADOPTING)), one(gaveUp));
    add(
        flows,
        "give up adoption that fails",
        List.of(foreign, one(ADOPTING)),
        one(gaveUp).failing());
    String settings =
        ADOPTING.replace(
            "{'Rep",
            "{'ImageTagMutability': 'IMMUTABLE', 'ImageScanningConfiguration': {'ScanOnPush':"
                + " 'true'}, 'Rep");
    add(
        flows,
        "settings stated after an adoption, which fails",
        List.of(foreign, one(ADOPTING)),
        one(settings).failing());
    String stated =
        PLAIN.replace(
            "{'Rep", "{'RepositoryPolicyText': " + People.HAND_MADE.replace('"', '\'') + ", 'Rep");
    String refusedRename =
        stated
            .replace("team/app", "team/b")
            .replace("{'Rep", "{'ImageTagMutability': 'NONSENSE', 'Rep");
    add(
        flows,
        "a refused rename with a policy that others wrote",
        List.of(one(PLAIN), new Act(Deed.SET_POLICY, "team/app")),
        one(refusedRename));
    add(
        flows,
        "a policy stated that others wrote, which fails",
        List.of(
            one(PLAIN),
            new Act(Deed.SET_POLICY, "team/app"),
            // What others wrote is settled by an update that does not state it.
            one("{'RepositoryName': 'team/app', 'EmptyOnDelete': 'true'}")),
        one(stated).failing());
    String adoptingAll = EVERYTHING.replace("{'Rep", "{'AdoptExisting': 'true', 'Rep");
    Deploy taken = Deploy.of("shop", Map.of("New", adoptingAll));
    add(flows, "take over within the stack", List.of(one(EVERYTHING)), taken);
    add(flows, "take over within the stack that fails", List.of(one(EVERYTHING)), taken.failing());
    add(
        flows,
        "take over within the stack, delivered twice at once",
        List.of(one(EVERYTHING)),
        taken.with(List.of(new Trouble(0, 0, Kind.TWICE_AT_ONCE))));
    add(
        flows,
        "take over within the stack beside new default tags, delivered twice at once",
        List.of(
            one(EVERYTHING), new Operate("ECRREPO_DEFAULT_TAGS", Values.DEFAULT_TAG + "=platform")),
        taken.with(List.of(new Trouble(0, 0, Kind.TWICE_AT_ONCE))));
    add(
        flows,
        "take over within the stack by a rename, which fails",
        List.of(
            Deploy.of("shop", Map.of("Old", EVERYTHING)),
            Deploy.of("shop", Map.of("Old", EVERYTHING, "Two", "{'RepositoryName': 'team/b'}"))),
        Deploy.of("shop", Map.of("Two", adoptingAll)).failing());
    String forcedPlain = PLAIN.replace("{'Rep", "{'EmptyOnDelete': 'true', 'Rep");
    Act push = new Act(Deed.PUSH, "team/app");
    add(
        flows,
        "a name that moves back to a retained repository, which fails",
        List.of(one(PLAIN), push, retaining("Old", "{}")),
        one(forcedPlain).failing());
    add(
        flows,
        "a name that moves back from a resource that is removed, which fails",
        List.of(one(PLAIN), push, retaining("Old", Map.of("Old", "{}", "New", ADOPTING))),
        one(forcedPlain).failing());
    add(
        flows,
        "adopt what a former stack left during a rename",
        List.of(retaining("Old", PLAIN), retaining("New", ADOPTING), delete()),
        Deploy.of("shop", Map.of("Two", ADOPTING)));
    add(
        flows,
        "give up an adoption and state a policy where a default is by chance, which fails",
        List.of(retaining("Two", PLAIN), delete(), one(ADOPTING)),
        one("{'RepositoryName': 'team/app', 'LifecyclePolicy': {'LifecyclePolicyText': "
                + People.LIFECYCLE.replace('"', '\'')
                + "}}")
            .failing());
    add(
        flows,
        "two take-overs within the stack, which fail",
        List.of(one(EVERYTHING)),
        Deploy.of("shop", Map.of("New", adoptingAll, "Two", adoptingAll)).failing());
    add(
        flows,
        "update after a rollback that failed and was skipped",
        List.of(
            one(PLAIN),
            first
                .failing()
                .with(List.of(new Trouble(1, 5, Kind.SERVER_ERROR), new Trouble(2, 2, Kind.HANG)))),
        one("{'RepositoryName': 'team/app', 'EmptyOnDelete': 'true'}"));
    add(
        flows,
        "remove a policy that no record mentions",
        List.of(one(PLAIN), one(stated).with(List.of(new Trouble(0, 4, Kind.DENIED)))),
        one(PLAIN));
    add(
        flows,
        "a cancelled update that creates again what people deleted",
        List.of(one(PLAIN), new Act(Deed.DELETE, "team/app")),
        first.failing().cancelledAfter(0));
    add(
        flows,
        "take over with no lifecycle policy what was adopted and given up",
        List.of(
            one(PLAIN),
            new Act(Deed.REMOVE_OUR_TAGS, "team/app"),
            one(ADOPTING),
            one(PLAIN),
            one("{'RepositoryName': 'team/app', 'ProtectedTags': ['v*']}"),
            one(PLAIN)),
        Deploy.of(
            "shop",
            Map.of("New", ADOPTING.replace("{'Rep", "{'ExpireUntaggedAfterDays': 'Never', 'Rep"))));
    flows.add(new Flow("release", List.of(foreign, one(ADOPTING)), delete(), List.of()));
    flows.add(new Flow("delete", List.of(one(EVERYTHING)), delete(), List.of()));
    String forced = EVERYTHING.replace("{'Rep", "{'EmptyOnDelete': 'true', 'Rep");
    flows.add(
        new Flow(
            "forced delete",
            List.of(one(forced), new Act(Deed.PUSH, "team/app")),
            delete(),
            List.of()));
    flows.add(
        new Flow(
            "forced delete that a guardrail forbids",
            List.of(
                one(forced),
                new Act(Deed.PUSH, "team/app"),
                new Operate("ECRREPO_ALLOW_EMPTY_ON_DELETE", "false")),
            delete(),
            List.of()));
    Deploy both = Deploy.of("shop", Map.of("Old", PLAIN, "Two", "{'RepositoryName': 'team/b'}"));
    flows.add(
        new Flow(
            "create after a delete that is delivered again",
            List.of(both, Deploy.of("shop", Map.of("Two", "{'RepositoryName': 'team/b'}"))),
            both,
            List.of(new Repeat(1), delete())));
    return flows;
  }

  private static void add(List<Flow> flows, String name, List<Step> before, Deploy last) {
    flows.add(new Flow(name, before, last, List.of(delete())));
  }

  private static Deploy one(String properties) {
    return Deploy.of("shop", Map.of("Old", properties));
  }

  private static Deploy retaining(String logicalId, String properties) {
    return retaining(logicalId, Map.of(logicalId, properties));
  }

  private static Deploy retaining(String logicalId, Map<String, String> template) {
    return Deploy.of("shop", template).retaining(Set.of(logicalId));
  }

  private static DeleteStack delete() {
    return new DeleteStack("shop", List.of(), 1);
  }

  /// Every fault at every call of every event of the last step.
  static List<List<Step>> points(Flow flow) {
    List<Step> undisturbed = new ArrayList<>(flow.before());
    undisturbed.add(flow.last());
    List<Integer> calls = History.play(undisturbed).calls();
    List<List<Step>> points = new ArrayList<>();
    points.add(flow.with(List.of()));
    for (int event = 0; event < calls.size(); event++) {
      for (Kind kind : Kind.values()) {
        int last = kind.isOfCall() ? calls.get(event) : 1;
        for (int call = 0; call < last; call++) {
          points.add(flow.with(List.of(new Trouble(event, call, kind))));
        }
      }
    }
    return points;
  }
}
