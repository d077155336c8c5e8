"""Overviews: a busy one, and any that hypothesis thinks of."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from bot.core.glance import (
    Advised,
    Broken,
    Buckets,
    Depth,
    Look,
    MonthEnd,
    OpenProblem,
    RecentPress,
    Waiting,
)
from bot.core.severity import Severity
from bot.core.standing.overview import SHOWN, Alerts, Money, Overview
from tests.glanced import NOW

NONE = tuple((severity, 0) for severity in Severity)


def counts(**by_severity):
    return tuple((severity, by_severity.get(severity.value, 0)) for severity in Severity)


def looks(at=NOW, **parts):
    return {part: Look(at, well=True, seconds=0.1) for part in SHOWN} | parts


PORT = OpenProblem(
    "Port 22 of web-prod (sg-0a1b) is open to the internet",
    Severity.CRITICAL,
    NOW - timedelta(hours=3),
    "prod",
    "https://acme.slack.com/archives/C1/p1",
)
DEAF = OpenProblem(
    "The GuardDuty detector of account 111122223333 is off", Severity.HIGH, NOW - timedelta(hours=5)
)
FIX = Waiting(
    "fix of the bucket acme-web: turn on what closes it", "Ben", NOW + timedelta(minutes=40), "https://s/f"
)
PRESS = RecentPress(NOW - timedelta(minutes=9), "Mika", "acknowledge", "A key is used through Tor", "done")

BUSY = Overview(
    spend=Money(
        Decimal("1234.50"),
        "USD",
        NOW,
        ((date(2026, 9, 1), Decimal("200.25")), (date(2026, 9, 2), Decimal(0))),
    ),
    forecast=MonthEnd(Decimal("4000.25"), "USD"),
    problems=Alerts(
        counts(critical=2, high=3), counts(high=1), counts(low=4), 12, (PORT,), (DEAF,), 2, (FIX,), (PRESS,)
    ),
    open_findings=counts(critical=1, medium=30),
    buckets=Buckets(2, 3),
    compliance=Broken(17, 5),
    advice=Advised(2, 4, 1),
    queues={"noroshi": Depth(8, 2, 0, 1)},
    looks=looks(),
)
QUIET = Overview(
    spend=Money(Decimal(0), "USD", NOW),
    forecast=MonthEnd(Decimal(0), "USD"),
    problems=Alerts(NONE, NONE, NONE),
    open_findings=NONE,
    buckets=Buckets(0, 0),
    compliance=Broken(0, 0),
    advice=Advised(0, 0),
    queues={},
    looks=looks(),
)


def unseen(seen, part, why="AWS refused: s3:ListAllMyBuckets."):
    """The same where the last look at a part failed."""
    return replace(
        seen, **{part: None}, looks={**seen.looks, part: Look(NOW, well=False, seconds=1, why=why)}
    )


def partly(seen, part):
    """The same where the last look at a part was refused in three places."""
    look = Look(NOW, well=True, seconds=1, unseen=3, why="AWS refused in staging.")
    return replace(seen, looks={**seen.looks, part: look})


_words = st.text(max_size=20)
_moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (hypothesis wants them naive)
_numbers = st.integers(0, 10**6)
_amounts = st.decimals(0, 10**9, places=10, allow_nan=False)
_counts = st.tuples(*(st.tuples(st.just(severity), _numbers) for severity in Severity))
_problems = st.builds(OpenProblem, _words, st.sampled_from(Severity), _moments, _words, _words)
_alerts = st.builds(
    Alerts,
    *[_counts] * 3,
    in_storm=_numbers,
    worst=st.lists(_problems, max_size=2).map(tuple),
    deaf=st.lists(_problems, max_size=2).map(tuple),
    deaf_in_all=_numbers,
    waiting=st.lists(st.builds(Waiting, _words, _words, _moments, _words), max_size=2).map(tuple),
    pressed=st.lists(st.builds(RecentPress, _moments, *[_words] * 4), max_size=2).map(tuple),
)
_days = st.lists(st.tuples(st.dates(), _amounts), max_size=4).map(tuple)
_looks = st.builds(Look, _moments, st.booleans(), st.floats(0, 9e9), _numbers, _words)
OVERVIEWS = st.builds(
    Overview,
    spend=st.none() | st.builds(Money, st.none() | _amounts, _words, _moments, _days),
    forecast=st.none() | st.builds(MonthEnd, _amounts, _words),
    problems=st.none() | _alerts,
    open_findings=st.none() | _counts,
    buckets=st.none() | st.builds(Buckets, _numbers, _numbers),
    compliance=st.none() | st.builds(Broken, _numbers, _numbers),
    advice=st.none() | st.builds(Advised, _numbers, _numbers, _numbers),
    queues=st.none()
    | st.dictionaries(_words, st.builds(Depth, *[_numbers] * 3, st.none() | _numbers), max_size=3),
    looks=st.dictionaries(st.sampled_from(SHOWN), _looks),
    off=st.dictionaries(st.sampled_from(SHOWN), _words, max_size=2),
    wanted=st.none() | _moments,
)
