"""The stories: what stacks go through, judged by what CloudFormation and ECR then say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from local import find

from . import provider, reports
from .verdicts import Deviation, Story
from .world import Stack, World, Wrong, equal, expect

EXAMPLES = find.ROOT / "examples"
LANGUAGE = {"Transform": "AWS::LanguageExtensions"}
SETTINGS = {"ImageTagMutability": "MUTABLE", "ImageScanningConfiguration": {"ScanOnPush": False}}


def repo(world: World, name: str | None = None, **properties: Any) -> dict[str, Any]:
    """A resource; properties by name, resource attributes with a leading underscore."""
    attributes = {key[1:]: value for key, value in properties.items() if key.startswith("_")}
    stated = {key: value for key, value in properties.items() if not key.startswith("_")}
    if name is not None:
        stated["RepositoryName"] = f"{world.prefix}/{name}"
    token = {"ServiceToken": {"Fn::ImportValue": world.export}, "ServiceTimeout": 120}
    return {"Type": "Custom::EcrRepo", "Properties": {**token, **stated}, **attributes}


def one(world: World, name: str | None = None, **properties: Any) -> dict[str, Any]:
    return {"Resources": {"Repo": repo(world, name, **properties)}}


def with_failing_sibling(world: World, name: str, **properties: Any) -> dict[str, Any]:
    """The sibling is a repository whose name ECR does not take; it is made after the other."""
    faulty = repo(world, RepositoryName="Not/A/Name", _DependsOn="Repo")
    return {"Resources": {"Repo": repo(world, name, **properties), "Sibling": faulty}}


def live(world: World, name: str) -> dict[str, Any]:
    found = world.repository(f"{world.prefix}/{name}")
    if found is None:
        raise Wrong(f"there is no repository {world.prefix}/{name}; there are {world.names()}")
    return found


def gone(world: World, name: str) -> None:
    expect(world.repository(f"{world.prefix}/{name}") is None, f"the repository {world.prefix}/{name} is still there")


def create_and_delete(world: World) -> None:
    template = one(world, "create")
    template["Outputs"] = {"Uri": {"Value": {"Fn::GetAtt": ["Repo", "RepositoryUri"]}}, "Name": {"Value": {"Ref": "Repo"}}}
    stack = world.stack("create", template)
    stack.expect("CREATE_COMPLETE")
    found = live(world, "create")
    equal(stack.outputs, {"Uri": found["repositoryUri"], "Name": f"{world.prefix}/create"}, "the outputs")
    equal(found["imageTagMutability"], "IMMUTABLE", "the tag mutability")
    equal(found["tags"].get("ecrrepo:stack-id"), stack.id, "the tag that names the stack")
    stack.delete()
    stack.expect("DELETE_COMPLETE")
    gone(world, "create")


def generated_name(world: World) -> None:
    stack = world.stack("generated", one(world))
    stack.expect("CREATE_COMPLETE")
    name = stack.physical_id("Repo")
    expect(name.startswith(f"{stack.name}-repo-"), f"the name {name} does not begin with stack and logical ID")
    expect(world.repository(name), f"there is no repository {name}")
    stack.delete()
    stack.expect("DELETE_COMPLETE")
    expect(world.repository(name) is None, f"the repository {name} is still there")


def update_settings(world: World) -> None:
    stack = world.stack("update", one(world, "update"))
    stack.update(one(world, "update", **SETTINGS))
    stack.expect("UPDATE_COMPLETE")
    found = live(world, "update")
    equal(found["imageTagMutability"], "MUTABLE", "the tag mutability")
    equal(found["imageScanningConfiguration"], {"scanOnPush": False}, "the scanning")


def update_policies(world: World) -> None:
    stack = world.stack("policies", one(world, "policies", Access={"Pull": {"AccountIds": ["210987654321"]}}))
    expect("210987654321" in str(live(world, "policies")["policy"]), "the repository policy does not name the account")
    stack.update(one(world, "policies", ProtectedTags=["v*"], ExpireAllImagesAfterDays=30))
    stack.expect("UPDATE_COMPLETE")
    found = live(world, "policies")
    equal(found["policy"], None, "the repository policy, which is no longer stated,")
    equal(len(found["lifecyclePolicy"]["rules"]), 3, "the number of lifecycle rules")


def update_tags(world: World) -> None:
    stack = world.stack("tags", one(world, "tags", Tags=[{"Key": "team", "Value": "a"}, {"Key": "old", "Value": "x"}]))
    stack.update(one(world, "tags", Tags=[{"Key": "team", "Value": "b"}]))
    stack.expect("UPDATE_COMPLETE")
    tags = live(world, "tags")["tags"]
    equal((tags.get("team"), tags.get("old")), ("b", None), "the author's tags")


def rename(world: World) -> None:
    stack = world.stack("rename", one(world, "before"))
    stack.update(one(world, "after"))
    stack.expect("UPDATE_COMPLETE")
    equal(stack.physical_id("Repo"), f"{world.prefix}/after", "the physical ID")
    live(world, "after")
    gone(world, "before")


def rename_keeps_images(world: World) -> None:
    stack = world.stack("rename-full", one(world, "full"))
    world.push(f"{world.prefix}/full")
    stack.update(one(world, "fuller"))
    stack.expect("UPDATE_COMPLETE")
    equal(world.images(f"{world.prefix}/full"), ["v1"], "what the old repository holds")


def dropped_name(world: World) -> None:
    stack = world.stack("dropped", one(world, "dropped"))
    stack.update(one(world))
    stack.expect("UPDATE_COMPLETE")
    name = stack.physical_id("Repo")
    expect(name.startswith(f"{stack.name}-repo-"), f"the physical ID is {name}")
    gone(world, "dropped")


def failing_sibling_on_create(world: World) -> None:
    stack = world.stack("sibling-create", with_failing_sibling(world, "sibling-create"))
    stack.expect("ROLLBACK_COMPLETE")
    gone(world, "sibling-create")


def failing_sibling_on_update(world: World) -> None:
    stack = world.stack("sibling-update", one(world, "sibling-update"))
    stack.update(with_failing_sibling(world, "sibling-update", **SETTINGS))
    stack.expect("UPDATE_ROLLBACK_COMPLETE")
    found = live(world, "sibling-update")
    equal(found["imageTagMutability"], "IMMUTABLE", "the tag mutability")
    equal(found["imageScanningConfiguration"], {"scanOnPush": True}, "the scanning")


def failing_sibling_after_a_rename(world: World) -> None:
    stack = world.stack("sibling-rename", one(world, "sibling-old"))
    world.push(f"{world.prefix}/sibling-old")
    stack.update(with_failing_sibling(world, "sibling-new"))
    stack.expect("UPDATE_ROLLBACK_COMPLETE")
    equal(world.images(f"{world.prefix}/sibling-old"), ["v1"], "what the old repository holds")
    gone(world, "sibling-new")


def faulty_create(world: World) -> None:
    stack = world.stack("faulty", one(world, "faulty", ImageTagMutabilty="MUTABLE", MaxImageCount="many"))
    stack.expect("ROLLBACK_COMPLETE")
    said = stack.reasons("Repo")
    for part in ("ImageTagMutabilty", "ImageTagMutability", "MaxImageCount"):
        expect(part in said, f"the reason does not name {part}: {said}")
    gone(world, "faulty")


def faulty_update(world: World) -> None:
    stack = world.stack("faulty-update", one(world, "faulty-update"))
    stack.update(one(world, "faulty-update", ImageTagMutability="SOMETIMES"))
    stack.expect("UPDATE_ROLLBACK_COMPLETE")
    expect("SOMETIMES" in stack.reasons("Repo"), f"the reason does not name the value: {stack.reasons('Repo')}")
    equal(live(world, "faulty-update")["imageTagMutability"], "IMMUTABLE", "the tag mutability")


def taken_name(world: World) -> None:
    owner = world.stack("owner", one(world, "taken"))
    other = world.stack("other", one(world, "taken"))
    other.expect("ROLLBACK_COMPLETE")
    expect(owner.name in other.reasons("Repo"), f"the reason does not name the owner: {other.reasons('Repo')}")
    equal(live(world, "taken")["tags"].get("ecrrepo:stack-id"), owner.id, "the owner")


def adopted(world: World, name: str) -> Stack:
    world.client("ecr").create_repository(
        repositoryName=f"{world.prefix}/{name}", imageTagMutability="MUTABLE", tags=[{"Key": "team", "Value": "a"}]
    )
    world.push(f"{world.prefix}/{name}")
    stack = world.stack(name, one(world, name, AdoptExisting=True))
    stack.expect("CREATE_COMPLETE")
    return stack


def adopt_and_release(world: World) -> None:
    stack = adopted(world, "adopt")
    found = live(world, "adopt")
    equal((found["imageTagMutability"], found["tags"].get("ecrrepo:adopted")), ("MUTABLE", "true"), "mutability and mark")
    stack.delete()
    stack.expect("DELETE_COMPLETE")
    equal(live(world, "adopt")["tags"], {"team": "a"}, "the tags after the release")
    equal(world.images(f"{world.prefix}/adopt"), ["v1"], "what the repository holds")


def adopt_from_a_native_stack(world: World) -> None:
    native = {"Type": "AWS::ECR::Repository", "DeletionPolicy": "Retain", "Properties": {"RepositoryName": f"{world.prefix}/native"}}
    keeper = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": "x", "Name": f"/{world.prefix}/keep"}}
    stack = world.stack("native", {"Resources": {"Images": native, "Keep": keeper}})
    stack.expect("CREATE_COMPLETE")
    stack.update({"Resources": {"Keep": keeper}})
    stack.expect("UPDATE_COMPLETE")
    stack.update({"Resources": {"Keep": keeper, "Repo": repo(world, "native", AdoptExisting=True)}})
    stack.expect("UPDATE_COMPLETE")
    equal(live(world, "native")["tags"].get("ecrrepo:adopted"), "true", "the mark of adoption")


def make_ones_own(world: World) -> None:
    stack = adopted(world, "own")
    own = {"ImageTagMutability": "IMMUTABLE", "ImageScanningConfiguration": {"ScanOnPush": True}, "Tags": [{"Key": "team", "Value": "a"}]}
    stack.update(one(world, "own", AdoptExisting=True, **own))
    stack.expect("UPDATE_COMPLETE")
    stack.update(one(world, "own", ExpireUntaggedAfterDays="Never", EmptyOnDelete=True, **own))
    stack.expect("UPDATE_COMPLETE")
    stack.delete()
    stack.expect("DELETE_COMPLETE")
    gone(world, "own")


def retain(world: World) -> None:
    stack = world.stack("retain", one(world, "retain", _DeletionPolicy="Retain"))
    stack.delete()
    stack.expect("DELETE_COMPLETE")
    live(world, "retain")


def images_left(world: World) -> None:
    stack = world.stack("images", one(world, "images"))
    world.push(f"{world.prefix}/images")
    stack.delete()
    stack.expect("DELETE_FAILED")
    expect("images" in stack.reasons("Repo"), f"the reason does not speak of images: {stack.reasons('Repo')}")
    equal(world.images(f"{world.prefix}/images"), ["v1"], "what the repository holds")


def forced_deletion(world: World) -> None:
    stack = world.stack("forced", one(world, "forced", EmptyOnDelete=True))
    world.push(f"{world.prefix}/forced")
    stack.delete()
    stack.expect("DELETE_COMPLETE")
    gone(world, "forced")


def nested_stack(world: World) -> None:
    bucket = provider.bucket(world, world.region)
    world.client("s3").put_object(Bucket=bucket, Key="nested.json", Body=json.dumps(one(world, "nested")).encode())
    url = f"{world.url}/{bucket}/nested.json" if world.url else f"https://{bucket}.s3.{world.region}.amazonaws.com/nested.json"
    stack = world.stack(
        "nested", {"Resources": {"Inner": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url}}}}
    )
    stack.expect("CREATE_COMPLETE")
    live(world, "nested")
    stack.delete()
    stack.expect("DELETE_COMPLETE")
    gone(world, "nested")


def conditions_and_no_echo(world: World) -> None:
    template = one(world, "conditions", Access={"Fn::If": ["Shared", {"Pull": {"AccountIds": {"Ref": "Accounts"}}}, {"Ref": "AWS::NoValue"}]},
                   Tags=[{"Key": "secret", "Value": {"Ref": "Secret"}}])  # fmt: skip
    template["Parameters"] = {"Accounts": {"Type": "CommaDelimitedList", "Default": ""}, "Secret": {"Type": "String", "NoEcho": True}}
    template["Conditions"] = {"Shared": {"Fn::Not": [{"Fn::Equals": [{"Fn::Select": [0, {"Ref": "Accounts"}]}, ""]}]}}
    stack = world.stack("conditions", template, {"Secret": "s3"})
    stack.expect("CREATE_COMPLETE")
    found = live(world, "conditions")
    equal((found["policy"], found["tags"].get("secret")), (None, "s3"), "policy and tag")
    stack.update(template, {"Secret": "s3", "Accounts": "210987654321,109876543210"})
    stack.expect("UPDATE_COMPLETE")
    policy = str(live(world, "conditions")["policy"])
    expect("210987654321" in policy and "109876543210" in policy, f"the policy is {policy}")


def fleet(world: World) -> None:
    template = _example(world, EXAMPLES / "fleet.yaml")
    stack = world.stack("fleet", template)
    stack.expect("CREATE_COMPLETE")
    equal(stack.outputs.get("Urisearchindex"), live(world, "search-index")["repositoryUri"], "the output Urisearchindex")
    stack.update(template, {"Services": "cart,search-index"})
    stack.expect("UPDATE_COMPLETE")
    gone(world, "checkout")
    live(world, "cart")


def token_by_arn(world: World) -> None:
    token = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:" + world.function
    stack = world.stack("by-arn", one(world, "by-arn", ServiceToken={"Fn::Sub": token}))
    stack.expect("CREATE_COMPLETE")
    live(world, "by-arn")


def token_of_nothing(world: World) -> None:
    stack = world.stack("no-function", one(world, "no-function", ServiceToken=world.token + "-that-is-not-there"))
    stack.expect("ROLLBACK_COMPLETE")
    gone(world, "no-function")


def guardrail(world: World) -> None:
    _provider_parameter(world, RequireKmsEncryption="true")
    try:
        stack = world.stack("guardrail", one(world, "guardrail"))
        stack.expect("ROLLBACK_COMPLETE")
        expect("RequireKmsEncryption" in stack.reasons("Repo"), f"the reason does not name the guardrail: {stack.reasons('Repo')}")
        gone(world, "guardrail")
    finally:
        _provider_parameter(world, RequireKmsEncryption="false")


def two_regions(world: World) -> None:
    template = one(world, "region", ServiceToken=world.token)
    stack = world.stack("far", template, region=world.second_region)
    stack.expect("ROLLBACK_COMPLETE")
    provider.deploy(world, world.template, world.function, world.second_region)
    stack = world.stack("near", one(world, "region"), region=world.second_region)
    stack.expect("CREATE_COMPLETE")
    expect(world.repository(f"{world.prefix}/region", world.second_region), "the repository is not in the second Region")
    gone(world, "region")


def service_catalog_product(world: World) -> None:
    template = _example(world, EXAMPLES / "service-catalog" / "product.yaml")
    stack = world.stack("product", template, {"RepositoryName": f"{world.prefix}/product"})
    stack.expect("CREATE_COMPLETE")
    equal(live(world, "product")["policy"], None, "the repository policy")
    stack.update(template, {"RepositoryName": f"{world.prefix}/product", "PullAccountIds": "210987654321", "Profile": "Development"})
    stack.expect("UPDATE_COMPLETE")
    found = live(world, "product")
    equal(found["imageTagMutability"], "MUTABLE", "the tag mutability")
    expect("210987654321" in str(found["policy"]), f"the policy is {found['policy']}")


def deploy_the_jar(world: World) -> None:
    """As documented, `sam build` and `sam deploy`. MiniStack runs java25 in Docker only, so that one is not invoked."""
    provider.build()
    stack = provider.deploy(world, provider.BUILT, f"{world.prefix}-jar")
    stack.expect("CREATE_COMPLETE")
    runtime = world.client("lambda").get_function_configuration(FunctionName=f"{world.prefix}-jar")["Runtime"]
    equal(runtime, "java25", "the runtime")


def alias_of_an_account(world: World) -> None:
    """The provider's own account as the tenant: another one would take the credentials of two."""
    alias = world.stack("tenant", EXAMPLES / "tenants" / "tenant.yaml", {"FunctionName": world.function, "TenantAccountId": world.account})
    alias.expect("CREATE_COMPLETE")
    stack = world.stack("by-alias", one(world, "by-alias", ServiceToken=f"{world.token}:account-{world.account}"))
    stack.expect("CREATE_COMPLETE")
    live(world, "by-alias")
    stack.delete()
    stack.expect("DELETE_COMPLETE")


