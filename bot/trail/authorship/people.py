"""The humans behind the calls: by what a call itself says, else by the calls that made its credentials."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.principal import describe
from bot.core.span import Span
from bot.core.view import Caveat, Receipt
from bot.errors import Costly, Forbidden, NotConfigured, NotFound, Upstream
from bot.ports import Progress, TrailEngine
from bot.trail.chain import Chain, Following, Link
from bot.trail.human import KNOWN, UNKNOWN, Human, human
from bot.trail.session import lasts

KEYS = 20
"""So many access keys are followed, those of the newest calls: every one makes the statement longer."""
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_OWN_ROLE = "AWSServiceRoleFor"


@dataclass(frozen=True, slots=True)
class People:
    """Who is behind each call, by its key (`of`), and what it took to find out."""

    behind: Mapping[str, Human]
    caveats: tuple[Caveat, ...] = ()
    receipts: tuple[Receipt, ...] = ()

    def of(self, one: Link) -> tuple[str | None, str | None]:
        """The human and how that is known; None where nobody can tell, or the principal itself says it."""
        who = human(Chain("", one))
        if who == UNKNOWN:
            who = self.behind.get(one.call.access_key or "", UNKNOWN)
        if who.name and who.name != _own_name(one):
            return who.name, KNOWN[who.by]
        if who == UNKNOWN and _MAIL.fullmatch(one.call.session_name or ""):
            return one.call.session_name, "by the session's name, which whoever took the role chose"
        return None, None


def _own_name(one: Link) -> str | None:
    """What the principal says of itself; a session's name is no human's unless something else says so."""
    return describe(one.call.principal).name if one.call.principal_type in {"IAMUser", "Root"} else None


def people(links: Iterable[Link], window: Span, engine: TrailEngine, progress: Progress) -> People:
    """Follow the chains of those that do not say by themselves who they are; raises nothing that engines raise."""
    starts = list({one.call.access_key: one for one in links if _is_hidden(one)}.values())
    chains = [
        Chain(one.call.access_key or "", one, (one.call.time, one.call.time) if one.call.time else None)
        for one in starts[:KEYS]
    ]
    if not chains:
        return People({})
    following = Following(window, engine, progress)
    try:
        # Who is known is who it is, however their own credentials came about.
        found = following.follow(chains, enough=lambda one: human(one) != UNKNOWN)
    except (Upstream, Costly, Forbidden, NotConfigured, NotFound) as error:
        said = f"who is behind the roles' sessions was not found out: {error.message} {error.hint}".strip()
        caveats = (*following.caveats, Caveat("humans-not-asked", said))
        return People({}, caveats, tuple(following.receipts))
    behind = {one.access_key: human(one) for one in found}
    caveats = (*following.caveats, *_nameless(found), *_left(len(starts) - len(chains)))
    return People(behind, tuple(dict.fromkeys(caveats)), tuple(following.receipts))


def _is_hidden(one: Link) -> bool:
    """Whether only the making of its credentials can say who it is; what a service does by its own role nobody did."""
    key = one.call.access_key or ""
    by_service = (one.role_name or "").startswith(_OWN_ROLE)
    return bool(key) and not lasts(key) and not by_service and human(Chain(key, one)) == UNKNOWN


def _nameless(chains: Sequence[Chain]) -> tuple[Caveat, ...]:
    broken = [one.broken_at for one in chains if one.broken_at and human(one) == UNKNOWN]
    if not broken:
        return ()
    said = f"the calls that made these credentials are not in the records: {', '.join(broken)}"
    return (Caveat("chain-broken", said),)


def _left(keys: int) -> tuple[Caveat, ...]:
    if keys <= 0:
        return ()
    said = f"who made the credentials of {keys:,} older sessions was not asked"
    return (Caveat("keys-not-followed", said),)
