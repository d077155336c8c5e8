"""What the trails can't have recorded of that which a question needs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.core.coverage.delivery import deliveries
from bot.core.coverage.kinds import Half, Kind, everywhere, excluded, kinds
from bot.core.coverage.need import Need
from bot.core.coverage.trails import LEADERS, Refused, Trail, Trails
from bot.core.coverage.unlogged import steady, unlogged, unsure
from bot.core.span import Span
from bot.core.view import Caveat

# Services that count as the leading region's, wherever they are called from (docs: About global service events).
_GLOBAL = frozenset({"iam.amazonaws.com", "cloudfront.amazonaws.com", "route53.amazonaws.com"})


def unseen(trails: Trails, need: Need, span: Span, now: datetime) -> tuple[Caveat, ...]:
    """What is missing, weighed as for an answer that found something."""
    if not need.by_trail:
        return tuple(deliveries((), span, now))
    if trails.refused:
        return (_unknown(trails.refused), *deliveries((), span, now))
    if not trails.found:
        return (_no_trail(trails), *deliveries((), span, now))
    near = tuple(trail for trail in trails.found if _covers(trail, need))
    if not near:
        return (_elsewhere(trails, need),)
    needed = tuple(kinds(need))
    halves = tuple(half for kind in needed for half in kind.halves(near, need))
    recorders = tuple(one for one in near if any(one in half.trails for half in halves))
    return (
        *_off(needed, near, need),
        *_doubtful(needed, halves, near, need, span, now),
        *unlogged(halves, span, now),
        *_places(halves, need, trails),
        *_services(steady(recorders, span, now), need),
        *deliveries(recorders, span, now),
    )


def unlooked(trails: Trails) -> tuple[Caveat, ...]:
    """What a look at the trails themselves could not see."""
    said = f"trails that a region other than {trails.region} has for itself alone: I looked from there"
    away = () if trails.refused else (Caveat("only-this-region", said),)
    if not trails.unsaid:
        return away
    unsaid = _unknown(trails.unsaid)
    return (replace(unsaid, weight="blind") if trails.refused else unsaid, *away)


def _unknown(refused: tuple[Refused, ...]) -> Caveat:
    """What AWS would not say, with the IAM action that is missing."""
    said = "; ".join(
        f"{one.what} ({one.action} is missing)" if one.action else f"{one.what} ({one.reason})"
        for one in dict.fromkeys(refused)
    )
    return Caveat("trail-unknown", f"what is recorded at all: I could not look up {said}")


def _no_trail(trails: Trails) -> Caveat:
    said = f"whatever is not in the logs already: no trail records {trails.region or 'this account'} now"
    return Caveat("no-trail", f"{said} (other regions’ own trails I can’t see from here)")


def _covers(trail: Trail, need: Need) -> bool:
    return trail.multi_region or not need.regions or trail.home_region in need.regions


def _elsewhere(trails: Trails, need: Need) -> Caveat:
    home = ", ".join(sorted({trail.home_region for trail in trails.found}))
    asked = ", ".join(need.regions)
    said = f"calls in {asked}: the trails that I see from {trails.region} record {home} only"
    return Caveat("single-region-trail", said, "blind")


def _off(needed: tuple[Kind, ...], near: tuple[Trail, ...], need: Need) -> Iterator[Caveat]:
    for kind in needed:
        verdict = kind.of_both(kind.together(kind.recorders(near, need)))
        if verdict == "none" and not kind.data:
            yield Caveat(kind.code, f"{kind.words}: no trail records them")
        if verdict == "some" and not kind.data:
            yield Caveat("management-partial", f"some {kind.words}: the trail's selectors leave them out")
    data = [kind for kind in needed if kind.data]
    if need.bucket:
        yield from _bucket(data.pop(0), near, need)
    yield from _data(data, near, need)


_MUCH = {"none": "all", "some": "some"}


def _bucket(kind: Kind, near: tuple[Trail, ...], need: Need) -> Iterator[Caveat]:
    found = kind.together(kind.recorders(near, need))
    verdicts = [
        (verdict, what)
        for verdict, what, wanted in (
            (found.reads, "reads", need.reads),
            (found.writes, "writes", need.writes),
        )
        if wanted
    ]
    missing = [(verdict, what) for verdict, what in verdicts if verdict in _MUCH]
    if not missing or (need.data_seen and all(verdict == "none" for verdict, _ in verdicts)):
        return
    if all(verdict == "none" for verdict, _ in verdicts):
        ending = "; only bucket-level calls were searched" if need.management else ""
        yield Caveat("data-events-off", f"{kind.words}: no trail records them for this bucket{ending}")
        return
    parts = " and ".join(f"{_MUCH[verdict]} {what}" for verdict, what in missing)
    yield Caveat("data-events-partial", f"{parts} of objects: the trail's selectors leave them out")


def _data(needed: list[Kind], near: tuple[Trail, ...], need: Need) -> Iterator[Caveat]:
    """Of calls on data all, or those of some types: told in one line."""
    found = {kind: kind.of_both(kind.together(kind.recorders(near, need))) for kind in needed}
    off = [kind for kind, verdict in found.items() if verdict == "none"]
    some = [kind for kind, verdict in found.items() if verdict == "some"]
    if off and len(off) == len(needed) and not need.data_seen:
        ending = "; management calls only" if need.management else ""
        yield Caveat("data-events-off", f"{_all_of(off)}: no trail records them{ending}")
    elif off or some:
        parts = [
            f"{_all_of(kinds)}: {how}"
            for kinds, how in ((off, "none is recorded"), (some, "not all are"))
            if kinds
        ]
        yield Caveat("data-events-partial", "; ".join(parts))


def _all_of(kinds: list[Kind]) -> str:
    """`calls on objects in S3, items in DynamoDB`."""
    return f"calls on {', '.join(kind.words.removeprefix('calls on ') for kind in kinds)}"


def _doubtful(
    needed: tuple[Kind, ...],
    halves: tuple[Half, ...],
    near: tuple[Trail, ...],
    need: Need,
    span: Span,
    now: datetime,
) -> Iterator[Caveat]:
    """Where a trail that would not say may be the only one that records."""
    refused = [
        one
        for kind in needed
        if kind.of_both(kind.together(kind.recorders(near, need))) == "unknown"
        for trail in kind.recorders(near, need)
        if trail.selectors is None
        for one in trail.refused
    ]
    refused += [one for trail in unsure(halves, span, now) for one in trail.refused]
    if refused:
        yield _unknown(tuple(refused))


def _places(halves: tuple[Half, ...], need: Need, trails: Trails) -> Iterator[Caveat]:
    """Regions and accounts that none of these records."""
    narrow = {one.arn: one for half in halves for one in half.trails if not everywhere(one, need)}
    if narrow:
        homes = sorted({trail.home_region for trail in narrow.values()})
        missing = ", ".join(region for region in need.regions if region not in homes)
        where = f"calls in {missing}" if missing else "calls in other regions"
        who = ", ".join(trail.name for trail in narrow.values())
        said = f"{where}: {who} records {', '.join(homes)} only"
        yield Caveat("single-region-trail", f"{said} (other regions’ own trails I can’t see from here)")
    own = {trail.account_id for trail in trails.found}
    others = [account for account in need.accounts if account not in own]
    if others and not any(trail.organization for trail in trails.found):
        said = f"what is recorded in {', '.join(others)}: I can look at the trails of {', '.join(sorted(own))} only"
        yield Caveat("trail-unknown", said)


def _services(recorders: tuple[Trail, ...], need: Need) -> Iterator[Caveat]:
    if not need.management or not recorders:
        return
    if out := excluded(tuple(one for one in recorders if one.selectors is not None), need):
        yield Caveat(
            "sources-excluded", f"calls to {', '.join(sorted(out))}: the trail is told to leave them out"
        )
    wanted = _GLOBAL.intersection(need.sources) if need.sources else _GLOBAL
    leading = not need.regions or LEADERS.intersection(need.regions)
    if wanted and leading and not any(trail.has_global_events for trail in recorders):
        said = "calls to services without regions (IAM, CloudFront …): the trail does not take them"
        yield Caveat("global-events-off", said)
