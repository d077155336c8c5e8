"""Thirty days of nothing special: who does what at Acme, how often, from where.

Each module tells one side and gives `Activity` values; `ordinary_life` is all of them. An activity is only a
description: `bot.embedded.incident.day` turns it into records.
"""

from functools import lru_cache

from bot.embedded.incident.company import Company
from bot.embedded.incident.life import machines, people, services, storage
from bot.embedded.incident.life.activity import Activity, Copy

__all__ = ["Activity", "Copy", "ordinary_life"]


@lru_cache(maxsize=4)
def ordinary_life(company: Company) -> tuple[Activity, ...]:
    """Everything that happens on an ordinary day, about 8,000 calls on a working one."""
    return (
        *machines.activities(company),
        *services.activities(company),
        *storage.activities(company),
        *people.activities(company),
    )
