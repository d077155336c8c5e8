"""The next questions that a history suggests: what its authors did, how it was before, which rules it breaks."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.core.buttons import Choice, Menu
from bot.core.configuration.item import Resource
from bot.core.configuration.revision import Actor, Revision
from bot.core.principal import describe
from bot.core.span import iso
from commands.config.common import of

_EACH = 5
_AROUND = timedelta(hours=6)


def menu(resource: Resource, told: Sequence[tuple[Revision, Actor]]) -> tuple[Menu, ...]:
    """One menu: who else they touched, the sessions behind, the state before each change, compliance."""
    return (Menu("Look closer…", tuple(dict.fromkeys(_choices(resource, told)))),)


def _choices(resource: Resource, told: Sequence[tuple[Revision, Actor]]) -> Iterator[Choice]:
    known = [(state, actor) for state, actor in told if actor.principal and actor.event_time]
    for _, actor in known[:_EACH]:
        yield from _of_actor(actor)
    for state, _ in told[:_EACH]:
        if state.before:
            before = iso(state.before.captured_at)
            yield Choice(
                f"As it was {before[:16].replace('T', ' ')}", ("config", "at", *of(resource), before), "State"
            )
    yield Choice("Which rules it breaks", ("config", "compliance", *of(resource)), "State")
    yield Choice("All calls that name it", ("trail", "resource", resource.id), "Calls")


def _of_actor(actor: Actor) -> Iterator[Choice]:
    at, principal = actor.event_time, actor.principal or ""
    if at is None or principal.startswith("-"):
        return
    window = ("--since", iso(at - _AROUND), "--until", iso(at + _AROUND))
    name = describe(principal).name
    yield Choice(f"What {name} did then", ("trail", "user", principal, *window), "Who")
    if ":assumed-role/" in principal:
        yield Choice(f"Who is behind {name}", ("trail", "session", principal, *window), "Who")
    if actor.access_key and actor.access_key.isalnum():
        yield Choice(f"Key {actor.access_key}", ("trail", "key", actor.access_key, *window), "Who")
