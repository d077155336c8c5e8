"""The overview's first line is the worst thing; every part has its age; what nobody could see never looks like none."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from bot.core.glance import Advised, Buckets, OpenProblem
from bot.core.sections import Chart, Facts, Paragraph
from bot.core.severity import Severity
from bot.core.standing.overview import SHOWN, Alerts, Overview, without
from bot.core.standing.title import title
from bot.core.standing.view import show
from bot.core.text import plain
from bot.render.files import to_csv, to_json
from tests.core.standing.overviews import BUSY, NONE, OVERVIEWS, QUIET, counts, partly, unseen
from tests.glanced import NOW


def said(seen, now=NOW):
    """Every fact by its label."""
    parts = show(seen, now).sections
    return {label: plain(line) for part in parts if isinstance(part, Facts) for label, line in part.pairs}


def words(seen):
    return [
        plain(line) for part in show(seen, NOW).sections if isinstance(part, Paragraph) for line in part.lines
    ]


def test_the_first_line_is_the_worst_thing():
    assert title(BUSY, NOW) == (
        "2 critical alerts nobody acknowledged and 2 things I can’t hear."
        " Port 22 of web-prod (sg-0a1b) is open to the internet"
    )


ALERT = OpenProblem("A disk is full", Severity.LOW, NOW)


@pytest.mark.parametrize(
    ("seen", "first"),
    [
        (QUIET, "All is quiet: nothing is open that nobody has acknowledged"),
        (Overview(), "Nobody has looked at the accounts yet"),
        (replace(QUIET, buckets=Buckets(1, 0)), "1 public bucket"),
        (replace(QUIET, open_findings=counts(low=1)), "1 low finding"),
        (
            replace(QUIET, problems=Alerts(counts(low=1), NONE, NONE, worst=(ALERT,))),
            "1 low alert nobody acknowledged. A disk is full",
        ),
        (unseen(QUIET, "open_findings"), "Nothing bad in what I can see, and I can’t see all of it"),
        (
            replace(QUIET, looks={"problems": QUIET.looks["problems"]}),
            "Nothing bad in what I can see, and I can’t see all of it",
        ),
        (unseen(QUIET, "spend"), "All is quiet: nothing is open that nobody has acknowledged"),
        (partly(QUIET, "open_findings"), "Nothing bad in what I can see, and I can’t see all of it"),
        (replace(QUIET, buckets=Buckets(0, 1)), "Nothing bad in what I can see, and I can’t see all of it"),
        (replace(QUIET, advice=Advised(0, 0, 1)), "Nothing bad in what I can see, and I can’t see all of it"),
        (replace(QUIET, advice=Advised(0, 2)), "2 yellow checks"),
        (replace(QUIET, problems=Alerts(NONE, NONE, NONE, 40)), "40 alerts in a storm’s digest only"),
        (
            without(QUIET, {"problems": "alerts are off"}),
            "Nothing bad in what I look at, and alerts are off",
        ),
    ],
)
def test_a_calm_word_stands_only_over_what_was_seen(seen, first):
    assert title(seen, NOW) == first


def test_where_nothing_could_be_seen_the_first_line_says_so():
    seen = QUIET
    for part in SHOWN:
        seen = unseen(seen, part)

    assert title(seen, NOW) == "I can’t see how the accounts stand"


def test_what_was_seen_long_ago_says_so_first():
    view = show(BUSY, NOW + timedelta(hours=3))

    assert view.title.startswith("3 hours ago: 2 critical")
    assert "nobody has looked for 3 hours" in view.caveats[0].message
    assert view.caveats[0].weight == "blind"
    assert not show(BUSY, NOW + timedelta(minutes=5)).caveats


def test_every_part_says_what_there_is_and_how_old_that_is():
    assert said(BUSY, NOW + timedelta(minutes=4)) == {
        "Alerts": "2 critical, 3 high that nobody acknowledged · 1 acknowledged · 4 muted"
        " · 12 in a storm’s digest only · 4 minutes ago",
        "GuardDuty": "1 critical, 30 medium open findings · 4 minutes ago",
        "Public buckets": "2 · 3 of which nobody can tell · 4 minutes ago",
        "AWS Config": "17 resources break 5 rules · 4 minutes ago",
        "Advisor": "2 red, 4 yellow · 1 unknown · 4 minutes ago",
        "Queues": "8 messages waiting · 1 in dead-letter queues · 4 minutes ago",
        "I can’t hear": "The GuardDuty detector of account 111122223333 is off (5 hours) · 1 more",
        "Needs you": "Ben asks for the fix of the bucket acme-web: turn on what closes it,"
        " until 2026-09-08 12:40 UTC Look at it",
        "This month": "$1,234.50 so far · 4 minutes ago",
        "Forecast": "about $4,000.25 in all · 4 minutes ago",
    }


def test_figures_that_are_older_than_the_look_at_them_say_so():
    old = replace(BUSY.spend, as_of=NOW - timedelta(hours=6))

    assert (
        said(replace(BUSY, spend=old))["This month"] == "$1,234.50 so far · figures of 6 hours ago · just now"
    )


def test_the_worst_alerts_and_the_last_presses_stand_by_name():
    assert words(BUSY) == [
        "Nobody acknowledged",
        "critical: Port 22 of web-prod (sg-0a1b) is open to the internet · prod · 3 hours Look at it",
        "Done lately",
        "Mika: acknowledge · A key is used through Tor · done · 9 minutes ago",
    ]


def test_each_day_of_the_month_has_a_bar():
    [chart] = [part for part in show(BUSY, NOW).sections if isinstance(part, Chart)]

    assert [each.isoformat() for each in chart.days] == ["2026-09-01", "2026-09-02"]
    assert not any(isinstance(part, Chart) for part in show(QUIET, NOW).sections)


@pytest.mark.parametrize("part", SHOWN)
def test_what_was_refused_looks_like_nothing_else(part):
    none, refused = show(QUIET, NOW), show(unseen(QUIET, part), NOW)

    assert none.caveats == ()
    [caveat] = refused.caveats
    assert (caveat.code, caveat.weight) == (f"{part}-refused", "blind")
    assert "AWS refused: s3:ListAllMyBuckets." in caveat.message
    assert none.sections != refused.sections
    [row] = [row for row in refused.rows if row["part"] == part]
    assert (row["value"], row["state"]) == (None, "refused")
    if part != "problems":
        assert "I can’t tell · tried just now" in said(unseen(QUIET, part)).values()


def test_what_nobody_looked_at_yet_and_what_is_off_differ():
    looked = {part: look for part, look in QUIET.looks.items() if part != "queues"}
    never = replace(QUIET, queues=None, looks=looked)
    off = replace(never, off={"queues": "there is no queue"})

    assert said(never)["Queues"] == "not looked at yet"
    assert "Queues" not in said(off)
    assert [(each.code, each.weight, each.message) for each in show(off, NOW).caveats] == [
        ("queues-off", "note", "Queues: there is no queue")
    ]


def test_what_was_seen_in_part_counts_what_was_not():
    seen = partly(QUIET, "buckets")

    assert said(seen)["Public buckets"] == "none · 3 not seen · just now"
    assert show(seen, NOW).caveats[0].message == "Public buckets: 3 not seen: AWS refused in staging."


@given(OVERVIEWS)
def test_any_overview_can_be_shown_everywhere(seen):
    view = show(seen, NOW)

    assert view.title
    assert {row["part"] for row in view.rows} == set(SHOWN)
    assert to_json(view)
    assert to_csv(view)
