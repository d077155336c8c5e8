"""A finding is really archived, by our own detector of its region; what can't be is said with its reason."""

from contextlib import contextmanager

import pytest
from botocore.awsrequest import AWSResponse

from bot.adapters.aws.guardduty import GuardDutyArchive
from bot.adapters.aws.session import client
from bot.core.alert import Finding
from bot.embedded.aws import HOME, PROD, STAGING
from bot.errors import AccessDenied, NotFound, Throttled

OTHER_REGION = "us-east-1"


def put(world, finding_id, account=PROD.id, region=HOME):
    """Let GuardDuty have found something."""
    found = {
        "schemaVersion": "2.0",
        "accountId": account,
        "region": region,
        "partition": "aws",
        "id": finding_id,
        "arn": f"arn:aws:guardduty:{region}:{account}:detector/members-own/finding/{finding_id}",
        "type": "UnauthorizedAccess:IAMUser/TorIPCaller",
        "severity": 8,
        "createdAt": "2026-09-08T01:00:00.000Z",
        "updatedAt": "2026-09-08T01:00:00.000Z",
        "resource": {"resourceType": "AccessKey"},
        "service": {"archived": False, "count": 3, "detectorId": "members-own"},
    }
    world.aws.findings.put(found)
    return Finding(account, region, finding_id)


def archived(world, finding):
    return {
        each["id"]
        for each in world.aws.findings.of(finding.account_id, finding.region)
        if each["service"]["archived"]
    }


@pytest.fixture
def archive(session):
    return GuardDutyArchive(lambda region: client("guardduty", region, session))


@contextmanager
def refusing(session, operation, code, message, status=403):
    """GuardDuty answers one operation with an error."""

    def refuse(**_):
        return AWSResponse("https://guardduty", status, {"x-amzn-ErrorType": code}, _Raw(message))

    made = client("guardduty", HOME, session)
    made.meta.events.register(f"before-send.guardduty.{operation}", refuse)
    yield GuardDutyArchive(lambda _region: made)


class _Raw:
    def __init__(self, message):
        self._body = b'{"message": "%s", "__type": "x"}' % message.encode()

    def stream(self, *_, **__):
        yield self._body


def test_a_finding_is_archived_in_guardduty_and_no_other(world, archive):
    finding, other = put(world, "f1"), put(world, "f2")

    archive.archive(finding)

    assert "f1" in archived(world, finding)
    assert "f2" not in archived(world, other)


def test_archiving_twice_is_no_error(world, archive):
    finding = put(world, "f3")
    for _ in range(2):
        archive.archive(finding)

    assert "f3" in archived(world, finding)


def test_it_is_archived_in_its_own_region(world, archive):
    here, there = put(world, "same"), put(world, "same", region=OTHER_REGION)

    archive.archive(there)

    assert "same" in archived(world, there)
    assert "same" not in archived(world, here)


def test_a_region_without_a_detector_is_named(world, archive):
    finding = put(world, "f4", region="sa-east-1")

    with pytest.raises(NotFound, match="no GuardDuty detector in sa-east-1") as error:
        archive.archive(finding)
    assert "console" in error.value.hint


def test_another_accounts_finding_is_not_said_to_be_archived(world, archive):
    """ArchiveFindings passes over ids that it does not know, without a word."""
    finding = put(world, "f5", account=STAGING.id)

    with pytest.raises(NotFound, match=f"no such finding of account {STAGING.id} in {HOME}"):
        archive.archive(finding)
    assert archived(world, finding) == set()


def test_a_finding_that_is_no_more_is_said_to_be_none(world, archive):
    with pytest.raises(NotFound, match="older than 90 days"):
        archive.archive(Finding(PROD.id, HOME, "gone"))


def test_a_member_account_hears_that_only_the_administrator_may(world, session):
    finding = put(world, "f6")
    words = "The request is rejected because the current account cannot archive"
    with (
        refusing(session, "ArchiveFindings", "BadRequestException", words, 400) as archive,
        pytest.raises(NotFound, match="does not let this account archive") as error,
    ):
        archive.archive(finding)
    assert words in error.value.message
    assert "administers GuardDuty" in error.value.hint


@pytest.mark.parametrize("operation", ["ListDetectors", "GetFindings", "ArchiveFindings"])
def test_a_missing_permission_is_named(world, session, operation):
    finding = put(world, f"denied-{operation}")
    with (
        refusing(session, operation, "AccessDeniedException", "User is not authorized") as archive,
        pytest.raises(AccessDenied) as error,
    ):
        archive.archive(finding)

    assert error.value.action == f"guardduty:{operation}"
    assert f"guardduty:{operation}" in error.value.message
    assert archived(world, finding) & {finding.finding_id} == set()


def test_throttling_is_no_refusal(world, session):
    finding = put(world, "f7")
    with (
        refusing(session, "ArchiveFindings", "ThrottlingException", "Rate exceeded", 400) as archive,
        pytest.raises(Throttled),
    ):
        archive.archive(finding)
