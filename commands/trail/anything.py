"""What questions about anything share: what they could not see, and how they are asked again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.buttons import Ask, Button, Form
from bot.core.coverage.caveats import caveats
from bot.core.coverage.history import need_by
from bot.core.coverage.need import ANY_DATA, ANYTHING, Need
from bot.core.coverage.trails import Trails
from bot.core.sections import Paragraph
from bot.core.span import Span, iso
from bot.core.view import Caveat
from bot.trail.rows import Asked

_ABOUT_DATA = {
    "data-events-off": "all calls on data (objects, functions, items): /trail coverage",
    "data-events-partial": "some calls on data (objects, functions, items): /trail coverage",
}
_NO_PROOF = "What no trail records can’t be found: this is no proof that nothing happened."


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
    is on record, and what is not is told beside. It is no reason to call the answer wrong; under one that found
    something it is told short.
    """
    every = (*caveats(found, need_by(need, told), span, trails, now, told), *_elsewhere(need.accounts))
    if need.data != ANY_DATA:
        return every
    return tuple(_beside(one, short=found) if one.code in _ABOUT_DATA else one for one in every)


def within(need: Need, request: Asked) -> Need:
    """The same in the places that the question is narrowed to."""
    return replace(need, accounts=request.accounts, regions=request.regions)


def nothing(told: Sequence[Caveat]) -> tuple[Paragraph, ...]:
    """What stands in the place of rows, where some of what was asked for is never recorded.

    An answer that can't tell says so in its title.
    """
    blind = any(one.weight == "blind" for one in told)
    never = any(one.code in _ABOUT_DATA for one in told)
    return (Paragraph(((_NO_PROOF,),)),) if never and not blind else ()


def _beside(caveat: Caveat, *, short: bool) -> Caveat:
    return replace(caveat, message=_ABOUT_DATA[caveat.code] if short else caveat.message, weight="note")


def _elsewhere(accounts: Sequence[str]) -> tuple[Caveat, ...]:
    """An account's calls on another one's things may be recorded there alone (docs: CloudTrail, cross-account)."""
    if not accounts:
        return ()
    whose = ", ".join(accounts)
    said = f"calls by {whose} that other accounts’ trails alone have (--account searches its own)"
    return (Caveat("other-accounts-trails", said),)


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


def titled(said: str, request: Asked, now: datetime, *, found: bool) -> str:
    """A title: what is said, of when, and of what alone.

    Where nothing was found, what narrowed the question comes first: no phone may cut it off behind a "nobody".
    """
    when, narrowing = request.span.words(now), only(request)
    if found or not narrowing:
        return ", ".join(one for one in (f"{said} — {when}", narrowing) if one)
    return f"{narrowing[0].upper()}{narrowing[1:]}: {said} — {when}"


def only(request: Asked) -> str:
    """What narrows the question; "" where nothing does."""
    places = [f"in {', '.join(request.regions)}"] if request.regions else []
    if request.accounts:
        places.append(f"by the trail of {', '.join(request.accounts)}")
    calls = f"only {request.event}" if request.event else "only calls" if request.errors else ""
    failed = " that failed" if request.errors else ""
    return ", ".join(one for one in (f"{calls}{failed}", *places) if one)


def again(
    words: tuple[str, ...], request: Asked, now: datetime, more: tuple[tuple[str, str, str], ...] = ()
) -> tuple[Button, ...]:
    """Buttons for a longer window, where there is one, and for a form with what may be changed.

    `more` are options of the question's own: each its name, what a form says of it, its value.
    """
    days = max(1, (now - request.span.since).days)
    wider = next((length for length in (1, 7, 30, 90, 365) if length > days), None)
    ends_now = request.span.until >= now - timedelta(minutes=1)
    fields = (
        ("--since", "From (7d, 36h, yesterday, or a time)", iso(request.span.since)),
        ("--until", "Up to (empty: now)", "" if ends_now else iso(request.span.until)),
        ("--event", "Only this call (GetObject, s3:GetObject)", request.event),
        ("--region", "Only this region", request.regions[0] if request.regions else ""),
        *more,
    )
    own = tuple(word for name, _, value in more if value for word in (name, value))
    asked_so = (*words, *own, *_narrowing(request))
    longer = (Ask(f"{wider} days", (*asked_so, "--since", f"{wider}d")),) if wider else ()
    # A form's field holds one value: what has none of its own stays as it was asked.
    return (*longer, Form("Change…", (*words, *_kept(request)), fields))


def _narrowing(request: Asked) -> tuple[str, ...]:
    given = [("--region", one) for one in request.regions]
    if request.event:
        given.append(("--event", request.event))
    return (*_kept(request), *(word for pair in given for word in pair))


def _kept(request: Asked) -> tuple[str, ...]:
    accounts = tuple(word for one in request.accounts for word in ("--account", one))
    return (*accounts, "--errors") if request.errors else accounts
