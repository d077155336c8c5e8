"""A finding is really changed, by the detector of who administers it; what can't be is said with its reason."""

import json

import pytest
from botocore.awsrequest import AWSResponse

from bot.adapters.aws.finding_changes import AwsFindingChanges
from bot.adapters.aws.pace import Pace
from bot.adapters.aws.ways import Known, Ways
from bot.core.alert import Finding
from bot.embedded.aws import HOME, PROD, STAGING
from bot.errors import AccessDenied, NotFound, Throttled
from tests.adapters.aws.findings_world import EAST, ROLE, Asked
from tests.embedded.aws.guardduty_world import finding

OPERATIONS = {
    "ArchiveFindings": lambda changes, one: changes.archive([one]),
    "UnarchiveFindings": lambda changes, one: changes.unarchive([one]),
    "UpdateFindingsFeedback": lambda changes, one: changes.judge(one, useful=True),
}


def changes_of(session, *, staging=False):
    known = [Known(PROD.id, "prod")] + ([Known(STAGING.id, "staging", ROLE)] if staging else [])
    return AwsFindingChanges(Ways(lambda: session, known), pace=lambda: Pace(10_000, 1e9))


@pytest.fixture
def changes(session):
    return changes_of(session)


def put(world, finding_id, account=PROD.id, region=HOME, **more):
    """Let GuardDuty have found something; its own detector is the member's, which nobody may use."""
    world.aws.findings.put(finding(finding_id, account, region, **more))
    return Finding(account, region, finding_id)


def archived(world, one):
    found = world.aws.findings.of(one.account_id, one.region)
    return {each["id"] for each in found if each["service"]["archived"]}


def refuse(session, operation, code, message, status=400):
    """GuardDuty answers one operation with an error."""

    class Body:
        def stream(self, **_):
            yield json.dumps({"message": message, "__type": code}).encode()

    def answer(request, **_):
        return AWSResponse(request.url, status, {"x-amzn-ErrorType": code}, Body())

    session.events.register_first(f"before-send.guardduty.{operation}", answer)


def test_findings_are_archived_in_guardduty_and_no_others(world, changes):
    one, two, other = (put(world, each) for each in ("f1", "f2", "f3"))

    changes.archive([one, two])

    assert {"f1", "f2"} <= archived(world, one)
    assert "f3" not in archived(world, other)


def test_archiving_twice_is_no_error_and_can_be_undone(world, changes):
    one = put(world, "f4")
    for _ in range(2):
        changes.archive([one])
    assert "f4" in archived(world, one)

    changes.unarchive([one])

    assert "f4" not in archived(world, one)


def test_a_request_holds_fifty_ids(world, session):
    asked, found = Asked(session), [put(world, f"many{n}") for n in range(51)]

    changes_of(session).archive(found)

    assert asked.counts["ArchiveFindings"] == 2
    assert {each.finding_id for each in found} <= archived(world, found[0])


@pytest.mark.parametrize(("useful", "said"), [(True, "USEFUL"), (False, "NOT_USEFUL")])
def test_guardduty_hears_whether_it_was_of_use(world, changes, useful, said):
    one = put(world, f"judged-{said}")

    changes.judge(one, useful=useful)

    found = world.aws.findings.of(one.account_id, one.region)
    assert [each["service"].get("userFeedback") for each in found if each["id"] == one.finding_id] == [said]


def test_it_is_archived_in_its_own_region(world, changes):
    here, there = put(world, "same"), put(world, "same", region=EAST)

    changes.archive([there])

    assert "same" in archived(world, there)
    assert "same" not in archived(world, here)


def test_a_members_finding_is_archived_by_its_administrator(world, changes):
    world.aws.findings.organization.delegate(PROD.id, STAGING.id)
    try:
        one = put(world, "of-member", account=STAGING.id)

        changes.archive([one])

        assert "of-member" in archived(world, one)
        assert changes.seen(one).kept == one
    finally:
        world.aws.findings.organization.delegate("")


def test_an_account_of_its_own_is_reached_by_its_role(world, session):
    one = put(world, "elsewhere", account=STAGING.id)

    changes_of(session, staging=True).archive([one])

    assert "elsewhere" in archived(world, one)


def test_a_member_hears_who_alone_may(world, session):
    world.aws.findings.organization.delegate(STAGING.id, PROD.id)
    try:
        one = put(world, "not-mine")
        with pytest.raises(NotFound, match="does not let this account archive") as error:
            changes_of(session).archive([one])
        assert f"account {STAGING.id} administers it" in error.value.message
        assert "administers GuardDuty" in error.value.hint
        assert "not-mine" not in archived(world, one)
    finally:
        world.aws.findings.organization.delegate("")


def test_a_region_without_a_detector_is_named(world, changes):
    one = put(world, "f5", region="sa-east-1")

    with pytest.raises(NotFound, match="no GuardDuty detector in sa-east-1") as error:
        changes.archive([one])
    assert "console" in error.value.hint


def test_another_accounts_finding_is_not_said_to_be_archived(world, changes):
    """ArchiveFindings passes over ids that it does not know, without a word."""
    one = put(world, "f6", account=STAGING.id)

    with pytest.raises(NotFound, match=f"no such finding of account {STAGING.id} in {HOME}"):
        changes.archive([one])
    assert "f6" not in archived(world, one)


def test_one_that_is_no_more_keeps_all_others_as_they_are(world, changes):
    one = put(world, "f7")

    with pytest.raises(NotFound, match=r"\(gone\): it is older than 90 days"):
        changes.archive([one, Finding(PROD.id, HOME, "gone")])
    assert "f7" not in archived(world, one)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_missing_permission_is_named(world, session, operation):
    one = put(world, f"denied-{operation}")
    refuse(session, operation, "AccessDeniedException", "User is not authorized", 403)

    with pytest.raises(AccessDenied) as error:
        OPERATIONS[operation](changes_of(session), one)

    assert error.value.action == f"guardduty:{operation}"
    assert f"guardduty:{operation}" in error.value.message


@pytest.mark.parametrize("operation", ["ListDetectors", "GetFindings"])
def test_nothing_is_changed_where_it_cannot_be_looked_up(world, session, operation):
    one = put(world, f"unseen-{operation}")
    refuse(session, operation, "AccessDeniedException", "User is not authorized", 403)

    with pytest.raises(AccessDenied, match=f"guardduty:{operation}"):
        changes_of(session).archive([one])
    assert one.finding_id not in archived(world, one)


def test_throttling_is_no_refusal(world, session):
    one = put(world, "f8")
    throttled = {"Error": {"Code": "ThrottlingException", "Message": "Rate exceeded"}}
    # What boto3 says when its last try was throttled, too; between its tries it would wait for twenty seconds.
    at_last = AWSResponse("", 400, {}, None), throttled
    session.events.register("before-call.guardduty.ArchiveFindings", lambda **_: at_last)

    with pytest.raises(Throttled):
        changes_of(session).archive([one])
