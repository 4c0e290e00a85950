"""What IAM is asked when a recorded run makes its calls on AWS.

The emulator checks no permission, so each recorded call is put to a policy evaluator instead, with the context that IAM
would have. Which condition keys ECR's actions have, by AWS's Service Authorization Reference
(https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html):

  action                          of the request                    of the repository
  CreateRepository, TagResource   aws:RequestTag/k, aws:TagKeys     aws:ResourceTag/k, ecr:ResourceTag/k
  UntagResource                   aws:TagKeys                       aws:ResourceTag/k, ecr:ResourceTag/k
  every other one used here       none                              aws:ResourceTag/k, ecr:ResourceTag/k

A creation with tags is authorized as ecr:CreateRepository and, again, as ecr:TagResource
(https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-supported-iam-actions-tagging.html); the repository has no tags
then. With a KMS key, ECR asks KMS in the caller's name: DescribeKey and CreateGrant at the creation, RetireGrant at the
deletion (https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html). With the key that AWS manages
(aws/ecr), that key's own policy allows this to everybody in the account who may use ECR.

`force` of DeleteRepository is no condition key: IAM cannot tell a forced deletion from another.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Question:
    """May the role do `action` to `resource`, in this context? `asked_by` is the recorded call."""

    action: str
    resource: str
    context: dict = field(hash=False)
    asked_by: str = ""


class Registry:
    """Keeps the tags and keys of every repository as the calls go by, which IAM knows and a call does not say."""

    def __init__(self, account, region):
        self._arn = f"arn:aws:ecr:{region}:{account}:repository/"
        self._account, self._region = account, region
        self._tags, self._keys = {}, {}

    def made_by_others(self, name, tags=None, key=None):
        self._tags[name], self._keys[name] = dict(tags or {}), key

    def questions(self, operation, parameters):
        """What IAM is asked about one call; call `happened` after it."""
        if operation == "CreateRepository":
            return self._creation(parameters)
        context = {}
        if operation in ("TagResource", "UntagResource", "ListTagsForResource"):
            name = parameters["resourceArn"].split(":repository/", 1)[1]
        elif operation == "DescribeRepositories":
            (name,) = parameters["repositoryNames"]
        else:
            name = parameters["repositoryName"]
        if operation == "TagResource":
            context |= _request_tags(parameters["tags"])
        if operation == "UntagResource":
            context["aws:TagKeys"] = parameters["tagKeys"]
        context |= {f"aws:ResourceTag/{k}": v for k, v in self._tags.get(name, {}).items()}
        asked = [Question(f"ecr:{operation}", self._arn + name, context, operation)]
        if operation == "DeleteRepository" and self._keys.get(name):
            asked.append(self._key_question("kms:RetireGrant", self._keys[name], operation))
        return asked

    def happened(self, operation, parameters):
        """Takes note of a call that succeeded."""
        if operation == "CreateRepository":
            name = parameters["repositoryName"]
            self.made_by_others(name, _as_map(parameters.get("tags", [])), _key(parameters))
        elif operation == "DeleteRepository":
            self._tags.pop(parameters["repositoryName"], None)
        elif operation == "TagResource":
            name = parameters["resourceArn"].split(":repository/", 1)[1]
            self._tags[name] |= _as_map(parameters["tags"])
        elif operation == "UntagResource":
            name = parameters["resourceArn"].split(":repository/", 1)[1]
            for key in parameters["tagKeys"]:
                self._tags[name].pop(key, None)

    def _creation(self, parameters):
        arn, context = self._arn + parameters["repositoryName"], _request_tags(parameters.get("tags", []))
        asked = [Question("ecr:CreateRepository", arn, context, "CreateRepository")]
        if parameters.get("tags"):
            asked.append(Question("ecr:TagResource", arn, context, "CreateRepository"))
        key = _key(parameters)
        if key:
            asked.append(self._key_question("kms:DescribeKey", key, "CreateRepository"))
            asked.append(self._key_question("kms:CreateGrant", key, "CreateRepository"))
        return asked

    def _key_question(self, action, key, operation):
        context = {"kms:ViaService": f"ecr.{self._region}.amazonaws.com"}
        if action == "kms:CreateGrant":
            context["kms:GrantIsForAWSResource"] = "true"
        arn = key if key.startswith("arn:") else f"arn:aws:kms:{self._region}:{self._account}:key/{key}"
        return Question(action, arn, context, operation)


def _key(parameters):
    return parameters.get("encryptionConfiguration", {}).get("kmsKey")


def _as_map(tags):
    return {tag["Key"]: tag.get("Value", "") for tag in tags}


def _request_tags(tags):
    named = _as_map(tags)
    if not named:
        return {}
    return {f"aws:RequestTag/{k}": v for k, v in named.items()} | {"aws:TagKeys": list(named)}