def alias_of_another_account(world: World) -> None:
    """What Lambda lets in by its own account's rights, the function refuses: the alias is another account's."""
    tenant = "210987654321"
    alias = world.stack("stranger", EXAMPLES / "tenants" / "tenant.yaml", {"FunctionName": world.function, "TenantAccountId": tenant})
    alias.expect("CREATE_COMPLETE")
    stack = world.stack("by-stranger", one(world, "by-stranger", ServiceToken=f"{world.token}:account-{tenant}"))
    stack.expect("ROLLBACK_COMPLETE")
    gone(world, "by-stranger")


# Only in MiniStack: in an account, the stories run on this variant anyway.
DEPLOY_THE_JAR = Story("deploy the variant for java25", deploy_the_jar)

STORIES = [
    Story("create and delete", create_and_delete),
    Story("generated name", generated_name),
    Story("update of settings", update_settings),
    Story("update of policies", update_policies),
    Story("update of tags", update_tags),
    Story("rename", rename),
    Story("rename of a repository with images", rename_keeps_images),
    Story("dropped name", dropped_name),
    Story("failing sibling on create", failing_sibling_on_create),
    Story("failing sibling on update", failing_sibling_on_update),
    Story("failing sibling after a rename", failing_sibling_after_a_rename),
    Story("faulty create", faulty_create),
    Story("faulty update of itself", faulty_update),
    Story("a name that another stack has", taken_name),
    Story("adopt and release", adopt_and_release),
    Story("adopt from a native stack", adopt_from_a_native_stack),
    Story("make an adopted one one's own", make_ones_own),
    Story("retain", retain),
    Story("images left", images_left),
    Story("forced deletion", forced_deletion),
    Story("nested stack", nested_stack),
    Story("conditions and NoEcho", conditions_and_no_echo),
    Story("ForEach: examples/fleet.yaml", fleet),
    Story("ServiceToken by ARN", token_by_arn),
    Story("ServiceToken of no function", token_of_nothing),
    Story("guardrail", guardrail),
    Story("Service Catalog product", service_catalog_product),
    Story("an account's alias", alias_of_an_account),
    Story("another account's alias", alias_of_another_account),
    *reports.STORIES,
    Story("two Regions", two_regions),
]


def _example(world: World, path: Path) -> Path:
    """An example under this run's names, as a file."""
    text = path.read_text().replace("custom-ecrrepo", world.function).replace("shop/", f"{world.prefix}/")
    copy = find.ROOT / "target" / "smoke" / path.name
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(text)
    return copy


def _provider_parameter(world: World, **changed: str) -> None:
    """Updates the provider's stack, as its operator does."""
    stack = next(one for one in world.stacks if one.name == f"{world.function}-provider")
    api = world.client("cloudformation")
    current = api.describe_stacks(StackName=stack.id)["Stacks"][0]["Parameters"]
    given = [
        {"ParameterKey": one["ParameterKey"], "ParameterValue": changed[one["ParameterKey"]]}
        if one["ParameterKey"] in changed
        else {"ParameterKey": one["ParameterKey"], "UsePreviousValue": True}
        for one in current
    ]
    try:
        api.update_stack(StackName=stack.id, UsePreviousTemplate=True, Parameters=given, Capabilities=["CAPABILITY_IAM"])
    except ClientError as error:
        raise Wrong(f"the provider's stack cannot be updated: {error}") from None
    stack.settle()
    stack.expect("UPDATE_COMPLETE")
