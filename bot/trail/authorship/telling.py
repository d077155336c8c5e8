"""What is told of each revision: the call that made it, how sure that is, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.configuration.item import Resource
from bot.core.configuration.revision import Confidence, Revision
from bot.trail.authorship import relations, words
from bot.trail.authorship.atoms import atoms
from bot.trail.authorship.case import Case
from bot.trail.authorship.deeds import deeds
from bot.trail.authorship.matching import Match, matched
from bot.trail.authorship.reading import Read
from bot.trail.authorship.windows import LATE, Window
from bot.trail.chain import Link

_NEW = timedelta(hours=1)
"""What is first recorded so long after it was made was not made then."""

States = Sequence[tuple[Revision, Window]]


@dataclass(frozen=True, slots=True)
class Told:
    """Of one revision: `link` is the call, None where nobody can tell; `others` may have done it too."""

    confidence: Confidence
    reason: str
    link: Link | None = None
    others: int = 0


def tellings(resource: Resource, states: States, found: Read, now: datetime) -> tuple[Told, ...]:
    """One for each revision, in their order."""
    cases = [case for number, state in enumerate(states) if (case := _case(number, state, found)) is not None]
    made = zip(cases, matched(cases, deeds(resource, found.records)), strict=True)
    by_number = {case.number: match for case, match in made}
    return tuple(
        _matched(by_number[number], revision, now)
        if number in by_number
        else _otherwise(resource, revision, window, found, now)
        for number, (revision, window) in enumerate(states)
    )


def _case(number: int, state: tuple[Revision, Window], found: Read) -> Case | None:
    revision, window = state
    unread = revision.before_unread and revision.before is None and not revision.item.is_deleted
    pieces = () if _began_late(revision) else atoms(revision)
    if not pieces and not unread:
        return None
    return Case(number, pieces, window, _is_whole(window, found), unknown=unread)


def _is_whole(window: Window, found: Read) -> bool:
    return found.whole_since is not None and found.whole_since <= window.wide


def _began_late(revision: Revision) -> bool:
    """Whether it was there before Config began to record it."""
    item = revision.item
    first = revision.before is None and not revision.before_unread and not item.is_deleted
    return first and item.created_at is not None and item.captured_at - item.created_at > _NEW


def _matched(match: Match, revision: Revision, now: datetime) -> Told:
    if match.certain and now - revision.item.captured_at < LATE:
        match = words.young(match)
    reason = words.reason(match, revision, now)
    if match.deed is None:
        return Told("unknown", reason)
    return Told("exact" if match.certain else "likely", reason, match.deed.link, len(match.others))


def _otherwise(resource: Resource, revision: Revision, window: Window, found: Read, now: datetime) -> Told:
    if _began_late(revision):
        made = revision.item.created_at or revision.item.captured_at
        return Told("unknown", f"Config began to record it then; it was made on {made:%Y-%m-%d}")
    if revision.item.is_unrecorded:
        return Told("unknown", words.LEFT_OUT)
    if revision.before and revision.before.is_unrecorded:
        return Told("unknown", words.TAKEN_IN)
    others = relations.differing(revision)
    if not others:
        return Told("unknown", words.UNCHANGED)
    causes = relations.causes(resource, others, window, found.records)
    reason = relations.words(others, causes, window)
    if not causes:
        return Told("unknown", reason)
    sure = relations.is_sure(others, causes, window) and _is_whole(window, found)
    old = now - revision.item.captured_at >= LATE
    return Told("exact" if sure and old else "likely", reason, causes[-1].link, len(causes) - 1)
