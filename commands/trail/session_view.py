"""How a session is shown: who is behind it, how that came about, then what it did, the oldest call first."""

from collections.abc import Iterator
from datetime import datetime

from bot.core.amounts import counted
from bot.core.buttons import Ask, Button, Choice, Csv, Menu, Share
from bot.core.coverage.need import ANYTHING
from bot.core.principal import describe
from bot.core.sections import Column, Paragraph, Section, Table
from bot.core.text import Code, Line, Small, Strong, When
from bot.core.view import View
from bot.trail.calls import Call, since_words
from bot.trail.chain import Chain, Link
from bot.trail.human import KNOWN, human, made_the_key
from bot.trail.rows import Asked
from commands.trail.anything import again, asked, nothing, titled, unseen, within
from commands.trail.pivots import menu
from commands.trail.session import Told

_SHOWN, _MADE, _CHOICES = 15, 5, 24


def show(said: str, request: Asked, told: Told, now: datetime) -> View:
    """The whole answer; each row names the human behind its call, and how that is known."""
    caveats = unseen(
        request.span,
        told.answer.trails,
        now,
        told.caveats,
        found=bool(told.calls),
        need=within(ANYTHING, request),
    )
    blind = any(one.weight == "blind" for one in caveats)
    rows = tuple(one.model_dump() | {"human": who.name, "known_by": who.by} for one, who in told.calls)
    return View(
        title=titled(_title(said, told, blind=blind), request, now, found=bool(told.calls)),
        sections=(*_sections(told), *(() if told.calls else nothing(caveats))),
        command="trail session",
        request=asked({"session": said}, request),
        rows=rows,
        columns=(*Call.model_fields, "human", "known_by"),
        caveats=caveats,
        receipt=told.answer.receipt,
        buttons=_buttons(said, request, told, now),
    )


def _title(said: str, told: Told, *, blind: bool) -> str:
    what = _session(said, told)
    if len(told.humans) > 1:
        return f"{len(told.humans)} are behind {what}: {', '.join(one.shown for one in told.humans)}"
    if told.humans:
        made = made_the_key(told.chains[0])
        return f"{told.humans[0].shown} {'made' if made else 'is behind'} {what}"
    if told.calls:
        return f"I can’t tell who is behind {what}"
    return f"I can’t tell whether {what} did anything" if blind else f"No call by {what} is on record"


def _session(said: str, told: Told) -> str:
    """`role payroll-export, session X`; an access key by its id."""
    who = told.calls[-1][0].principal if told.calls and "/" in said else said
    if not who or not who.startswith("arn:"):
        role, _, session = said.partition("/")
        return f"role {role}, session {session}" if session else f"key {said}"
    named = describe(who)
    return f"{named.kind}, session {named.name}" if named.kind != "federated user" else str(named)


def _sections(told: Told) -> Iterator[Section]:
    if lines := tuple(line for chain in told.chains for line in _chain(chain)):
        yield Paragraph(lines)
    if not told.calls:
        return
    yield Paragraph((_counts(told), *_made(told)))
    shown = told.calls[:_SHOWN]
    columns = tuple(Column(name) for name in ("when", "call", "on", "from", "result"))
    yield Table(columns, tuple(_row(one) for one, _ in shown), more=len(told.calls) - len(shown))


def _chain(chain: Chain) -> Iterator[Line]:
    """The calls that made the credentials, the first of them first, and how the human is known."""
    yield from (_maker(one) for one in reversed(chain.makers))
    who = human(chain)
    if who.by in KNOWN:
        yield (Strong(who.shown), f": known {KNOWN[who.by]}")


def _maker(one: Link) -> Line:
    who = str(describe(one.call.principal)) if one.call.principal_type != "WebIdentityUser" else one.user_name
    when: Line = (When(one.call.time), "  ") if one.call.time else ()
    place: Line = (f" from {one.call.source_ip}",) if one.call.source_ip else ()
    on: Line = (f" on {one.call.target}",) if one.call.target else ()
    return (
        *when,
        Strong(who or "unknown"),
        f" called {one.call.action}",
        *on,
        *place,
        Small(f" → {one.made_key}"),
    )


def _counts(told: Told) -> Line:
    counts = told.answer.counts
    words = (
        (counts.denied, "refused", "refused"),
        (counts.failed - counts.denied, "failed otherwise", "failed otherwise"),
        (counts.writes, "write", "writes"),
    )
    parts = (f" · {counted(count, *word)}" for count, *word in words if count > 0)
    return (Strong(counted(counts.found, "call")), *parts)


def _onward(told: Told) -> list[tuple[Call, str]]:
    """The session's own calls that made credentials, oldest first."""
    rows = zip(reversed(told.answer.calls), reversed(told.answer.facts), strict=True)
    return [(call, facts["made_key"]) for call, facts in rows if facts.get("made_key")]


def _made(told: Told) -> Iterator[Line]:
    for call, key in _onward(told)[:_MADE]:
        when: Line = (", ", When(call.time)) if call.time else ()
        yield ("It made key ", Code(key), f" ({call.action})", *when)


def _row(one: Call) -> tuple[Line, ...]:
    on = one.target or (one.resources[0].rpartition(":")[2] if one.resources else "")
    result = "refused" if one.refused else one.error_code or "ok"
    via: Line = (Small(f" via {one.via}"),) if one.via else ()
    return (
        (When(one.time) if one.time else "no time",),
        (one.action, *via),
        (on,),
        (one.source_ip or "",),
        (result,),
    )


def _buttons(said: str, request: Asked, told: Told, now: datetime) -> tuple[Button, ...]:
    window = since_words(request)
    pivots = menu([one for one, _ in told.calls], window, ("Who", "Session"), said)
    choices = [*_closer(told, window), *(choice for found in pivots for choice in found.choices)]
    return (
        *((Menu("Look closer…", tuple(choices[:_CHOICES])),) if choices else ()),
        *again(("trail", "session", said), request, now),
        *((Csv(),) if told.calls else (Ask("What is recorded", ("trail", "coverage")),)),
        Share(),
    )


def _closer(told: Told, window: tuple[str, ...]) -> Iterator[Choice]:
    """The human's own doings, the calls that made the session's key, and the sessions that it made."""
    for who in told.humans:
        if who.name and not who.name.startswith("-"):
            yield Choice(f"What {who.name} did", ("trail", "user", who.name, *window), "Behind it")
    keys = dict.fromkeys(one.call.access_key for chain in told.chains for one in chain.makers)
    for key in keys:
        if key:
            yield Choice(f"Session of key {key}", ("trail", "session", key, *window), "Behind it")
    for key in dict.fromkeys(key for _, key in _onward(told)[:_MADE]):
        yield Choice(f"What key {key} went on to do", ("trail", "session", key, *window), "It made")
