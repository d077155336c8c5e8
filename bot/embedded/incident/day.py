"""A day of ordinary life, as the files that CloudTrail delivers for it.

A day depends on the company, its date and the volume alone, so it can be made once and kept.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate
from random import Random

from bot.embedded.incident.chance import file_suffix, guid, ids
from bot.embedded.incident.company import PROD, REGIONS, STAGING, Company, Place
from bot.embedded.incident.delivery import SLOTS, LogFile, log_key, pack_records, published
from bot.embedded.incident.life import Activity, ordinary_life

# Files a day of each place; quiet places wake up a few times a day.
_PLACES = [Place(account.id, region) for account in (PROD, STAGING) for region in REGIONS]
_FILES = dict(zip(_PLACES, (46, 18, 4, 16, 10, 2), strict=True))
_OFFICE = range(7 * 6, 19 * 6)
_WEEKEND = 5
# One file in so many comes with a second file that repeats some of its records.
_REDELIVERED = 40

Lines = dict[tuple[Place, int], list[str]]


@dataclass(frozen=True)
class Volume:
    """How much life there is: 1 and 1 are about 8,000 records in about 100 files on a working day."""

    records: float = 1.0
    files: float = 1.0


ORDINARY = Volume()


def day_files(company: Company, day: date, volume: Volume = ORDINARY) -> Iterator[LogFile]:
    """The files of what happened on a day; those of its last slot are published, and filed, on the next."""
    lines: Lines = defaultdict(list)
    for activity in ordinary_life(company):
        _happen(activity, day, volume, Random(f"{company.seed}/{day}/{activity.name}"), lines)
    chance = Random(f"{company.seed}/{day}")
    for number, (place, slot) in enumerate(sorted(lines)):
        records = lines[place, slot]
        chance.shuffle(records)  # files are not ordered
        at = published(day, slot)
        yield LogFile(log_key(place, at, file_suffix(chance)), pack_records(records))
        if number % _REDELIVERED == 1:
            yield LogFile(log_key(place, at, file_suffix(chance)), pack_records(records[:3]))


def _happen(activity: Activity, day: date, volume: Volume, chance: Random, lines: Lines) -> None:
    """Adds a day of one activity to the lines of each place and slot."""
    share = activity.weekend if day.weekday() >= _WEEKEND else 1.0
    count = max(round(activity.per_day * volume.records * share), 1 if share else 0)
    slots = activity.slots or awake(activity.place, volume.files)
    drawn = zip(
        chance.choices(slots, k=count),
        chance.choices(activity.calls, k=count),
        chance.choices(activity.keys, k=count),
        ids(chance, count),
        strict=True,
    )
    for slot, copies, key, holes in drawn:
        hour, ten = divmod(slot, 6)
        second = int(chance.random() * 600)
        holes["time"] = f"{day}T{hour:02}:{ten * 10 + second // 60:02}:{second % 60:02}Z"
        holes["session"] = f"{day}T{hour:02}:00:00Z"
        holes["key"] = key
        for place, template in copies:
            lines[place, slot].append(template.fill(holes))
            # The next account's copy is the same call under an eventID of its own.
            holes["event"] = guid(str(holes["event"]).replace("-", "")[::-1])


@lru_cache(maxsize=64)
def awake(place: Place, files: float) -> tuple[int, ...]:
    """The slots of a day in which something happens in a place, twice as dense in office hours.

    The last slot is always one of them, so that every day spills over into the folder of the next.
    """
    weights = list(accumulate(2 if slot in _OFFICE else 1 for slot in range(SLOTS)))
    wanted = min(max(round(_FILES[place] * files) - 1, 1), SLOTS)
    chosen = {SLOTS - 1}
    for number in range(wanted):
        mark = (number + 0.5) / wanted * weights[-1]
        chosen.add(next(slot for slot, weight in enumerate(weights) if weight >= mark))
    return tuple(sorted(chosen))
