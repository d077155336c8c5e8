"""What `/guardduty` says about changing findings: a menu under `show`, the rules there are, and where the words belong."""

from datetime import UTC, datetime

import pytest

from bot.core.buttons import Acts, Ask
from bot.core.configuration.item import Place
from bot.core.findings.change import CHANGES
from bot.core.findings.rules import Rule
from bot.errors import AccessDenied
from bot.render.blocks import payload
from commands.guardduty import guardduty
from tests.commands.guardduty.small_findings import OFF, PROD, FakeFindings, ask, ident, seen
from tests.commands.reading import read

RULE = Rule(
    Place(PROD, "eu-west-1"),
    "our-scanner",
    {"type": {"Equals": ["Recon:EC2/Portscan"]}, "accountId": {"Equals": [PROD]}},
    "we test it",
    datetime(2026, 9, 1, tzinfo=UTC),
)


def shown(one, **options):
    return ask("show", one.kept.finding_id, findings=FakeFindings(one), **options)


def menus(view):
    return [each for each in view.buttons if isinstance(each, Acts)]


def test_show_offers_what_may_be_changed_where_somebody_may():
    (menu,) = menus(shown(seen(), changes_findings=True))

    assert [words for _, words in menu.choices] == [
        "Archive it",
        "Say it was of use",
        "Say it was of no use",
        "Hide findings like it…",
    ]
    assert menu.confirm


def test_show_offers_nothing_where_nobody_may():
    assert menus(shown(seen())) == []


def test_an_archived_finding_can_be_brought_back():
    (menu,) = menus(shown(seen(service={"archived": True}), changes_findings=True))

    assert [words for _, words in menu.choices][:1] == ["Take it out of the archive"]


def test_all_five_buttons_stand_in_slack():
    message = payload(shown(seen(), changes_findings=True), "answer")

    blocks = [
        *message.get("blocks", ()),
        *(one for each in message.get("attachments", ()) for one in each["blocks"]),
    ]
    (row,) = [each for each in blocks if each["type"] == "actions"]
    assert len(row["elements"]) == 5
    menu = next(each for each in row["elements"] if each["action_id"] == "act:change-finding")
    assert {"title", "text", "confirm", "deny"} == set(menu["confirm"])


def test_the_rules_are_told_in_words():
    view = ask("suppressions", findings=FakeFindings(rules=[RULE]))

    assert view.title == "1 rule hides findings"
    assert "type is Recon:EC2/Portscan, and account is 111122223333" in read(view)[2]
    assert read(view)[2].startswith("our-scanner we test it |")
    assert view.rows[0]["criteria"] == RULE.criteria
    assert view.rows[0]["made"] == RULE.made


def test_since_when_is_not_guessed():
    old = Rule(RULE.place, "old", {})

    line = read(ask("suppressions", findings=FakeFindings(rules=[old])))[2]

    assert line.endswith("| not known")
    assert "anything at all" in line


@pytest.mark.parametrize(
    ("options", "title"),
    [
        ({}, "No rule hides findings (3 places looked at)"),
        ({"caveats": [OFF]}, "I can’t tell whether a rule hides findings: I saw none, and not everything"),
        ({"places": 0}, "I can’t tell whether a rule hides findings: I could look at no place’s"),
    ],
)
def test_no_rule_and_no_look_are_not_alike(options, title):
    assert ask("suppressions", findings=FakeFindings(**options)).title == title


def test_what_aws_refuses_is_raised():
    refused = AccessDenied("AWS refused.", action="guardduty:ListFilters")
    with pytest.raises(AccessDenied):
        ask("suppressions", findings=FakeFindings(fails=refused))


@pytest.mark.parametrize("word", CHANGES)
def test_the_words_of_a_change_say_which_button_does_it(word):
    view = ask(word, ident(1), "--name", "x", findings=FakeFindings(seen()), changes_findings=True)

    assert view.title == (
        f"Findings are changed by button: ask /guardduty show {ident(1)}, then choose under Change…"
    )
    assert view.buttons == (Ask("Show it", ("guardduty", "show", ident(1))),)
    assert f"noroshi guardduty {word} {ident(1)} --name x" in read(view)[1]


def test_the_words_say_where_nobody_may():
    assert "access.change in the settings names nobody" in ask("archive", findings=FakeFindings()).title


def test_help_lists_what_is_asked_and_not_what_is_done():
    assert "suppressions" in guardduty.asks()
    assert CHANGES.keys().isdisjoint(guardduty.asks())
