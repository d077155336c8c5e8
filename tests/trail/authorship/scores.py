"""How many are named right, by an archive's own truth."""

from collections import Counter
from collections.abc import Sequence

from bot.core.configuration.revision import Actor
from bot.trail.authorship.telling import Told
from tests.trail.authorship.archive import Done


def score(told: Sequence[Told], truth: Sequence[Sequence[Done]]) -> Counter:
    """`wrong exact` are those that must never be; where nobody's call made it, right is to name nobody.

    An `exact` is right only where nobody else had a part in it, and the call is one that did it.
    """
    found: Counter = Counter()
    for one, done in zip(told, truth, strict=True):
        call = one.link.call if one.link else None
        _count(found, one.confidence, (call.principal, call.via, call.event_id) if call else None, done)
    return found


def score_actors(actors: Sequence[Actor], truth: Sequence[Sequence[Done]]) -> Counter:
    """The same, with the tools and humans of those that are named right."""
    found: Counter = Counter()
    for actor, done in zip(actors, truth, strict=True):
        call = (actor.principal, actor.via, actor.event_id) if actor.event_id else None
        _count(found, actor.confidence, call, done)
        people = [one.who for one in done if one.who and (one.who.arn, one.who.via) == (call or ())[:2]]
        if people:
            found["wrong tool"] += actor.tool != people[0].tool
            found["wrong human"] += actor.human != people[0].human
    return found


def _count(found: Counter, confidence: str, call: tuple | None, done: Sequence[Done]) -> None:
    named = {(one.who.arn, one.who.via) for one in done if one.who}
    right = call[:2] in named if call and named else not call and not named
    ids = {one.id for one in done if one.who}
    sole = right and len(named) == 1 and all(one.who for one in done) and call[2] in ids
    found["revisions"] += 1
    found["right"] += right
    found[confidence] += 1
    found["wrong exact"] += confidence == "exact" and not sole
    found["alone, but not exact"] += len(done) == 1 and bool(named) and confidence != "exact"
