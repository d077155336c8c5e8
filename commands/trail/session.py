"""What did a session do, and who is behind it? Its calls, and the chains of calls that made its credentials."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.receipts import added
from bot.core.view import Caveat
from bot.ports import Progress, Recording, TrailEngine
from bot.trail import session as trail_session
from bot.trail.calls import Answer, Call, ask
from bot.trail.chain import HOPS, Chain, Following, Link, link
from bot.trail.human import UNKNOWN, Human, human
from bot.trail.rows import Asked

KEYS = 3
"""So many of a session's access keys, its newest, are followed; it gets a new one whenever it is renewed."""


@dataclass(frozen=True, slots=True)
class Told:
    """The session's calls, oldest first, with the human behind each; the receipt is that of all queries."""

    answer: Answer
    calls: tuple[tuple[Call, Human], ...]
    chains: tuple[Chain, ...]
    caveats: tuple[Caveat, ...]

    @property
    def humans(self) -> tuple[Human, ...]:
        """Each once, the newest key's first; nobody where nobody can tell."""
        return tuple(dict.fromkeys(who for who in map(human, self.chains) if who.by != "unknown"))


def trace(said: str, request: Asked, engine: TrailEngine, recording: Recording, progress: Progress) -> Told:
    """Ask for the calls, then for each hop; raises what the engine does."""
    answer = ask(request, trail_session.calls(said), engine, recording, progress)
    links = tuple(map(link, answer.facts))
    starts = _starts(said, links)
    following = Following(request.span, engine, progress)
    chains = following.follow(starts[:KEYS])
    behind = {one.access_key: human(one) for one in chains}
    left = len(starts) - len(chains)
    return Told(
        answer=replace(answer, receipt=added(answer.receipt, following.receipts)),
        calls=tuple((one.call, _behind(one, behind)) for one in reversed(links)),
        chains=chains,
        caveats=(*answer.caveats, *following.caveats, *_broken(chains), *_left(left)),
    )


def _behind(one: Link, behind: dict[str, Human]) -> Human:
    key = one.call.access_key or ""
    return behind[key] if key in behind else human(Chain(key, one))


def _starts(said: str, links: Sequence[Link]) -> list[Chain]:
    """A chain for each access key, the newest first; links come newest first."""
    made: dict[str, Chain] = {}
    for one in links:
        key, at = one.call.access_key or "", one.call.time
        chain = made.setdefault(key, Chain(key, one))
        if at:
            made[key] = replace(chain, used=_wider(chain.used, at))
    if not made and trail_session.is_key(said.strip()):
        return [Chain(said.strip())]
    # Calls that a service makes for the session name no key of it: they tell nothing that the others do not.
    return [one for one in made.values() if one.access_key] or list(made.values())


def _wider(used: tuple[datetime, datetime] | None, at: datetime) -> tuple[datetime, datetime]:
    return (min(used[0], at), max(used[1], at)) if used else (at, at)


def _broken(chains: Sequence[Chain]) -> tuple[Caveat, ...]:
    """Where chains break off; it weighs most where it leaves nobody behind what was done."""
    return tuple(
        Caveat("chain-broken", why, "blind" if one.used_by and human(one) == UNKNOWN else "note")
        for one in chains
        if (why := _why(one))
    )


def _why(chain: Chain) -> str:
    if chain.broken_at:
        return f"the call that made these credentials is not in the records: {chain.broken_at}"
    if len(chain.makers) >= HOPS and chain.next_key:
        return f"the chain is longer than {HOPS} calls: the call before them was not asked for"
    if human(chain) != UNKNOWN or not chain.links:
        return ""
    last = chain.links[-1].call
    if last.principal_type == "AWSAccount":
        return f"the role was taken from account {last.account_id or 'unknown'}, whose own records of it are not here"
    if not last.access_key:
        return f"a call of the chain names no access key ({last.action}): what made its credentials can’t be found"
    return ""


def _left(keys: int) -> tuple[Caveat, ...]:
    if keys <= 0:
        return ()
    older = f"{keys:,} older access key{'s' if keys > 1 else ''}"
    return (Caveat("keys-not-followed", f"the session had {older} more: who made them was not asked"),)
