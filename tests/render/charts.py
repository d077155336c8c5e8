"""Charts to draw: a month as a bill has it, and of every shape."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from bot.core.sections import Band, Chart, Series
from tests.render.hostile import text

FIRST = date(2026, 9, 1)
SERVICES = (
    "Amazon Elastic Compute Cloud - Compute",
    "Amazon Relational Database Service",
    "Amazon Simple Storage Service",
    "EC2 - Other",
    "AmazonCloudWatch",
    "AWS Lambda",
    "other",
)


def days(many, first=FIRST):
    return tuple(first + timedelta(n) for n in range(many))


def month(spent=9, names=SERVICES):
    """September up to its 9th, with a jump on the 8th, August to compare with, and what is expected from the 9th on."""
    series = (
        Series(name, tuple(Decimal(300 + 7 * day + 600 * (day == 7)) / (n + 1) for day in range(spent)))
        for n, name in enumerate(names)
    )
    before = tuple(Decimal(650 + day * 37 % 101) for day in range(30))
    bands = tuple(Band(day, Decimal(800), Decimal(650), Decimal(980)) for day in days(30)[spent - 1 :])
    title = "September: $9,210 so far, $26,800 at its end"
    alt = "Bars by day: EC2 more than doubled on 8 September."
    return Chart(title, alt, "USD", days(30), tuple(series), before, "August", bands)


amounts = st.one_of(
    st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False, places=10),
    st.sampled_from([Decimal(0), Decimal("-0.0000001"), Decimal("1E-30"), Decimal("1E+40"), Decimal("NaN")]),
)
_rows = st.lists(amounts, max_size=12).map(tuple)
_days = st.builds(days, st.integers(0, 40), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
charts = _days.flatmap(
    lambda axis: st.builds(
        Chart,
        text,
        text,
        st.sampled_from(["USD", "EUR", "JPY"]),
        st.just(axis),
        st.lists(st.builds(Series, text, _rows), max_size=11).map(tuple),
        _rows,
        text,
        st.lists(st.builds(Band, st.sampled_from((*axis, FIRST)), amounts, amounts, amounts), max_size=5).map(
            tuple
        ),
    )
)
