"""AWS Health: what AWS says is broken, planned or leaked, told once."""

import copy
import json
from pathlib import Path

import pytest

from bot.core.alert import Quiet
from bot.core.text import plain
from bot.pipeline.reading import read, unwrap
from bot.sources import SOURCES
from bot.sources.health import alert

EVENTS = Path(__file__).parents[1] / "events/health"
FIRES = json.loads((EVENTS / "fires.json").read_text())
PLANNED = {
    "service": "EC2",
    "eventTypeCode": "AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED",
    "eventTypeCategory": "scheduledChange",
    "statusCode": "upcoming",
    "startTime": "Tue, 22 Sep 2026 09:00:00 GMT",
    "endTime": "Tue, 22 Sep 2026 11:00:00 GMT",
    "eventMetadata": {},
    "affectedEntities": [{"entityValue": "i-0123456789abcdef0"}],
}
ISSUE = PLANNED | {
    "eventTypeCode": "AWS_EC2_OPERATIONAL_ISSUE",
    "eventTypeCategory": "issue",
    "statusCode": "open",
    "endTime": None,
}


def notice(**changes):
    return unwrap(json.dumps(FIRES | {"detail": copy.deepcopy(FIRES["detail"]) | changes}))


def story(told):
    return [plain(line) for line in told.story]


def test_an_exposed_key_is_critical_and_says_which_and_where():
    told = alert(notice())

    assert (told.title, told.severity) == ("An access key is public: AKIAEXAMPLEEXAMPLE7Q", "critical")
    assert (told.account_id, told.region, told.resource) == (
        "111122223333",
        "us-east-1",
        "AKIAEXAMPLEEXAMPLE7Q",
    )
    assert story(told) == [
        "A key of user backup was found in a public repository.",
        "Make it inactive.",
        "Exposed location: example.org/acme/scripts",
        "User name: backup",
    ]
    assert f"{told.first_seen:%H:%M %z}" == "02:40 +0000"


def test_an_exposed_key_is_critical_whatever_the_category():
    assert alert(notice(eventTypeCategory="accountNotification")).severity == "critical"


def test_a_planned_change_says_when():
    told = alert(notice(**PLANNED))

    assert (told.title, told.severity) == (
        "Planned: EC2 instance retirement scheduled: i-0123456789abcdef0",
        "medium",
    )
    assert story(told)[-1] == "Planned for 2026-09-22 09:00 UTC until 2026-09-22 11:00 UTC"


def test_a_closed_issue_resolves_under_the_same_key():
    opened, closed = (
        alert(notice(**ISSUE)),
        alert(notice(**ISSUE | {"statusCode": "closed", "endTime": "Tue, 22 Sep 2026 11:00:00 GMT"})),
    )

    assert opened.key == closed.key
    assert (closed.resolved, opened.resolved) == (True, False)
    assert opened.severity == "high"
    assert (closed.severity, closed.title) == (
        "info",
        "Resolved: EC2 operational issue: i-0123456789abcdef0",
    )
    assert story(closed)[-1] == "Ended 2026-09-22 11:00 UTC"


@pytest.mark.parametrize(
    ("category", "entities", "scope", "band"),
    [
        ("issue", True, "ACCOUNT_SPECIFIC", "high"),
        ("issue", False, "ACCOUNT_SPECIFIC", "medium"),
        ("issue", True, "PUBLIC", "medium"),
        ("scheduledChange", False, "ACCOUNT_SPECIFIC", "low"),
        ("accountNotification", True, "ACCOUNT_SPECIFIC", "low"),
        ("investigation", True, "ACCOUNT_SPECIFIC", "medium"),
    ],
)
def test_what_names_resources_of_ours_is_worse(category, entities, scope, band):
    held = {"eventTypeCategory": category, "eventScopeCode": scope}
    named = {} if entities else {"affectedEntities": []}

    assert alert(notice(**ISSUE | held | named)).severity == band


