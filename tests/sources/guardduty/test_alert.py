"""GuardDuty's findings, told in words a person on call understands."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.alert import Finding, Quiet
from bot.core.severity import Severity
from bot.core.text import plain
from bot.pipeline.reading import unwrap
from bot.sources.guardduty import alert, source
from tests.sources.guardduty.findings import EVENTS, FIRES, finding


def test_a_finding_says_who_did_what_where_and_how_bad():
    told = alert(finding())

    assert told.title == (
        "User backup reads the bucket acme-payroll in an unusual way, from 198.51.100.7 (Netherlands)"
    )
    assert (told.severity, told.account_id, told.region, told.resource, told.count) == (
        Severity.HIGH,
        "111122223333",
        "eu-west-1",
        "acme-payroll",
        14,
    )
    assert [plain(line) for line in told.story] == [
        "Key AKIAEXAMPLEEXAMPLE7Q of user backup",
        "Called GetObject from 198.51.100.7 (Example Transit, Netherlands)",
    ]
    assert told.kind == "Exfiltration on S3: Anomalous behavior (Exfiltration:S3/AnomalousBehavior)"
    assert told.console_url.endswith(
        "region=eu-west-1#/findings?search=id%3D8cb90000000000000000000000000001"
    )
    assert [step.words for step in told.next_steps] == [
        ("trail", "who-accessed", "acme-payroll", "--since", "2026-09-07T21:11:00Z"),
        ("trail", "key", "AKIAEXAMPLEEXAMPLE7Q", "--since", "2026-09-07T21:11:00Z"),
        ("trail", "session", "AKIAEXAMPLEEXAMPLE7Q", "--since", "2026-08-09T03:11:00Z"),
        ("s3", "explain", "acme-payroll", "--account", "111122223333"),
    ]


@pytest.mark.parametrize("what", ["BucketAnonymousAccessGranted", "BucketBlockPublicAccessDisabled"])
def test_what_opened_a_bucket_asks_first_whether_it_is_public(what):
    told = alert(finding(type=f"Policy:S3/{what}"))

    assert told.next_steps[0].words == ("s3", "explain", "acme-payroll", "--account", "111122223333")


def test_what_opened_an_account_asks_first_which_buckets_are_public():
    held = {"resourceType": "AccessKey"}
    told = alert(finding(type="Policy:S3/AccountBlockPublicAccessDisabled", resource=held))

    assert told.next_steps[0].words == ("s3", "public", "--account", "111122223333")


def test_an_archived_finding_is_no_alert():
    archived = alert(unwrap((EVENTS / "quiet.json").read_text()))

    assert archived == Quiet("archived in GuardDuty", closes=alert(finding()).key)


@pytest.mark.parametrize(
    ("number", "band"),
    [
        (9.5, "critical"),
        (9, "critical"),
        (8.9, "high"),
        (7, "high"),
        (6.9, "medium"),
        (4, "medium"),
        (3.9, "low"),
        (1, "low"),
    ],
)
def test_the_severity_is_the_findings_own_number(number, band):
    assert alert(finding(severity=number)).severity == band


def test_a_sample_says_so_first():
    told = alert(finding(title="[SAMPLE] A bucket is open."))

    assert told.title.startswith("Sample, not real: User backup reads the bucket acme-payroll")
    assert (told.sample, alert(finding()).sample) == (True, False)


def test_a_finding_of_unknown_type_falls_back_to_its_own_words():
    assert (
        alert(finding(type="NewDanger:Quantum/EntangledKey", title=None)).title
        == "New danger on Quantum: Entangled key, the bucket acme-payroll"
    )


@given(st.data())
def test_any_field_may_be_missing(data):
    """A finding that lost whole blocks is told with what is left."""
    detail = json.loads(json.dumps(FIRES["detail"]))
    for block in (detail["service"]["action"], detail["service"], detail["resource"], detail):
        for name in data.draw(st.lists(st.sampled_from(sorted(block)), unique=True, max_size=4)):
            if name not in {"id", "type", "severity"}:
                del block[name]
    told = alert(unwrap(json.dumps(FIRES | {"detail": detail})))
    assert told.title


@pytest.mark.parametrize(
    "shorten",
    [
        lambda event: event["detail"],
        lambda event: {"detail-type": event["detail-type"], "detail": event["detail"]},
    ],
)
def test_a_finding_out_of_its_envelope_is_still_a_finding(shorten):
    event = unwrap(json.dumps(shorten(FIRES)))

    assert source.accepts(event)
    assert alert(event).severity is Severity.HIGH


@pytest.mark.parametrize(
    "time", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-09-08T03:11:00", "soon", 1e300, None]
)
def test_an_odd_time_costs_no_alert(time):
    """A next step counts back from it: what can't be counted with is unknown."""
    told = alert(finding(service=FIRES["detail"]["service"] | {"eventFirstSeen": time}))

    assert told.next_steps[0].words[:3] == ("trail", "who-accessed", "acme-payroll")


def test_a_finding_can_be_found_again_to_be_archived():
    assert alert(finding()).finding == Finding(
        "111122223333", "eu-west-1", "8cb90000000000000000000000000001"
    )


def test_members_and_administrators_copies_are_one_telling_and_a_repeat_is_another():
    copy = unwrap(json.dumps(FIRES | {"account": "111122223333", "id": "other"}))
    more = alert(finding(updatedAt="2026-09-08T09:25:00.000Z"))

    assert (alert(copy).key, alert(copy).occurrence) == (alert(finding()).key, alert(finding()).occurrence)
    assert more.key == alert(finding()).key
    assert more.occurrence != alert(finding()).occurrence


@pytest.mark.parametrize(
    ("block", "tags"),
    [
        (
            {"instanceDetails": {"instanceId": "i-1", "tags": [{"key": "team", "value": "web"}]}},
            {"team": "web"},
        ),
        (
            {"s3BucketDetails": [{"name": "b", "tags": [{"key": "data", "value": "personal"}]}]},
            {"data": "personal"},
        ),
        ({"s3BucketDetails": [{"name": name, "tags": [{"key": "a"}]} for name in ("b", "c")]}, {}),
        ({"eksClusterDetails": {"name": "k", "tags": None}}, {}),
    ],
)
def test_the_resources_own_tags_are_told_for_routing(block, tags):
    assert alert(finding(resource=block)).tags == tags


def test_the_bucket_that_a_call_was_aimed_at_is_asked_about():
    service = json.loads(json.dumps(FIRES["detail"]["service"]))
    service["action"]["awsApiCallAction"]["affectedResources"] = {"AWS::S3::Bucket": "acme-hr"}
    told = alert(finding(resource={"resourceType": "AccessKey"}, service=service))

    assert told.next_steps[0].words[1:3] == ("who-accessed", "acme-hr")
