"""What differs between two items of a resource."""

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["added", "removed", "changed"]


class Key(str):
    """A step of a path that is no field of AWS's but a key of a set: a tag's, a rule's, an id."""

    __slots__ = ()


class Whole(dict[str, Any]):
    """An object that only means something as one: a rule, a statement, a route. It is compared as one."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, in the items' normal form (`bot.core.configuration.normal`).

    `path` leads to it, keys of sets among its steps (`("configuration", "ipPermissions", "tcp 22", "0.0.0.0/0")`);
    the empty path is the resource itself, made or deleted. `before` is None where it was added, `after` where it
    was removed; both are plain JSON values.
    """

    path: tuple[str, ...]
    kind: Kind
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs; `noise` are the changes that move by themselves, by the type's own list."""

    changes: tuple[Change, ...]
    noise: tuple[Change, ...] = ()