def test_abuse_is_high_and_comes_under_its_own_detail_type():
    detail = FIRES["detail"] | ISSUE | {"service": "ABUSE", "eventTypeCode": "AWS_ABUSE_DOS_REPORT"}
    event = unwrap(json.dumps(FIRES | {"detail-type": "AWS Health Abuse Event", "detail": detail}))

    assert (read(event, SOURCES).source, alert(event).severity) == ("health", "high")


def test_a_public_event_is_one_problem_in_every_account_and_a_private_one_is_not():
    public = [alert(notice(eventScopeCode="PUBLIC", affectedAccount=one)).key for one in ("1", "2")]
    private = [alert(notice(affectedAccount=one)).key for one in ("1", "2")]

    assert public[0] == public[1]
    assert private[0] != private[1]


def test_the_backup_regions_copy_is_the_same_problem():
    copied = unwrap(json.dumps(FIRES | {"region": "us-west-2", "id": "another"}))

    assert alert(copied).key == alert(notice()).key


def test_the_affected_account_is_told_not_the_administrator_that_received_it():
    assert alert(notice(affectedAccount="999900001111")).account_id == "999900001111"


def test_a_notice_that_ends_is_quiet_but_one_born_closed_is_told():
    quiet = json.loads((EVENTS / "quiet.json").read_text())
    born = quiet | {"detail": quiet["detail"] | {"startTime": quiet["detail"]["endTime"]}}

    ended = alert(unwrap(json.dumps(quiet)))
    assert ended == Quiet("a notice that was told has ended", closes=alert(unwrap(json.dumps(born))).key)
    assert alert(unwrap(json.dumps(born))).title == "Over: Lambda example notification"


def test_many_resources_are_counted_and_placeholders_are_nobody():
    many = [{"entityValue": f"i-{n:017}"} for n in range(9)] + [{"entityValue": "UNKNOWN"}, {}]
    told = alert(notice(**ISSUE | {"affectedEntities": many}))

    assert told.title.endswith(": i-00000000000000000 and 8 more")
    assert story(told)[-1].endswith(" and 4 more")
    assert alert(notice(**ISSUE | {"affectedEntities": [{"entityValue": "AWS_ACCOUNT"}]})).resource is None


def test_a_long_text_is_cut_and_says_so():
    text = r"one\ntwo\n.\nthree\nfour"
    told = alert(notice(**ISSUE | {"eventDescription": [{"language": "en_US", "latestDescription": text}]}))

    assert story(told)[:4] == ["one", "two", "three", "… the rest is in the console"]


@pytest.mark.parametrize(
    "time", ["Tue, 08 Sep 2026 02:40:00 GMT", "2026-09-08T02:40:00Z", "Mon, 08 Sep 2026 02:40:00 GMT"]
)
def test_times_are_read_in_every_form_that_was_seen(time):
    assert f"{alert(notice(startTime=time)).first_seen:%Y-%m-%dT%H:%M}" == "2026-09-08T02:40"


def test_a_bucket_brings_the_question_who_was_there():
    told = alert(notice(**ISSUE | {"affectedEntities": [{"entityValue": "arn:aws:s3:::acme-payroll"}]}))

    assert told.next_steps[0].words[:3] == ("trail", "who-accessed", "acme-payroll")


@pytest.mark.parametrize("code", ["", "_", "AWS_"])
def test_an_event_without_a_code_has_a_title_all_the_same(code):
    assert alert(notice(**ISSUE | {"eventTypeCode": code, "service": "", "affectedEntities": []})).title


def test_the_regions_copies_of_an_older_event_are_one_problem_and_one_telling():
    """Before AWS named the event's region in its detail, only the ARN did."""
    older = {name: value for name, value in FIRES["detail"].items() if name != "eventRegion"}
    copies = [
        alert(unwrap(json.dumps(FIRES | {"region": region, "detail": older})))
        for region in ("us-east-1", "us-west-2")
    ]

    assert len({(copy.key, copy.occurrence) for copy in copies}) == 1


def test_an_update_is_another_telling_and_its_tags_are_told():
    told = alert(notice(affectedEntities=[{"entityValue": "i-1", "tags": {"team": "web"}}]))
    update = alert(notice(communicationId="another"))

    assert told.tags == {"team": "web"}
    assert update.key == told.key
    assert update.occurrence != told.occurrence
