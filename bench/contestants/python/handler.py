"""A provider as it is commonly written in Python: boto3, one file, no safeguards."""

import json
import os
import urllib.request

import boto3
from botocore.config import Config

# Made in the initialisation phase, as AWS advises.
ecr = boto3.client(
    "ecr",
    endpoint_url=os.environ.get("AWS_ENDPOINT_URL_ECR"),
    config=Config(retries={"mode": "standard", "max_attempts": 8}),
)


def handler(event, context):
    try:
        status, answer = "SUCCESS", create(event)
    except Exception as error:
        status, answer = "FAILED", {"Reason": str(error)}
    body = json.dumps(
        {"Status": status, "PhysicalResourceId": "failed", **answer}
        | {key: event[key] for key in ("StackId", "RequestId", "LogicalResourceId")}
    ).encode()
    request = urllib.request.Request(event["ResponseURL"], data=body, method="PUT", headers={"Content-Type": ""})
    with urllib.request.urlopen(request) as response:
        print(json.dumps({"status": response.status, "answer": status}))


def create(event):
    wanted = event["ResourceProperties"]
    name = wanted["RepositoryName"]
    owner = {
        "ecrrepo:managed-by": "Custom::EcrRepo",
        "ecrrepo:stack-id": event["StackId"],
        "ecrrepo:logical-id": event["LogicalResourceId"],
        "ecrrepo:created-by": event["RequestId"],
    }
    made = ecr.create_repository(
        repositoryName=name,
        imageTagMutability=wanted["ImageTagMutability"],
        imageScanningConfiguration={"scanOnPush": wanted["ImageScanningConfiguration"]["ScanOnPush"] == "true"},
        encryptionConfiguration={"encryptionType": "AES256"},
        tags=wanted["Tags"] + [{"Key": key, "Value": value} for key, value in owner.items()],
    )["repository"]
    ecr.put_lifecycle_policy(
        repositoryName=name, lifecyclePolicyText=json.dumps(wanted["LifecyclePolicy"]["LifecyclePolicyText"])
    )
    ecr.set_repository_policy(repositoryName=name, policyText=json.dumps(wanted["RepositoryPolicyText"]))
    return {"PhysicalResourceId": name, "Data": attributes(name, made)}


def attributes(name, made):
    region = made["repositoryArn"].split(":")[3]
    registry = made["registryId"]
    sources = ["aws.ecr", "aws.inspector2"]
    completed = {
        "source": sources,
        "resources": [made["repositoryArn"]],
        "detail": {"scan-status": ["COMPLETE", "INITIAL_SCAN_COMPLETE"]},
    }
    counted = {
        "scan-status": ["COMPLETE"],
        "repository-name": [name],
        "finding-severity-counts": {"CRITICAL": [{"numeric": [">", 0]}]},
    }
    finding = {
        "severity": ["CRITICAL"],
        "status": ["ACTIVE"],
        "resources": {"details": {"awsEcrContainerImage": {"repositoryName": [name]}}},
    }
    critical = {"source": sources, "detail": {"$or": [counted, finding]}}
    return {
        "RepositoryUri": made["repositoryUri"],
        "RepositoryUrl": made["repositoryUri"],
        "Arn": made["repositoryArn"],
        "RepositoryName": name,
        "RegistryId": registry,
        "RegistryUri": made["repositoryUri"].split("/")[0],
        "DualStackUri": f"{registry}.dkr-ecr.{region}.on.aws/{name}",
        "EncryptionType": made["encryptionConfiguration"]["encryptionType"],
        "KmsKey": made["encryptionConfiguration"].get("kmsKey", ""),
        "ImageScanCompletedEventPattern": json.dumps(completed),
        "CriticalFindingEventPattern": json.dumps(critical),
    }
