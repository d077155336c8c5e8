"""The log bucket of Acme up to `now`: ordinary life, the theft, and the other files that lie in such a bucket."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from random import Random

import orjson

from bot.embedded.incident.chance import file_suffix
from bot.embedded.incident.company import Place
from bot.embedded.incident.configuration import changes, upkeep
from bot.embedded.incident.day import ORDINARY, Volume
from bot.embedded.incident.delivery import SLOT, LogFile, log_key, pack_records, published, published_by
from bot.embedded.incident.others import other_files
from bot.embedded.incident.store import kept_day
from bot.embedded.incident.story import DAYS, Incident
from bot.embedded.incident.template import Record
from bot.embedded.incident.theft import before, records


def log_files(
    incident: Incident, cache: Path | None, volume: Volume = ORDINARY, days: int = DAYS
) -> Iterator[LogFile]:
    """Every object of the log bucket that is published by `now`, day after day.

    Ordinary days come from `cache` where they can; the theft, which hangs on `now`, is always made anew.
    """
    for back in range(days, -1, -1):
        day = incident.now.date() - timedelta(days=back)
        for file in kept_day(cache, incident.company, day, volume):
            # Only the last day and the eve of it can hold files from the future.
            if back > 1 or published_by(file.key) <= incident.now:
                yield file
    yield from theft_files(incident)
    yield from other_files(incident)


def theft_files(incident: Incident) -> Iterator[LogFile]:
    """The thief's records, how the key was made, the upkeep and other changes: all that hangs on `now`.

    Delivered like all others: by account and region, every ten minutes, 5 to 15 minutes late.
    """
    lines: dict[tuple[date, int, Place], list[str]] = defaultdict(list)
    for record in chain(records(incident), before(incident), upkeep(incident), changes(incident)):
        day, slot = _slot(record)
        place = Place(record["recipientAccountId"], record["awsRegion"])
        lines[day, slot, place].append(orjson.dumps(record).decode())
    chance = Random(f"{incident.seed}/theft files")
    for (day, slot, place), members in sorted(lines.items()):
        key = log_key(place, published(day, slot), file_suffix(chance))
        yield LogFile(key, pack_records(members))


def delivered(record: Record, at: datetime) -> LogFile:
    """One record in a file of its own, published at that moment."""
    place = Place(record["recipientAccountId"], record["awsRegion"])
    key = log_key(place, at, record["eventID"].replace("-", "")[:16])
    return LogFile(key, pack_records([orjson.dumps(record).decode()]))


def _slot(record: Record) -> tuple[date, int]:
    at = datetime.fromisoformat(record["eventTime"])
    midnight = datetime.combine(at.date(), time(), UTC)
    return at.date(), (at - midnight) // SLOT
