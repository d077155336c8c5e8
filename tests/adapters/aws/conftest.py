from collections.abc import Iterator

import boto3
import pytest

from bot.adapters.aws.session import make_session
from tests.aws_world import AwsWorld, furnished


@pytest.fixture(scope="module")
def world() -> Iterator[AwsWorld]:
    with furnished() as made:
        yield made


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No AWS settings at all: neither of this machine nor of a file."""
    for name in (
        "AWS_PROFILE",
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return monkeypatch


@pytest.fixture
def session(world: AwsWorld, environment: pytest.MonkeyPatch) -> boto3.Session:
    """Our own session, pointed at the stand-in as an operator points it: by environment alone."""
    for name, value in world.aws.environment().items():
        environment.setenv(name, value)
    environment.delenv("AWS_DEFAULT_REGION")
    return make_session()
