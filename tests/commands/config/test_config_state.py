"""/config at, diff, who and compliance: the state then, what differs, the authors, the rules."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.buttons import Ask, Menu
from bot.core.configuration.evaluation import Evaluation, Rule
from bot.core.sections import Paragraph, Table, Verbatim
from bot.core.text import plain
from bot.core.view import Caveat
from bot.errors import BadRequest, NotFound
from commands.config import config
from tests.commands.config.histories import FOUND, ports_over
from tests.commands.config.small_config import GROUP, HOME, NOW, FakeConfigurations, Ports, group, rule
from tests.commands.config.test_config_history import GONE, OPENED, opening, told
from tests.commands.small_trail import user

SSH = Rule("restricted-ssh", HOME, "No SSH from everywhere.", "INCOMING_SSH_DISABLED")
HUB = Rule("securityhub-sg", HOME, made_by="securityhub.amazonaws.com")


def ask(ports, *words):
    return config.answer(list(words), ports, asker="U1")


def only_config(items, **more):
    return Ports(FakeConfigurations(items, **more), None)


def test_the_state_at_a_moment_is_that_of_the_item_before_it():
    view = ask(only_config([FOUND, OPENED]), "at", GROUP.id, "2026-09-01T00:00Z")

    assert view.title == "web-prod (sg-0a1b2c3d) as it was 2026-09-01 00:00 UTC"
    assert "captured 2026-07-01 09:00 UTC, the first one recorded" in told(view)
    [row] = view.rows
    assert row["configuration"]["ipPermissions"] == [rule(443)]
    [text] = [part.text for part in view.sections if isinstance(part, Verbatim)]
    assert json.loads(text)["captured_at"] == "2026-07-01T09:00:00Z"
    assert view.file.text == text
    assert view.file.name == "sg-0a1b2c3d-20260701T090000Z.json"


def test_before_the_first_item_there_is_no_state():
    with pytest.raises(NotFound, match="no state of sg-0a1b2c3d from 2026-06-01 00:00 UTC or before"):
        ask(only_config([FOUND]), "at", GROUP.id, "2026-06-01")


def test_a_state_after_the_end_says_that_it_was_deleted():
    view = ask(only_config([FOUND, GONE]), "at", GROUP.id, "now")

    assert view.title.endswith("— it was deleted by then")
    assert view.rows[0]["configuration"] is None


def test_secrets_of_an_environment_are_in_no_state():
    item = replace(OPENED, configuration={"environment": {"variables": {"API_TOKEN": "hunter2"}}})
    view = ask(only_config([item]), "at", GROUP.id, "now")

    assert "hunter2" not in str(view)


def test_what_differs_between_two_moments_is_told_with_its_danger():
    view = ask(only_config([FOUND, OPENED]), "diff", GROUP.id, "--at", "7d", "--to", "now")

    assert view.title == "web-prod (sg-0a1b2c3d) — 1 difference, 2026-09-01 12:00 to 2026-09-08 12:00 UTC"
    assert told(view)[2:] == ["← port 22 open to the internet", "+ inbound tcp 22 from 0.0.0.0/0"]
    assert [row["kind"] for row in view.rows] == ["added"]
    assert view.buttons[0].words[-4:] == (
        "--since",
        "2026-07-01T09:00:00Z",
        "--until",
        "2026-09-07T10:03:01Z",
    )
    assert "configuration.ipPermissions[tcp 22]" in view.file.text


def test_no_difference_is_said_as_one():
    view = ask(only_config([FOUND]), "diff", GROUP.id, "--at", "7d")

    assert "— no difference, " in view.title
    assert view.rows == ()


def test_the_newer_moment_can_not_be_the_older_one():
    with pytest.raises(BadRequest, match="--at is not before --to"):
        ask(only_config([FOUND]), "diff", GROUP.id, "--at", "1d", "--to", "2d")


def test_the_authors_stand_with_what_is_theirs(tmp_path):
    closed = group("2026-09-07T12:02:00", rule(443), rule(22, "0.0.0.0/0"), rule(80, "10.0.0.0/8"))
    again = group("2026-09-08T11:00:00", rule(443))
    items = [FOUND, OPENED, closed, again]
    calls = [opening(user("mika")), opening(user("mika"), "2026-09-07T12:00:00Z", 80, "10.0.0.0/8")]

    view = ask(ports_over(tmp_path, items, *calls), "who", GROUP.id)

    assert view.title == "1 person or program changed web-prod (sg-0a1b2c3d) — last 30 days"
    assert [(row["principal"], row["changes"], row["exact"]) for row in view.rows] == [
        ("arn:aws:iam::111122223333:user/mika", 2, 2),
        (None, 1, 0),
    ]
    assert view.buttons[0].words[:3] == ("config", "history", GROUP.id)


def test_nobody_changed_it_is_said_only_where_it_would_have_been_seen(tmp_path):
    assert ask(ports_over(tmp_path, [FOUND]), "who", GROUP.id).title.startswith("Nobody changed web-prod")
    blind = ports_over(tmp_path / "b", [FOUND], recorders=[])
    assert ask(blind, "who", GROUP.id).title.startswith("I can’t tell whether web-prod")


def broken(rule_=SSH, compliance="NON_COMPLIANT", about=GROUP.id, days=2, **more):
    return Evaluation(rule_, GROUP.type, about, compliance, NOW - timedelta(days=days), **more)


def test_what_is_not_compliant_is_told_since_when_and_why():
    evaluated = [
        broken(annotation="port 22 is open"),
        broken(compliance="COMPLIANT", about="sg-2"),
        broken(HUB),
    ]
    view = ask(only_config([FOUND], evaluated=evaluated), "compliance")

    assert view.title == "1 resource breaks 1 rule"
    assert view.rows == (
        {
            "rule": "restricted-ssh",
            "resource_type": GROUP.type,
            "resource_id": GROUP.id,
            "compliance": "NON_COMPLIANT",
            "since": NOW - timedelta(days=2),
            "annotation": "port 22 is open",
            "since_at_least": False,
            "account_id": HOME.account_id,
            "region": HOME.region,
            "description": "No SSH from everywhere.",
            "made_by": None,
        },
    )
    assert told(view) == [
        "1 more verdict is in order: --all",
        "1 is of rules that services made for themselves: --all",
    ]
    assert isinstance(view.buttons[0], Menu)
    assert view.buttons[0].choices[0].words[:3] == ("config", "history", GROUP.id)
    assert view.buttons[1] == Ask("All verdicts", ("config", "compliance", "--all"))


def test_a_longer_breach_stands_before_a_shorter_one():
    evaluated = [broken(days=1, about="sg-2"), broken(days=9)]
    view = ask(only_config([FOUND], evaluated=evaluated), "compliance")

    [table] = [part for part in view.sections if isinstance(part, Table)]
    assert [plain(row[1]) for row in table.rows] == ["security group sg-0a1b2c3d", "security group sg-2"]


def test_one_resource_s_verdicts_are_all_told():
    evaluated = [broken(compliance="COMPLIANT"), broken(replace(SSH, name="other"))]
    view = ask(only_config([FOUND], evaluated=evaluated), "compliance", GROUP.id)

    assert view.title == "web-prod (sg-0a1b2c3d) breaks 1 rule"
    assert {row["compliance"] for row in view.rows} == {"COMPLIANT", "NON_COMPLIANT"}


@pytest.mark.parametrize(
    ("evaluated", "caveats", "title"),
    [
        ([broken(compliance="COMPLIANT")], (), "web-prod (sg-0a1b2c3d) breaks no rule"),
        ([], (), "No rule says anything of web-prod (sg-0a1b2c3d)"),
        (
            [],
            (Caveat("refused", "AWS refused", "blind"),),
            "I can’t tell what the rules say of web-prod (sg-0a1b2c3d)",
        ),
    ],
)
def test_in_order_and_not_evaluated_and_not_seen_never_look_alike(evaluated, caveats, title):
    view = ask(only_config([FOUND], evaluated=evaluated, caveats=caveats), "compliance", GROUP.id)

    assert view.title == title


def test_nothing_broken_and_nothing_seen_never_look_alike():
    assert ask(only_config([FOUND]), "compliance").title == "Nothing breaks a rule"
    refused = (Caveat("refused", "AWS refused", "blind"),)
    assert (
        ask(only_config([FOUND], caveats=refused), "compliance").title
        == "I can’t tell whether anything breaks a rule"
    )


def test_one_rule_alone_can_be_asked_and_must_be_one():
    evaluated = [broken(), broken(HUB)]

    view = ask(only_config([FOUND], evaluated=evaluated), "compliance", "--rule", "securityhub-sg")

    assert view.title == "1 resource breaks rule securityhub-sg"
    with pytest.raises(NotFound, match="no rule lost"):
        ask(only_config([FOUND]), "compliance", "--rule", "lost")


def test_paragraphs_hold_no_empty_lines():
    view = ask(only_config([FOUND, OPENED]), "diff", GROUP.id, "--at", "7d")
    assert all(line for part in view.sections if isinstance(part, Paragraph) for line in part.lines)
