from collections.abc import Iterator

import boto3
import pytest

from bot.adapters.aws.session import make_session
from bot.core.configuration.item import Place
from bot.embedded.aws import HOME, PROD, AwsStandIn
from tests.adapters.aws.config_found import FAR_ID, GONE, ID, LAMBDA, STAGED, STAGED_ID
from tests.adapters.aws.config_world import (
    AT_HOME,
    BUCKET,
    FAR,
    ROLE,
    VIRGINIA,
    Counted,
    item,
    open_places,
    put,
)
from tests.adapters.aws.trail_setting_up import LOGS, RESULTS
from tests.aws_world import NOW, AwsWorld, furnished, log_files


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


@pytest.fixture(scope="module")
def found_world(world):
    far, virginia = Place(PROD.id, FAR), Place(PROD.id, VIRGINIA)
    open_places(world, AT_HOME, far, virginia, STAGED)
    put(
        world,
        item(ID, resourceName="web"),
        item(GONE, days=9, resourceName="batch"),
        item(GONE, days=2, status="ResourceDeleted", resourceName="batch"),
        item("acme-payroll", kind=BUCKET),
        item("both", kind=BUCKET),
        item("both", kind=LAMBDA),
        item("acme-gone", kind=BUCKET, days=9),
        item("acme-gone", kind=BUCKET, status="ResourceDeleted"),
    )
    put(world, item(FAR_ID, place=far, resourceName="far"), place=far)
    arn = f"arn:aws:iam::{PROD.id}:role/people/tf-apply"
    role = item("AROAEXAMPLEROLE000001", kind=ROLE, resourceName="tf-apply", arn=arn, awsRegion="global")
    put(world, role, place=virginia)
    put(world, item(STAGED_ID, place=STAGED, resourceName="staged"), place=STAGED)
    return world


@pytest.fixture
def counted(found_world, session):
    return Counted(session)


@pytest.fixture
def aws():
    """A stand-in that has buckets and log files, and no trail yet."""
    with AwsStandIn(clock=lambda: NOW).serve() as made:
        for bucket in (LOGS, RESULTS):
            made.make_bucket(bucket, PROD.id, HOME)
        made.put_logs(LOGS, log_files().items())
        yield made
