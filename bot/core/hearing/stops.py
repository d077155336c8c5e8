"""Whether a detector, a trail or a recorder stopped, and where one never was."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta

from bot.core.hearing.news import NOTHING, Judged, Remembered
from bot.core.hearing.senses import Patience, Sense
from bot.core.hearing.words import (
    SOURCE,
    TRAIL,
    Part,
    alert,
    at,
    because,
    either,
    mend,
    place,
    stopped,
    well,
)
from bot.core.severity import Severity
from bot.core.spoken import some

_IN_TITLE = 2
Senses = Mapping[str, Sense]
"""One part's, by region."""
Past = Mapping[str, Remembered]
"""What is remembered, by key."""


def of_part(part: Part, account_id: str, senses: Senses, past: Past, patience: Patience) -> Iterator[Judged]:
    """Each stop, each region where it is on, and once for all regions that it never was on there."""
    before = {region: past.get(f"{SOURCE}:{part.name}:{account_id}:{region}", NOTHING) for region in senses}
    stops = {
        region: sense.name or before[region].name
        for region, sense in senses.items()
        if sense.state == "off" or (sense.state == "none" and (before[region].was_on or before[region].told))
    }
    on = {region for region, sense in senses.items() if sense.state == "on"}
    causes = stops if part is TRAIL else {region: region for region in stops}
    for region, others in spoken_for(causes, before, on).items():
        where = (account_id, [region, *others])
        failing = patience.failing if senses[region].reason else timedelta(0)
        yield _stop(part, where, senses[region], before[region], failing)
    for region in sorted(on):
        yield _on(part, account_id, region, senses[region].name)
    yield from _never(part, account_id, senses, stops)


def spoken_for(causes: Mapping[str, str], before: Past, on: Collection[str]) -> dict[str, list[str]]:
    """Of the regions with the same cause one speaks, for itself and for the others; gives those by it.

    A trail of all regions that stops is one problem: it is told where it was told before, else in the
    trail's home. Where that can't be asked just now, nothing is told anew.
    """
    spoken: dict[str, list[str]] = {}
    unasked = [known for region, known in before.items() if region not in on and region not in causes]
    for cause in sorted(set(causes.values())):
        regions = sorted(region for region, of in causes.items() if of == cause)
        standing = [region for region in regions if before[region].told]
        if not standing and any(known.told and known.name == cause for known in unasked):
            continue
        home = [region for region in regions if f":{region}:" in cause]
        speaker = (standing or home or regions)[0]
        spoken[speaker] = [region for region in regions if region != speaker]
    return spoken


def _stop(
    part: Part, where: tuple[str, Sequence[str]], sense: Sense, before: Remembered, failing: timedelta
) -> Judged:
    """A stop that we saw happen is as bad as its part; one from before our time is one step less."""
    (account_id, regions), name, order = where, sense.name or before.name, list(Severity)
    severity = part.severity if before.was_on else order[order.index(part.severity) + 1]
    said = alert(
        f"{part.name}:{account_id}:{regions[0]}",
        part.name,
        severity,
        f"I am deaf in {place(account_id, regions)}: {stopped(part, sense, name)}",
        (part.means,),
        (f"Regions: {some(regions, 20)}.",) if len(regions) > _IN_TITLE else (),
        () if before.was_on else ("It was off already when I first looked.",),
        mend(part, sense, name, account_id, regions[0]),
        because(sense.reason),
    )
    return Judged(at(said, account_id, regions[0], part.page), since=sense.since, patience=failing, name=name)


def _on(part: Part, account_id: str, region: str, name: str) -> Judged:
    said = alert(f"{part.name}:{account_id}:{region}", part.name, part.severity, "")
    again = f"I hear {place(account_id, [region])} again: {part.thing} is on"
    return Judged(well(at(said, account_id, region), again), name=name)


def _never(part: Part, account_id: str, senses: Senses, stops: Mapping[str, str]) -> Iterator[Judged]:
    """Only said, or taken back, when every region could be asked."""
    regions = sorted(
        region for region, sense in senses.items() if sense.state == "none" and region not in stops
    )
    if any(sense.state == "unknown" for sense in senses.values()) or (stops and not regions):
        return
    said = alert(
        f"never:{part.name}:{account_id}",
        part.name,
        Severity.INFO,
        f"{part.service} is not on in {place(account_id, regions)}",
        (f"It was not on when I first looked: {some(regions, 20)}.",),
        (part.means,),
        mend(part, Sense("none"), "", account_id, regions[0]) if regions else (),
    )
    told = either(said, f"{part.service} is on wherever I look in account {account_id}", deaf=bool(regions))
    yield Judged(at(told, account_id), degree=len(regions))
