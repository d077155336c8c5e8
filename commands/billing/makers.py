"""Who made what a day charged for: the calls of that day, and of the one before, that create it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.command import Reach
from bot.core.billing.days import DAY, midnight
from bot.core.billing.making import Making, making
from bot.core.configuration.item import Place
from bot.core.span import Span
from bot.core.view import Caveat, Receipt
from bot.errors import NoroshiError
from bot.ports import Lookup, Match
from bot.trail.calls import Call, call
from bot.trail.rows import Asked, Calls, rows

_MOST = 50
_PLACES = 3


@dataclass(frozen=True, slots=True)
class Made:
    """The calls, newest first, and how many there are beyond those; `asked` names the services that were looked for."""

    calls: tuple[Call, ...]
    asked: tuple[str, ...]
    caveats: tuple[Caveat, ...]
    receipts: tuple[Receipt, ...]


def made(day: date, risen: Mapping[str, Iterable[tuple[str, str]]], reach: Reach) -> Made:
    """Look in each service's places (account, region), at most three of them; what can't be asked is a caveat."""
    span = _span(day, reach.ports.now())
    calls: dict[str, Call] = {}
    caveats, receipts, asked = [], [], []
    for service, places in risen.items():
        known = making(service)
        if known is None:
            caveats.append(
                Caveat("makers-unknown", f"who uses {service}: I don’t know which of its calls cost money")
            )
            continue
        looked = list(places)[:_PLACES]
        if not looked:
            caveats.append(
                Caveat("makers-not-asked", f"who uses {service}: nobody says in which region it is used")
            )
        for account, region in looked:
            try:
                found = _found(known, Place(account, region), span, reach)
            except NoroshiError as error:
                where = f"{service} in {region}"
                caveats.append(Caveat("makers-not-asked", f"who made {where}: {error.message.rstrip('.')}"))
                continue
            asked.append(service)
            receipts.append(found[1])
            caveats += found[2]
            calls |= {each.event_id or str(each.time): each for each in found[0]}
    newest = sorted(calls.values(), key=lambda each: each.time or span.since, reverse=True)
    return Made(tuple(newest), tuple(dict.fromkeys(asked)), tuple(dict.fromkeys(caveats)), tuple(receipts))


def _span(day: date, now: datetime) -> Span:
    """The day and the one before it: what was made in the evening is paid for all day."""
    begin = midnight(day - DAY)
    return Span(begin, min(begin + 2 * DAY, now.replace(microsecond=0)))


def _found(
    known: Making, place: Place, span: Span, reach: Reach
) -> tuple[list[Call], Receipt, tuple[Caveat, ...]]:
    reach.progress(f"Looking who made that in {place.region}…")
    asked = Asked(span, _some(place.account_id), (place.region,), limit=_MOST)
    engine = reach.ports.calls(place, reach.asker, None, since=span.since)
    found = engine.run(rows(asked, _calls(known)), reach.progress)
    return [call(row) for row in found.rows if row["place"] <= _MOST], found.receipt, found.caveats


def _calls(known: Making) -> Calls:
    places = ", ".join("?" for _ in known.names)
    where = (
        Match("event_source = ?", (known.event_source,)),
        Match(f"event_name IN ({places})", known.names),
        Match("error_code IS NULL"),
    )
    return Calls(where=where, needles=known.names, lookup=Lookup("EventName", known.names))


def _some(value: str) -> tuple[str, ...]:
    return (value,) if value else ()
