"""What differs between two items, and what moves by itself among it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypeGuard

from bot.core.configuration.canonical import canonical
from bot.core.configuration.change import Change, Difference, Key, Whole
from bot.core.configuration.item import Item
from bot.core.configuration.noise import is_noise
from bot.core.configuration.normal import Tree, normal


def differ(old: Item | None, new: Item) -> Difference:
    """What is other in `new` than in `old`; nothing for the first item there is, and where either's state is not known.

    A deletion is one change, of the empty path: before it the last state there was. So is being made again.
    """
    if old is None or _is_blind(old) or _is_blind(new) or (old.is_deleted and new.is_deleted):
        return Difference(())
    if old.is_deleted:
        return Difference((Change((), "added", after=normal(new)),))
    if new.is_deleted:
        return Difference((Change((), "removed", before=normal(old)),))
    found = [(is_noise(one, new.resource.type), one) for one in compared(normal(old), normal(new))]
    return Difference(*(tuple(one for moves, one in found if moves is wanted) for wanted in (False, True)))


def compared(old: Mapping[str, Any], new: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[Change]:
    """All that differs between two normal forms, in the order of names; a set that comes or goes, one by one."""
    for step in sorted({**old, **new}):
        here = (*path, step)
        if step not in old:
            yield from _each(new[step], here, "added")
        elif step not in new:
            yield from _each(old[step], here, "removed")
        elif _is_open(old[step]) and _is_open(new[step]) and _is_set(old[step]) == _is_set(new[step]):
            yield from compared(old[step], new[step], here)
        elif canonical(old[step]) != canonical(new[step]):
            yield Change(here, "changed", old[step], new[step])


def _each(value: Any, path: tuple[str, ...], kind: Literal["added", "removed"]) -> Iterator[Change]:
    if _is_set(value):
        for key in sorted(value):
            yield from _each(value[key], (*path, key), kind)
    else:
        yield Change(path, kind, **{"after" if kind == "added" else "before": value})


def applied(tree: Mapping[str, Any], changes: Iterable[Change]) -> Tree:
    """The normal form after the changes: `applied(normal(old), changes and noise)` is `normal(new)`."""
    held = dict(tree)
    for change in changes:
        held = _put(held, change.path, change) if change.path else dict(change.after or {})
    return held


def _put(tree: Mapping[str, Any], path: tuple[str, ...], change: Change) -> Tree:
    step, *deeper = path
    if deeper:
        held = _put(tree.get(step, {}), tuple(deeper), change)
        is_gone = not held and isinstance(deeper[0], Key)  # a set without elements is no set
        return _without(tree, step) if is_gone else {**tree, step: held}
    return _without(tree, step) if change.kind == "removed" else {**tree, step: change.after}


def _without(tree: Mapping[str, Any], step: str) -> Tree:
    return {name: value for name, value in tree.items() if name != step}


def _is_open(value: object) -> TypeGuard[Mapping[str, Any]]:
    """Whether what differs within is worth telling, one by one."""
    return isinstance(value, Mapping) and not isinstance(value, Whole)


def _is_blind(item: Item) -> bool:
    return item.is_unrecorded and not item.is_deleted


def _is_set(value: object) -> bool:
    """Whether it is a list whose order means nothing, by keys; such a one is never empty."""
    return _is_open(value) and bool(value) and all(isinstance(key, Key) for key in value)
