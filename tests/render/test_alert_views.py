"""Whatever is told of alerts fits into a message of Slack's, and nothing in it comes alive."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import digest, mute_report, problem_views, storm_view
from bot.core.alert import NextStep
from bot.core.buttons import Act
from bot.core.mute import Mute, Scope
from bot.core.mute_report import MuteReport
from bot.core.problem import Mark, Muted, Over, Problem, Telling
from bot.core.severity import Severity
from bot.core.storm import begun, folded
from bot.core.tellings import heard
from bot.core.text import Code, Small, Strong
from bot.core.told import Memory, Told
from bot.embedded.slack.validate import check_message
from bot.render.blocks import payload
from tests.pipeline.world import alert
from tests.render.hostile import CORPUS, text
from tests.render.test_harmless import assert_inert

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=5)


def problem(words: str, story: int = 1, severity: Severity = Severity.HIGH) -> Problem:
    """A problem in which these words stand wherever somebody else's can."""
    told = alert(
        words or "key",
        kind=words,
        title=words,
        severity=severity,
        account_id=words,
        account_name=words,
        region=words,
        resource=words,
        reference=words,
        story=((words, Code(words), Strong(words), Small(words)),) * story,
        console_url=words,
        next_steps=(NextStep(words, (words or "x", words)),) * 4,
    )
    return Problem(
        key=words or "key",
        alert=told,
        latest=told,
        at=NOW,
        opened=NOW,
        channel="#security",
        tellings=9_999,
        acknowledged=Mark("U1", words, NOW),
        muted=Muted("m", LATER, words, words),
        hidden=77,
        moved=words,
        told=Told(memory=Memory(3, Severity.LOW)),
    )


def mute(words: str) -> Mute:
    return Mute("m", Scope("kind", (words,), words), Severity.HIGH, words, words, "U1", NOW, LATER)


def report(words: str) -> MuteReport:
    return MuteReport(
        mute(words), "#security", LATER, words, 3, 4, {words: 3, f"{words}2": 1, "": 9}, gathered=True
    )


def storm(words: str, kinds: int = 2):
    tellings = [
        Telling(
            alert(
                f"p{n}",
                kind=f"{words}{n}",
                resource=f"{words}{n}",
                account_id=f"{words}{n}",
                account_name=None,
            ),
            NOW,
            str(n),
            "#security",
        )
        for n in range(kinds)
    ]
    joined = [heard(None, each, None, NOW) for each in tellings]
    return replace(folded(begun("storm-1", "#security", NOW), joined, NOW)[0], moved=words)


def views(words: str, story: int = 1, kinds: int = 2):
    """Everything that is told of alerts, by name."""
    known = problem(words, story)
    ended = replace(known, over=Over(LATER, words))
    state = digest.State(
        [known, replace(known, muted=None), replace(known, acknowledged=None, muted=None)] * 20,
        [mute(words)] * 20,
    )
    return {
        "post": problem_views.post(known),
        "post that is open": problem_views.post(replace(known, acknowledged=None, muted=None)),
        "bare post": problem_views.post(replace(known, bare=True)),
        "post that is over": problem_views.post(ended),
        "escalation": problem_views.escalation(known),
        "repeat": problem_views.repeat(known),
        "end": problem_views.ended(ended),
        "return": problem_views.back(known),
        "reminder": problem_views.reminder(known, timedelta(minutes=15)),
        "storm": storm_view.view(storm(words, kinds)),
        "mute": mute_report.begins(replace(report(words), ended=None)),
        "mute that ended": mute_report.begins(report(words)),
        "mute's report": mute_report.ends(report(words)),
        "daily digest": digest.view(state, LATER),
    }


def check(words: str, **sizes: int) -> None:
    for view in views(words, **sizes).values():
        message = payload(view)
        check_message(message, posted=True)
        assert_inert(message)


@pytest.mark.parametrize("words", CORPUS.values(), ids=CORPUS)
def test_nothing_hostile_is_alive_in_whatever_is_told(words):
    check(words)


@settings(deadline=None, max_examples=60)
@given(text, st.integers(0, 40))
def test_slack_takes_whatever_is_told(words, story):
    check(words, story=story)


def test_names_of_five_hundred_characters_fit():
    check("n" * 500)


def test_stories_of_ten_thousand_characters_fit():
    check("s" * 10_000, story=3)
    check("\U0001f525" * 5_000, story=3)
    check('"\\' * 5_000, story=3)


def test_a_storm_of_a_thousand_kinds_fits():
    check("kind ", kinds=1_200)
    check("<&>" * 40, kinds=1_200)


def test_what_slack_refused_once_can_still_be_acknowledged_and_muted():
    """A bare post has buttons of ours, in which no word of anybody's stands."""
    view = problem_views.post(replace(problem("x"), bare=True, acknowledged=None, muted=None))

    assert [button.label for button in view.buttons] == [
        "Investigate",
        "Acknowledge",
        "Mute…",
        "Archive in GuardDuty",
    ]
    assert all(isinstance(button, Act) for button in view.buttons)


def test_a_bare_post_shows_who_has_it():
    view = problem_views.post(replace(problem("x"), bare=True))

    assert "Acknowledged" in str(view.sections)


def test_what_is_over_needs_nothing_done():
    view = problem_views.post(replace(problem("x"), over=Over(NOW, "closed port 22")))

    assert not [button for button in view.buttons if isinstance(button, Act)]
    assert view.over


def test_the_report_of_a_mute_counts_only_what_it_hid():
    told = replace(report("x"), titles={"seen before": 0, "one": 2, "two": 1}, problems=1, tellings=1)

    assert mute_report.ends(told).title == "The mute has ended; it hid 1 problem, told once"
    assert "seen before" not in str(mute_report.ends(told).sections)
