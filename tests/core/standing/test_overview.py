"""An overview is the glance in short; of two, each part is taken from whoever looked last; the store gives it back whole."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given

from bot.adapters.records import fit
from bot.core.advice.opinion import Check, Opinion
from bot.core.glance import Advised, Broken, Buckets, Glance, Look, Spend
from bot.core.severity import Severity
from bot.core.standing.advised import advised
from bot.core.standing.form import as_body, from_body
from bot.core.standing.overview import SHOWN, Money, Overview, fresher, overview, without
from bot.core.standing.words import state, why
from bot.errors import BadEvent
from bot.ports import Record
from tests.core.standing.overviews import BUSY, OVERVIEWS, QUIET, counts, unseen
from tests.glanced import EC2, GLANCE, NOW, PROD, S3, STAGING

LATER = NOW + timedelta(minutes=1)


def test_accounts_and_places_are_added_up():
    seen = overview(GLANCE)

    assert seen.spend == Money(Decimal("1234.63"), "USD", NOW)
    assert seen.problems.new == counts(high=3)
    assert seen.open_findings == counts(high=2)
    assert (seen.buckets, seen.compliance, seen.advice) == (Buckets(1, 4), Broken(17, 5), Advised(2, 4, 1))
    assert set(seen.looks) == set(SHOWN)


def test_what_is_not_known_is_none_and_never_zero():
    assert overview(Glance()) == Overview()
    assert overview(Glance(spend=Spend(None, None, "USD", NOW, "cloudwatch"))).spend.so_far is None


@pytest.mark.parametrize("part", ["buckets", "compliance", "advice"])
def test_where_no_place_at_all_was_seen_the_sum_is_not_zero_but_unknown(part):
    look = Look(NOW, well=True, seconds=1, unseen=3, why="AWS Config does not record there")
    seen = overview(Glance(**{part: {}}, looks={part: look}))

    assert getattr(seen, part) is None
    assert (state(seen, part), why(seen, part)) == ("refused", "AWS Config does not record there")


def test_the_days_of_the_month_go_with_the_sum():
    days = ((date(2026, 9, 1), Decimal(5)),)
    glance = Glance(spend=Spend({EC2: Decimal(3), S3: Decimal(2)}, {}, "USD", NOW, "cloudwatch", days))

    assert overview(glance).spend == Money(Decimal(5), "USD", NOW, days)


@given(OVERVIEWS)
def test_what_is_kept_comes_back_as_it_was(seen):
    assert from_body(json.loads(json.dumps(as_body(seen)))) == seen


@pytest.mark.parametrize(
    "body", [{}, {"it": None}, {"it": {"is": "Buckets", "public": 1, "unknown": 2}}, {"it": {"is": "New"}}]
)
def test_what_is_no_overview_is_refused(body):
    with pytest.raises(BadEvent):
        from_body(body)


def test_two_hundred_accounts_with_any_titles_fit_into_one_record():
    glance = replace(
        GLANCE,
        buckets={f"{n:012}": Buckets(n, n) for n in range(200)},
        queues={f"queue-{n:070}": GLANCE.queues["other"] for n in range(500)},
    )
    whole = replace(overview(glance), problems=BUSY.problems, looks=BUSY.looks)

    [kept] = fit([Record("glance", as_body(whole), 0)])
    assert len(kept.body) < 20_000


@given(OVERVIEWS, OVERVIEWS)
def test_each_part_is_as_whoever_looked_last_saw_it(one, other):
    both = fresher(one, other)

    for part in SHOWN:
        looked = [each for each in (one, other) if part in each.looks]
        if looked:
            last = max(each.looks[part].at for each in looked)
            assert both.looks[part].at == last
            assert any(
                each.looks[part] == both.looks[part] and getattr(each, part) == getattr(both, part)
                for each in looked
            )


@given(OVERVIEWS, OVERVIEWS)
def test_learning_the_same_again_changes_nothing(one, other):
    both = fresher(one, other)

    assert fresher(both, other) == both
    assert fresher(both, both) == both


def test_a_newer_refusal_stands_over_what_was_seen_before():
    refused = unseen(QUIET, "buckets")
    refused = replace(refused, looks={**refused.looks, "buckets": Look(LATER, well=False, seconds=1)})

    assert fresher(BUSY, refused).buckets is None
    assert fresher(BUSY, refused).problems == BUSY.problems


def test_the_last_wish_for_a_fresh_look_is_kept():
    wishes = [Overview(wanted=at) for at in (None, NOW, LATER)]

    assert {fresher(one, other).wanted for one in wishes for other in wishes[2:]} == {LATER}


def test_what_is_switched_off_is_forgotten():
    seen = without(BUSY, {"queues": "there is no queue"})

    assert (seen.queues, seen.off, "queues" in seen.looks) == (None, {"queues": "there is no queue"}, False)
    assert seen.buckets == BUSY.buckets


def opinion(check, by, status, account=PROD):
    return Opinion(Check(check, check, "security"), by, account, status, (), datetime(2026, 9, 8, tzinfo=UTC))


def test_a_check_of_two_counts_once_and_as_the_worse_one_says():
    found = [
        opinion("a", "own", "ok"),
        opinion("a", "trusted-advisor", "error"),
        opinion("b", "own", "warning"),
        opinion("b", "trusted-advisor", "not_available"),
        opinion("c", "own", "not_available"),
        opinion("d", "own", "ok"),
        opinion("d", "trusted-advisor", "not_available"),
        opinion("a", "own", "warning", STAGING),
    ]

    assert advised(found) == {PROD: Advised(1, 1, 1), STAGING: Advised(0, 1, 0)}
    assert advised([]) == {}


def test_what_trusted_advisor_alone_can_tell_is_unknown_only_where_it_was_asked():
    exposed = "12Fnkpl8Y5"
    ours, theirs = (opinion(exposed, by, "not_available") for by in ("own", "trusted-advisor"))

    assert advised([ours]) == {PROD: Advised(0, 0, 0)}
    assert advised([ours, theirs]) == {PROD: Advised(0, 0, 1)}
    assert advised([ours, opinion(exposed, "trusted-advisor", "error")]) == {PROD: Advised(1, 0, 0)}
    assert advised([opinion("7DAFEmoDos", "own", "not_available")]) == {PROD: Advised(0, 0, 1)}


def test_every_severity_has_a_number():
    assert [severity for severity, _ in overview(GLANCE).problems.muted] == list(Severity)
