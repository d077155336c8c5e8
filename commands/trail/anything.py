"""What questions about anything share: what they could not see, and how they are asked again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.coverage.caveats import caveats
from bot.core.coverage.history import need_by
from bot.core.coverage.need import ANY_DATA, ANYTHING, Need
from bot.core.coverage.trails import Trails
from bot.core.span import Span, iso
from bot.core.view import Ask, Button, Caveat, Form
from bot.trail.rows import Asked

_ABOUT_DATA = frozenset({"data-events-off", "data-events-partial"})


def unseen(
    span: Span,
    trails: Trails,
    now: datetime,
    told: Sequence[Caveat],
    *,
    found: bool,
    need: Need = ANYTHING,
) -> tuple[Caveat, ...]:
    """The caveats of an answer.

    A question about anything never sees all calls on data, which hardly anybody records: its title speaks of what
    is on record, and what is not is told beside. It is no reason to call the answer wrong.
    """
    every = caveats(found, need_by(need, told), span, trails, now, told)
    if need.data != ANY_DATA:
        return every
    return tuple(replace(one, weight="note") if one.code in _ABOUT_DATA else one for one in every)


def asked(about: dict[str, object], request: Asked) -> dict[str, object]:
    """The request, JSON-ready."""
    return about | {
        "since": iso(request.span.since),
        "until": iso(request.span.until),
        "accounts": list(request.accounts),
        "regions": list(request.regions),
        "event": request.event or None,
        "errors": request.errors,
        "limit": request.limit,
    }


def again(words: tuple[str, ...], request: Asked, now: datetime) -> tuple[Button, ...]:
    """Buttons for a longer window, where there is one, and for a form with what may be changed."""
    days = max(1, (now - request.span.since).days)
    wider = next((length for length in (1, 7, 30, 90, 365) if length > days), None)
    ends_now = request.span.until >= now - timedelta(minutes=1)
    fields = (
        ("--since", "From (7d, 36h, yesterday, or a time)", iso(request.span.since)),
        ("--until", "Up to (empty: now)", "" if ends_now else iso(request.span.until)),
        ("--event", "Only this call (GetObject, s3:GetObject)", request.event),
        ("--region", "Only this region", request.regions[0] if request.regions else ""),
    )
    longer = (Ask(f"{wider} days", (*words, *_narrowing(request), "--since", f"{wider}d")),) if wider else ()
    return (*longer, Form("Change…", words, fields))


def _narrowing(request: Asked) -> tuple[str, ...]:
    given = [("--account", one) for one in request.accounts] + [("--region", one) for one in request.regions]
    if request.event:
        given.append(("--event", request.event))
    flat = tuple(word for pair in given for word in pair)
    return (*flat, "--errors") if request.errors else flat
