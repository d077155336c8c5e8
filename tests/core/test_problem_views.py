"""A problem's post says what is so, once."""

from dataclasses import replace
from datetime import timedelta

from bot.core.problem import Telling
from bot.core.problem_views import ended, post
from bot.core.sections import Paragraph
from bot.core.tellings import heard
from bot.core.text import plain
from tests.pipeline.world import CHANNEL, START, alert


def _telling(alert, minutes=0):
    return Telling(alert, START + timedelta(minutes=minutes), f"occurrence {minutes}", CHANNEL)


def _said(view):
    return "\n".join(
        plain(line) for part in view.sections if isinstance(part, Paragraph) for line in part.lines
    )


def test_that_it_is_over_is_no_second_time():
    once = replace(alert(), count=None)
    problem = heard(None, _telling(once), None, START)
    over = replace(once, resolved=True, title="Resolved: it is kept again", last_seen=START)
    problem = heard(problem, _telling(over, 5), None, START)

    assert "times" not in _said(post(problem))
    assert "Over since 2026-11-25 03:05 UTC: it is kept again" in _said(post(problem))
    assert ended(problem).title == "It is kept again"


def test_an_end_that_only_has_the_title_to_say_does_not_say_it_as_if_it_went_on():
    problem = heard(None, _telling(alert(title="A key is public")), None, START)
    over = alert(resolved=True, title="Resolved: A key is public")
    problem = heard(problem, _telling(over, 5), None, START)

    assert _said(post(problem)).endswith("Over since 2026-11-25 03:05 UTC")
    assert ended(problem).title == "Resolved: A key is public"
