"""The chain of calls that made credentials, hop by hop, from a session's key back to where it began."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.core.span import Span
from bot.core.view import Caveat, Receipt
from bot.errors import Forbidden
from bot.ports import Progress, TrailEngine
from bot.trail import session as trail_session
from bot.trail.calls import Call, call
from bot.trail.rows import Asked, rows

HOPS = 6


@dataclass(frozen=True, slots=True)
class Link:
    """A call in a chain: made in a session that began then, by the user of that name, and the key that it made."""

    call: Call
    began: datetime | None = None
    made_key: str | None = None
    user_name: str | None = None
    identity_user: str | None = None
    role_name: str | None = None


def link(row: Mapping[str, Any]) -> Link:
    """One row of `bot.trail.rows` with `bot.trail.session.COLUMNS`."""
    named = {name: row.get(name) for name in ("made_key", "user_name", "identity_user", "role_name")}
    return Link(call(row), _moment(row.get("session_began")), **named)


def _moment(text: str | None) -> datetime | None:
    """CloudTrail writes it in ISO 8601's extended or basic form."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Chain:
    """How one access key came about: the newest call made with it, where there is one, and the calls behind it.

    `makers` made credentials: first the key itself, last what the chain begins with. `used`: from when to when
    calls were made with the key. `broken_at` is the key whose making is not on record, though something must
    have made it lately; `ended` says that there is nothing further to find.
    """

    access_key: str
    used_by: Link | None = None
    used: tuple[datetime, datetime] | None = None
    makers: tuple[Link, ...] = ()
    broken_at: str = ""
    ended: bool = False

    @property
    def links(self) -> tuple[Link, ...]:
        """All its calls, the latest first."""
        return (*((self.used_by,) if self.used_by else ()), *self.makers)

    @property
    def next_key(self) -> str:
        """The key whose maker is to be found.

        "" at an end: a service, a provider's token, a key that was followed, or a user's own key, unless the
        question is about such a one.
        """
        keys = [self.access_key, *(one.call.access_key or "" for one in self.makers)]
        own = trail_session.lasts(keys[-1]) and not trail_session.lasts(self.access_key)
        return "" if self.ended or own or keys[-1] in keys[:-1] else keys[-1]


@dataclass(slots=True)
class Following:
    """Goes back from keys to the calls that made them, one query for a hop of all chains (two where times are unsure)."""

    window: Span
    engine: TrailEngine
    progress: Progress
    receipts: list[Receipt] = field(default_factory=list)
    caveats: list[Caveat] = field(default_factory=list)

    def follow(
        self, chains: Sequence[Chain], enough: Callable[[Chain], bool] = lambda _: False
    ) -> tuple[Chain, ...]:
        """The chains as far as HOPS calls back, none further than where it is `enough`.

        Raises what the engine does, but for Forbidden (a caveat).
        """
        for _ in range(HOPS):
            pending = [one for one in chains if one.next_key and not enough(one)]
            if not pending:
                break
            try:
                made = self._makers(pending)
            except Forbidden as refused:
                # The session's own calls are worth telling without who is behind them.
                self.caveats.append(
                    Caveat("chain-broken", f"who made its key was not asked: {refused.message}")
                )
                return tuple(chains)
            chains = [_longer(one, made) for one in chains]
        return tuple(chains)

    def _makers(self, pending: Sequence[Chain]) -> dict[str, Link]:
        """The newest call that made each key: around their sessions' beginning, else whenever it can have been."""
        began = {one.next_key: moment for one in pending if (moment := _began(one))}
        made = self._asked(list(began), trail_session.around(list(began.values()))) if began else {}
        # A session of the console is renewed under the beginning of its sign-in: the key came later.
        if missing := {one.next_key: self._whenever(one) for one in pending if one.next_key not in made}:
            spans = missing.values()
            whole = Span(min(one.since for one in spans), max(one.until for one in spans))
            made |= self._asked(list(missing), whole)
        return made

    def _whenever(self, chain: Chain) -> Span:
        if trail_session.lasts(chain.next_key):
            return self.window
        at = chain.makers[-1].call.time if chain.makers else None
        used = (at, at) if at else chain.used
        if used is None:
            return Span(self.window.since - trail_session.LONGEST, self.window.until)
        return trail_session.before(*used)

    def _asked(self, keys: Sequence[str], span: Span) -> dict[str, Link]:
        self.progress("Looking for the call that made these credentials…")
        query = rows(Asked(span, limit=20 * len(keys)), trail_session.makers(keys))
        found = self.engine.run(query, self.progress)
        self.receipts.append(found.receipt)
        self.caveats += found.caveats
        return _newest(map(link, found.rows))


def _newest(links: Iterable[Link]) -> dict[str, Link]:
    made: dict[str, Link] = {}
    for one in sorted(links, key=lambda each: f"{each.call.time or ''}", reverse=True):
        if one.made_key:
            made.setdefault(one.made_key, one)
    return made


def _began(chain: Chain) -> datetime | None:
    end = chain.links[-1] if chain.links else None
    return end.began if end and not trail_session.lasts(chain.next_key) else None


def _longer(chain: Chain, made: Mapping[str, Link]) -> Chain:
    key = chain.next_key
    if not key:
        return chain
    if maker := made.get(key):
        return replace(chain, makers=(*chain.makers, maker))
    # A user's own key may be older than any record.
    return replace(chain, ended=True, broken_at="" if trail_session.lasts(key) else key)
