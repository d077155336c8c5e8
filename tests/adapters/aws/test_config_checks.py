"""The doctor looks whether Config records, and whether each question may be asked."""

from datetime import timedelta

import pytest
from botocore.awsrequest import AWSResponse

from bot.adapters.aws.config_checks import config_checks
from bot.embedded.aws import HOME, PROD
from bot.embedded.aws.config.recordings import Recorder
from tests.aws_world import NOW


def look(session):
    return {check.name: check.look() for check in config_checks(lambda: session)}


@pytest.fixture
def recorder(world):
    world.aws.recordings.open((PROD.id, HOME), Recorder(NOW - timedelta(days=9), global_types=True))
    yield
    world.aws.recordings._recorders.clear()


def test_where_config_is_off_that_is_no_fault(session):
    found = look(session)

    assert found["recorder"].state == "off"
    assert f"not switched on in {HOME}" in found["recorder"].message
    assert found["what it recorded"].state == "ok"


def test_one_that_records_says_what(recorder, session):
    found = look(session)

    assert (found["recorder"].state, found["recorder"].message) == ("ok", f"records all types in {HOME}")


def test_one_that_was_stopped_says_since_when_and_how_to_start_it(world, recorder, session):
    world.aws.recordings.switch((PROD.id, HOME), on=False)

    found = look(session)["recorder"]
    assert found.state == "missing"
    assert "2026-09-08T12:00:00Z" in found.message
    assert "start-configuration-recorder" in found.fix


def test_each_missing_action_is_named(recorder, session):
    def refuse(request, **_):
        return AWSResponse(request.url, 400, {"x-amzn-ErrorType": "AccessDeniedException"}, _Raw())

    for name in ("SelectResourceConfig", "DescribeConfigurationRecorders"):
        session.events.register(f"before-send.config-service.{name}", refuse)

    found = look(session)
    assert found["recorder"].fix == "Allow config:DescribeConfigurationRecorders"
    assert found["what it recorded"].fix == "Allow config:SelectResourceConfig to it"


class _Raw:
    def stream(self, *_, **__):
        yield b'{"__type": "AccessDeniedException", "message": "no"}'
