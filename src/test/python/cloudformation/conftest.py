import pytest
from fake_provider import FakeProvider

from local.cloudformation import CloudFormation


@pytest.fixture
def provider():
    return FakeProvider()


@pytest.fixture
def cloud(provider):
    return CloudFormation(provider)
