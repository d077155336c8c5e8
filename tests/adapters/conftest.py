"""AthenaEngine's world: a furnished stand-in, a session pointed at it, and an engine over it."""

from collections.abc import Iterator

import boto3
import pytest

from bot.adapters.athena import AthenaEngine, AthenaSettings
from bot.adapters.aws.session import make_session
from tests.aws_world import AwsWorld, furnished


@pytest.fixture(scope="module")
def world() -> Iterator[AwsWorld]:
    with furnished() as made:
        yield made


@pytest.fixture(scope="module")
def session(world: AwsWorld) -> Iterator[boto3.Session]:
    with pytest.MonkeyPatch.context() as environment:
        for name, value in world.aws.environment().items():
            environment.setenv(name, value)
        yield make_session()


@pytest.fixture(scope="module")
def engine(session):
    return AthenaEngine(AthenaSettings(workgroup="noroshi", poll_seconds=0.02), session=session)
