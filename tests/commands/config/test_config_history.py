"""/config history: what changed, how dangerous it is, and who did it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.buttons import Ask, Csv, Download, Menu, Share
from bot.core.configuration.item import Resource
from bot.core.configuration.recorder import Recorder
from bot.core.sections import Paragraph
from bot.core.text import plain
from bot.errors import AccessDenied, Costly
from tests.commands.config.histories import FOUND, STOPPED, ask, ports_over
from tests.commands.config.small_config import (
    GROUP,
    HOME,
    NOW,
    RECORDS,
    FakeConfigurations,
    Ports,
    group,
    rule,
)
from tests.commands.small_trail import call, role, user

OPENED = group("2026-09-07T10:03:00", rule(443), rule(22, "0.0.0.0/0"))
CALL = "(AuthorizeSecurityGroupIngress, 2026-09-07 10:00 UTC, from 192.0.2.7)"
GONE = group("2026-09-08T09:05:00", status="ResourceDeleted")


def opening(who, at="2026-09-07T10:00:00Z", port=22, source="0.0.0.0/0", **more):
    permission = {
        "ipProtocol": "tcp",
        "fromPort": port,
        "toPort": port,
        "ipRanges": {"items": [{"cidrIp": source}]},
    }
    request = {"groupId": GROUP.id, "ipPermissions": {"items": [permission]}}
    return (
        call(who, "ec2:AuthorizeSecurityGroupIngress", at, readOnly=False, requestParameters=request) | more
    )


def told(view):
    return [plain(line) for part in view.sections if isinstance(part, Paragraph) for line in part.lines]


def codes(view):
    return {(one.code, one.weight) for one in view.caveats}


def test_a_change_is_told_with_its_danger_and_who_made_it(tmp_path):
    ports = ports_over(tmp_path, [FOUND, OPENED], opening(user("mika")))

    view = ask(ports, GROUP.id)

    assert view.title == "web-prod (sg-0a1b2c3d) — 1 change, last 30 days"
    assert told(view) == [
        "security group · prod · eu-west-1",
        "2026-09-07 10:03 UTC  + inbound tcp 22 from 0.0.0.0/0",
        "    ← port 22 open to the internet",
        f"    by mika (user) with the AWS CLI {CALL} · exact",
    ]
    [row] = view.rows
    assert row["changes"] == [
        {
            "path": "configuration.ipPermissions[tcp 22][0.0.0.0/0]",
            "kind": "added",
            "before": None,
            "after": {"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIp": "0.0.0.0/0"},
        }
    ]
    actor = row["actor"]
    assert (actor["principal"], actor["confidence"]) == ("arn:aws:iam::111122223333:user/mika", "exact")
    assert (row["captured_at"], row["status"]) == (OPENED.captured_at, "OK")
    assert ports.configurations.asked == [("history", GROUP.id)], "one call for what is where its id says"
    assert codes(view) == {("not-recorded-yet", "note")}


def test_the_same_answer_leads_on(tmp_path):
    view = ask(
        ports_over(tmp_path, [FOUND, OPENED], opening(role("admin", "mika", "ASIAEXAMPLEAAAAAAAAA"))),
        GROUP.id,
    )

    menu, wider, *rest = view.buttons
    assert isinstance(menu, Menu)
    asked = [choice.words[:3] for choice in menu.choices]
    assert ("config", "at", GROUP.id) in asked
    assert ("trail", "session", "arn:aws:sts::111122223333:assumed-role/admin/mika") in asked
    assert ("config", "compliance", GROUP.id) in asked
    assert wider == Ask("90 days", (*_of_group("history"), "--since", "90d"))
    assert [type(one) for one in rest][-2:] == [Csv, Share]


def _of_group(question):
    return (
        "config",
        question,
        GROUP.id,
        "--type",
        GROUP.type,
        "--account",
        HOME.account_id,
        "--region",
        HOME.region,
    )


def test_the_first_state_is_found_and_not_changed(tmp_path):
    view = ask(ports_over(tmp_path, [FOUND]), GROUP.id, "--since", "90d")

    assert (
        view.title
        == "web-prod (sg-0a1b2c3d) was first recorded 2026-07-01 09:00 UTC, and has not changed since — last 90 days"
    )
    assert "first recorded: it may be older than Config" in told(view)[1]
    assert not any("by nobody" in line for line in told(view))


def test_nothing_changed_where_all_was_recorded(tmp_path):
    view = ask(ports_over(tmp_path, [FOUND]), GROUP.id)

    assert view.title == "web-prod (sg-0a1b2c3d) has not changed — last 30 days"
    assert not any(one.weight == "blind" for one in view.caveats)


@pytest.mark.parametrize(
    ("recorder", "code", "words"),
    [
        (STOPPED, "recorder-stopped", "has been stopped since 2026-09-05T12:00:00Z"),
        (
            replace(RECORDS, excluded=frozenset({GROUP.type})),
            "type-not-recorded",
            "told not to record any security group",
        ),
        (Recorder(HOME, there=False), "config-off", "AWS Config is not switched on in eu-west-1"),
        (
            replace(RECORDS, recording=None, refused="AWS refused"),
            "recorder-unknown",
            "is not known: AWS refused",
        ),
    ],
)
def test_nothing_recorded_and_nothing_changed_never_look_alike(tmp_path, recorder, code, words):
    view = ask(ports_over(tmp_path, [FOUND], recorders=[recorder]), GROUP.id)

    assert view.title == "I can’t tell whether web-prod (sg-0a1b2c3d) changed — last 30 days"
    assert (code, "blind") in codes(view)
    assert any(words in one.message for one in view.caveats)


def test_a_gap_is_drawn_where_it_was(tmp_path):
    paused = replace(RECORDS, stopped_at=NOW - timedelta(days=5), started_at=NOW - timedelta(days=4))
    view = ask(ports_over(tmp_path, [FOUND, OPENED], opening(user("mika")), recorders=[paused]), GROUP.id)

    assert told(view)[-1] == (
        "┄ nothing was recorded from 2026-09-03 12:00 UTC to 2026-09-04 12:00 UTC: the recorder was stopped ┄"
    )
    assert view.request["gaps"] == [
        {
            "since": NOW - timedelta(days=5),
            "until": NOW - timedelta(days=4),
            "why": "the recorder was stopped",
        }
    ]


def test_a_deleted_resource_still_has_its_history_and_says_who_deleted_it(tmp_path):
    deleted = call(user("ben"), "ec2:DeleteSecurityGroup", "2026-09-08T09:00:00Z", readOnly=False, requestParameters={"groupId": GROUP.id})  # fmt: skip
    view = ask(ports_over(tmp_path, [FOUND, GONE], deleted), GROUP.id)

    assert view.title == "web-prod (sg-0a1b2c3d) was deleted 2026-09-08 09:05 UTC — 1 change, last 30 days"
    assert "the security group was deleted" in told(view)[1]
    assert view.rows[0]["actor"]["principal"].endswith("user/ben")
    assert view.rows[0]["status"] == "ResourceDeleted"
    assert not any(one.code.startswith("recorder") for one in view.caveats)


def test_who_is_unknown_where_cloudtrail_says_nothing(tmp_path):
    view = ask(ports_over(tmp_path, [FOUND, OPENED]), GROUP.id)

    assert view.rows[0]["actor"]["confidence"] == "unknown"
    assert view.rows[0]["actor"]["principal"] is None
    assert "by nobody I can name: no matching call" in told(view)[-1]


class _Failing:
    table = "db.table"

    def __init__(self, error):
        self.error = error

    def run(self, query, progress):
        raise self.error


@pytest.mark.parametrize(
    "error",
    [
        AccessDenied("AWS refused.", "Allow it.", action="cloudtrail:LookupEvents"),
        Costly("That reads 3 TB.", "Say --up-to 15.", usd=15.0, bytes=3 * 10**12),
    ],
)
def test_the_history_stands_where_cloudtrail_can_not_be_asked(tmp_path, error):
    ports = Ports(FakeConfigurations([FOUND, OPENED]), _Failing(error))

    view = ask(ports, GROUP.id)

    assert "+ inbound tcp 22 from 0.0.0.0/0" in told(view)[1]
    assert any(error.message in one.message for one in view.caveats)
    assert view.rows[0]["actor"]["confidence"] == "unknown"


def test_who_did_it_is_asked_as_the_asker_back_to_the_oldest_change(tmp_path):
    ports = ports_over(tmp_path, [FOUND, OPENED], opening(user("mika")))

    ask(ports, GROUP.id, "--up-to", "3")

    [(place, asker, up_to, since)] = ports.engines
    assert (place, asker, up_to) == (HOME, "U1", 3.0)
    assert since <= OPENED.captured_at - timedelta(hours=24)


def test_many_states_are_listed_up_to_the_limit_and_the_rest_follows_in_a_file(tmp_path):
    many = [group(f"2026-09-01T{n // 60:02}:{n % 60:02}:00", rule(n + 1)) for n in range(60)]
    view = ask(ports_over(tmp_path, many), GROUP.id, "--limit", "30")

    assert len(view.rows) == 30
    assert view.title.startswith("web-prod (sg-0a1b2c3d) — the newest 30 changes")
    assert any("raise --limit" in line for line in told(view))
    assert view.file is not None
    assert view.file.text.count("+ inbound") == 30
    assert any(isinstance(one, Download) for one in view.buttons)


def test_what_moves_by_itself_is_shown_when_it_is_asked_for(tmp_path):
    table = Resource("AWS::DynamoDB::Table", "orders", HOME, "orders")
    items = [
        replace(group(at, resource=table), configuration={"tableName": "orders", "itemCount": count})
        for at, count in (("2026-09-01T00:00:00", 1), ("2026-09-02T00:00:00", 2))
    ]
    ports = ports_over(tmp_path, items)

    quiet, whole = ask(ports, "orders"), ask(ports, "orders", "--all")

    assert quiet.rows[0]["changes"] == []
    assert any("recorded 1 time more" in line for line in told(quiet))
    assert [one["path"] for one in whole.rows[0]["changes"]] == ["configuration.itemCount"]


def test_an_environment_s_secrets_are_in_no_row_and_no_file(tmp_path):
    function = Resource("AWS::Lambda::Function", "pay", HOME, "pay")
    items = [
        replace(
            group(at, resource=function),
            configuration={
                "functionName": "pay",
                "environment": {"variables": {"DB_PASSWORD": word, "STAGE": word}},
            },
        )
        for at, word in (("2026-09-01T00:00:00", "hunter1"), ("2026-09-02T00:00:00", "hunter2"))
    ]
    view = ask(ports_over(tmp_path, items), "pay")

    changes = {one["path"]: one for one in view.rows[0]["changes"]}
    secret = next(one for path, one in changes.items() if "DB_PASSWORD" in path)
    assert "hunter" not in str(secret)
    assert "hunter2" in str(changes)


def test_a_deletion_that_is_recorded_again_was_at_its_first(tmp_path):
    again = group("2026-09-08T09:30:00", status="ResourceDeletedNotRecorded")
    view = ask(ports_over(tmp_path, [FOUND, GONE, again]), GROUP.id)

    assert view.title == "web-prod (sg-0a1b2c3d) was deleted 2026-09-08 09:05 UTC — 1 change, last 30 days"
    assert "still gone; Config records it no longer" in told(view)[1]


def test_whatever_the_message_shortens_is_whole_in_a_file(tmp_path):
    long = replace(OPENED, tags={"note": "x" * 300_000})
    whole, none, last = (
        ask(ports_over(tmp_path, held), GROUP.id).file
        for held in ([FOUND, long], [FOUND, OPENED], [FOUND, GONE])
    )

    assert "x" * 300_000 in whole.text
    assert none is None
    assert '"tcp 443"' in last.text  # what it was before it was deleted
