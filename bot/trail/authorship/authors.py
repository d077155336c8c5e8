"""Who made each revision of a resource: one statement for all of them, and one a hop for the humans behind roles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.configuration.item import Resource
from bot.core.configuration.revision import Actor, Gap, Revision
from bot.core.span import Span
from bot.core.view import Caveat, Receipt
from bot.errors import Costly, Forbidden, NoroshiError, NotConfigured, NotFound, Upstream
from bot.ports import Progress, TrailEngine
from bot.trail.authorship import words
from bot.trail.authorship.gaps import gaps
from bot.trail.authorship.people import People, people
from bot.trail.authorship.reading import read
from bot.trail.authorship.telling import Told, tellings
from bot.trail.authorship.tools import tool
from bot.trail.authorship.windows import hull, window


@dataclass(frozen=True, slots=True)
class Authors:
    """One actor for each revision, in their order; when and by whom recording was stopped, as far as calls tell."""

    actors: tuple[Actor, ...]
    gaps: tuple[Gap, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    receipts: tuple[Receipt, ...] = ()


def authors(
    resource: Resource,
    revisions: Sequence[Revision],
    engine: TrailEngine,
    progress: Progress,
    *,
    now: datetime,
    seen: Span | None = None,
) -> Authors:
    """Find the calls that made the revisions; `seen`: a wider span in which to look for a stopped recorder.

    A refusal or failure of the engine is a caveat and leaves all actors unknown: the history stands without them.
    """
    windows = [window(one) for one in revisions]
    span = hull(windows, now, seen)
    if span is None:
        return Authors(tuple(_unknown(words.YOUNG) for _ in revisions))
    try:
        oldest = min((one.wide for one in windows), default=None)
        found = read(resource, span, engine, progress, now, oldest)
    except (Upstream, Costly, Forbidden, NotConfigured, NotFound) as error:
        return _not_asked(revisions, error)
    told = tellings(resource, tuple(zip(revisions, windows, strict=True)), found, now)
    behind = people([one.link for one in told if one.link], span, engine, progress)
    captured = [one.item.captured_at for one in revisions]
    return Authors(
        tuple(_actor(one, behind) for one in told),
        gaps(resource, found.records, captured),
        _of_authors((*found.caveats, *behind.caveats)),
        (*found.receipts, *behind.receipts),
    )


def _of_authors(caveats: Sequence[Caveat]) -> tuple[Caveat, ...]:
    """Each once, and as a note: what CloudTrail could not show leaves the history as it is, and an author unknown.

    Several statements were asked. Whose history it is, is the resource's own account: nothing is outside of it.
    """
    each = {one.code: one for one in reversed(caveats) if one.code != "outside-the-history"}
    return tuple(replace(one, weight="note") for one in reversed(each.values()))


def _actor(told: Told, behind: People) -> Actor:
    if told.link is None:
        return _unknown(told.reason)
    call = told.link.call
    human, known_by = behind.of(told.link)
    return Actor(
        confidence=told.confidence,
        reason=told.reason,
        principal=call.principal,
        human=human,
        known_by=known_by,
        event_name=call.event_name,
        event_source=call.event_source,
        event_time=call.time,
        event_id=call.event_id,
        source_ip=call.source_ip,
        user_agent=call.user_agent,
        access_key=call.access_key,
        via=call.via,
        tool=tool(call),
        others=told.others,
    )


def _not_asked(revisions: Sequence[Revision], error: NoroshiError) -> Authors:
    said = f"who changed it was not found out: {error.message} {error.hint}".strip()
    actors = tuple(_unknown(f"CloudTrail was not asked: {error.message}") for _ in revisions)
    return Authors(actors, caveats=(Caveat("authors-not-asked", said),))


def _unknown(reason: str) -> Actor:
    return Actor("unknown", reason)
