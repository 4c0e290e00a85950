"""What Amazon ECR knows and moto does not yet: teaches moto's lifecycle check the storage classes.

https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
"""

from __future__ import annotations

from moto.ecr import policy_validation as moto


def close() -> None:
    moto.VALID_ACTION_TYPE_VALUES = moto.VALID_ACTION_TYPE_VALUES | {"transition"}
    moto.VALID_ACTION_PROPERTIES = moto.VALID_ACTION_PROPERTIES | {"targetStorageClass"}
    moto.VALID_SELECTION_PROPERTIES = moto.VALID_SELECTION_PROPERTIES | {"storageClass"}
    moto.VALID_SELECTION_COUNT_TYPE_VALUES = moto.VALID_SELECTION_COUNT_TYPE_VALUES | {
        "sinceImagePulled",
        "sinceImageTransitioned",
    }
