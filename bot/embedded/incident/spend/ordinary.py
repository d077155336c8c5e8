"""An ordinary day's charges: what runs all the time, what people use on weekdays, and what comes once a month."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random

from bot.embedded.incident.company import Company
from bot.embedded.incident.spend.charge import Charge, Meter
from bot.embedded.incident.spend.meters import METERS

_SATURDAY = 5
_GROWTH_A_DAY = Decimal("0.0004")
_WEEKEND = {"busy": Decimal("0.58"), "office": Decimal("0.07")}
_NOISE = {"steady": 20, "busy": 110, "office": 160}
"""Thousandths up and down; `hours` are billed as they are, and so is what comes once a month."""
_ONCE = {"1st": 1, "2nd": 2, "refund": 11}
"""The day of the month; a refund comes in some months only."""


def charges(company: Company, day: date, against: date, share: Decimal) -> Iterator[Charge]:
    """What a day costs when `share` of it is over; usage has grown, or will, from what it is on `against`."""
    chance = Random(f"{company.seed}/spend/{day}")
    growth = 1 + _GROWTH_A_DAY * (day - against).days
    for meter in METERS:
        noise = Decimal(chance.randrange(-1000, 1001)) / 1000
        if meter.rhythm in _ONCE:
            if _comes(company, meter, day):
                yield meter.charge(day, meter.daily)
            continue
        amount = meter.daily * _busy(meter, day) * (1 + noise * _NOISE.get(meter.rhythm, 0) / 1000)
        yield meter.charge(day, amount * share * (1 if meter.rhythm == "hours" else growth))


def _busy(meter: Meter, day: date) -> Decimal:
    return _WEEKEND.get(meter.rhythm, Decimal(1)) if day.weekday() >= _SATURDAY else Decimal(1)


def _comes(company: Company, meter: Meter, day: date) -> bool:
    if day.day != _ONCE[meter.rhythm]:
        return False
    return meter.rhythm != "refund" or int(company.hexadecimal(f"refund/{day:%Y-%m}", 4), 16) % 3 == 0
