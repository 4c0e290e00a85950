"""Asks an evaluator of IAM policies that is not ours (src/test/node) who may do what."""

import json
import subprocess
from pathlib import Path

NODE = Path(__file__).resolve().parents[1] / "node"
ALLOWED = "Allowed"


class Evaluator:
    """One node process; questions and answers are lines. Close it after use."""

    def __init__(self):
        if not (NODE / "node_modules").is_dir():
            raise RuntimeError("the policy evaluator is not installed: run npm ci --prefix src/test/node")
        self._process = subprocess.Popen(
            ["node", str(NODE / "iam-evaluator.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def allowed(self, policies, principal, action, resource, context=None, resource_policy=None):
        """Whether these identity policies let the principal do it. A question that IAM would refuse, such as one with a
        condition key that the action does not have, is an error rather than a no."""
        question = {
            "principal": principal, "action": action, "resource": resource,
            "context": context or {}, "identityPolicies": policies,
            "resourcePolicy": resource_policy,
        }
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            raise ValueError(f"{action} on {resource}: {answer['error']}")
        return answer["decision"] == ALLOWED

    def close(self):
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()
