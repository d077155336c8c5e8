"""The doctor looks whether GuardDuty may be asked what it found."""

import pytest

from bot.adapters.aws.findings_checks import findings, findings_checks
from bot.adapters.aws.session import make_session
from bot.adapters.aws.ways import Ways
from bot.errors import AccessDenied
from tests.adapters.aws.findings_world import refuse


def test_where_everything_may_be_asked_it_says_so(session):
    found = findings(Ways(lambda: session))

    assert (found.state, found.message) == ("ok", "7 kinds of questions are allowed in eu-west-1")


def test_each_action_that_is_missing_is_named_at_once(session):
    for operation in ("GetFindings", "ListMembers", "GetFindingsStatistics"):
        refuse(session, operation)

    found = findings(Ways(lambda: session))

    assert found.state == "missing"
    assert found.fix == (
        "Allow guardduty:ListMembers, guardduty:GetFindings, guardduty:GetFindingsStatistics to it"
    )


def test_where_it_is_off_that_is_told_as_such(session, environment):
    environment.setenv("AWS_REGION", "eu-north-1")
    (check,) = findings_checks(make_session)

    assert (check.look().state, check.look().message) == (
        "off",
        "GuardDuty is off in eu-north-1: nobody looks there",
    )


def test_where_not_even_a_detector_may_be_listed_that_is_the_answer(session):
    refuse(session, "ListDetectors")

    with pytest.raises(AccessDenied, match="guardduty:ListDetectors"):
        findings(Ways(lambda: session))
