"""What changed in a resource, and who did it?"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.command import Reach, Request
from bot.core.configuration.item import Resource
from bot.core.configuration.recorder import Recorder
from bot.core.configuration.revision import Actor, Gap, Revision
from bot.core.configuration.timeline import gaps, revisions
from bot.core.receipts import added
from bot.core.span import Span
from bot.core.view import Caveat, Receipt
from bot.ports import History
from bot.trail.authorship import Authors, authors
from commands.config.gaps import merged
from commands.config.locating import Located, Several, Where, located
from commands.config.seen import unseen

_BEFORE = timedelta(days=1)
"""The call behind the oldest change is older than its item: up to a day, where Config records once a day."""


class HistoryOf(Request):
    """What is asked: a resource as it was typed, and since when; `all` shows what moves by itself, too."""

    resource: str
    span: Span
    where: Where = Where()
    limit: int = 20
    all: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The revisions, newest first, with who made each, and where nothing was recorded.

    `more`: the window holds older ones, which were not read.
    """

    resource: Resource
    revisions: tuple[tuple[Revision, Actor], ...]
    gaps: tuple[Gap, ...]
    more: bool
    caveats: tuple[Caveat, ...]
    receipt: Receipt

    @property
    def blind(self) -> bool:
        """Whether changes may be missing altogether."""
        return any(one.weight == "blind" for one in self.caveats)


def history(request: HistoryOf, reach: Reach, up_to: float | None) -> Answer | Several:
    """Find the resource, read its items, and ask CloudTrail who; raises what Config does.

    What CloudTrail would not answer is a caveat of the history, never its end.
    """
    ports, began = reach.ports, reach.ports.now()
    configurations = ports.configurations

    def read(resource: Resource) -> tuple[History, Recorder]:
        with ThreadPoolExecutor(1, "noroshi-recorder") as beside:
            recorder = beside.submit(configurations.recorder, resource.place)
            found = configurations.history(resource, request.span, request.limit, reach.progress)
            return found, recorder.result()

    found = located(request.resource, request.where, configurations, reach.progress, read)
    if isinstance(found, Several):
        return found
    told, recorder = found.answer
    states = revisions(told.items, told.older, from_the_start=told.from_the_start)
    who = _who(told.resource, states, request.span, reach, up_to)
    known = (*told.items, *((told.older,) if told.older else ()))
    mine = Receipt("config", (ports.now() - began).total_seconds(), api_calls=_calls(found), cost_usd=0.0)
    return Answer(
        resource=told.resource,
        revisions=tuple(zip(states, who.actors, strict=True)),
        gaps=merged((*gaps(known, recorder), *who.gaps), request.span),
        more=told.more,
        caveats=(
            *found.caveats,
            *unseen(told.resource, recorder, told.items, states, request.span, ports.now()),
            *who.caveats,
        ),
        receipt=_receipt(mine, who.receipts),
    )


def _who(
    resource: Resource, states: Sequence[Revision], window: Span, reach: Reach, up_to: float | None
) -> Authors:
    if not states:
        return Authors(())
    since = min(state.item.captured_at for state in states) - _BEFORE
    engine = reach.ports.calls(resource.place, reach.asker, up_to, since=since)
    reach.progress(f"Asking CloudTrail who changed {resource.name or resource.id}…")
    return authors(resource, states, engine, reach.progress, now=reach.ports.now(), seen=window)


def _calls(found: Located[tuple[History, Recorder]]) -> int:
    return found.api_calls + found.answer[0].api_calls


def _receipt(mine: Receipt, others: Sequence[Receipt]) -> Receipt:
    """Config is free; what it cost is what CloudTrail did."""
    if not others:
        return mine
    whole = added(others[0], [*others[1:], mine])
    return replace(whole, engine=f"config + {whole.engine}", seconds=mine.seconds)
