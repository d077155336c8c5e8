"""What of a revision is a danger: something was opened to everybody, or a protection turned off."""

from datetime import timedelta

from bot.core.configuration.change import Difference
from bot.core.configuration.diff import differ
from bot.core.configuration.exposed import DOOR, exposed
from bot.core.configuration.exposed_policies import Open
from bot.core.configuration.item import Item
from bot.core.configuration.revision import Flag
from bot.core.configuration.switches import turned_off
from bot.core.spoken import some

_NEW = timedelta(days=1)
"""Config sees everything for the first time when it is switched on; what is older than this is not new."""
_GOING = "PendingDeletion"


def flags(old: Item | None, new: Item, difference: Difference | None = None) -> tuple[Flag, ...]:
    """The dangers that came with `new`, each once: what was opened, then what was turned off.

    () for a deletion, and where a state is not known. Without an older item: what stands open, where the resource is itself new. `difference` is that of the two,
    where it was made already.
    """
    if new.is_deleted or new.is_unrecorded or (old and old.is_unrecorded and not old.is_deleted):
        return ()
    if old is None or old.is_deleted:
        return _opened({}, exposed(new)) if old or _is_new(new) else ()
    opened = _opened(exposed(old), exposed(new))
    return (*opened, *turned_off((difference or differ(old, new)).changes), *_going(old, new))


def _is_new(item: Item) -> bool:
    """Also where it is not said when it was made: a group's item never says."""
    return item.created_at is None or item.captured_at - item.created_at <= _NEW


def _opened(before: Open, after: Open) -> tuple[Flag, ...]:
    fresh: dict[str, list[str]] = {}
    for (code, what), words in after.items():
        if (code, what) not in before:
            fresh.setdefault(code, []).append(words)
    doors = sorted(set(fresh.pop(DOOR, [])))
    front = (Flag(DOOR, f"{some(doors)} open to the internet"),) if doors else ()
    return front + tuple(Flag(code, some(list(dict.fromkeys(words)))) for code, words in fresh.items())


def _going(old: Item, new: Item) -> tuple[Flag, ...]:
    """A KMS key that will be deleted takes all it encrypted with it."""
    states = [
        held.configuration.get("keyState") if isinstance(held.configuration, dict) else ""
        for held in (old, new)
    ]
    return (
        (Flag("key-going", "the key is scheduled for deletion"),) if states[1] == _GOING != states[0] else ()
    )
