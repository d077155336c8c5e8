"""What changed in a revision, piece by piece, each as the calls that may have done it would say it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from bot.core.configuration.change import Change, Key, Kind
from bot.core.configuration.item import Item
from bot.core.configuration.revision import Revision
from bot.trail.authorship import rules, values
from bot.trail.authorship.rules import Rule
from bot.trail.authorship.writers import TAGS, part

About = Literal["made", "gone", "tag", "rule", "document", "setting"]
RELATIONS = "relationships"
_ONE = 2
"""The steps that lead to one of several: the part, and its name."""
_GROUP = "AWS::EC2::SecurityGroup"


@dataclass(frozen=True, slots=True)
class Atom:
    """One piece: of which part, and what a call that did it holds.

    `tag` is a key with its new value; `documents` are the policies that are new, or none where one went; `keys`
    name the one of several that it is, and `name` the one policy of several. `fields` are all that Config knows of the resource, `whole` the
    part as it is afterwards (of tags: keys with values), for calls that set all of it.
    """

    about: About
    part: str = ""
    kind: Kind = "changed"
    tag: tuple[str, str | None] = ("", None)
    rule: Rule | None = None
    documents: frozenset[str] = frozenset()
    pairs: values.Pairs = frozenset()
    texts: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    name: frozenset[str] = frozenset()
    fields: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    whole: values.Pairs = field(default=frozenset(), compare=False, repr=False)


def atoms(revision: Revision) -> tuple[Atom, ...]:
    """The pieces, relations to other resources left out; none for a revision in which nothing else changed."""
    item, before = revision.item, revision.before
    if item.is_deleted:
        return (Atom("gone", kind="removed"),) if before is None or not before.is_deleted else ()
    if (before is None and not revision.before_unread) or (before and before.is_deleted):
        return (Atom("made", kind="added"),)
    if before is None or item.is_unrecorded or before.is_unrecorded:
        return ()
    own = {name.casefold() for name in item.resource.names}
    known = [item.configuration, dict(item.supplementary), before.configuration, dict(before.supplementary)]
    fields = frozenset(name for name, _ in values.pairs(known))
    return tuple(
        replace(one, fields=fields, whole=_part(item, one.part))
        for one in dict.fromkeys(_atoms(revision, before, own))
    )


def _part(item: Item, named: str) -> values.Pairs:
    if named == TAGS:
        return frozenset(item.tags.items())
    halves = [half for half in (item.configuration, dict(item.supplementary)) if isinstance(half, dict)]
    return values.pairs(
        [{key: inner} for half in halves for key, inner in half.items() if part((key,)) == named]
    )


def _atoms(revision: Revision, before: Item, own: set[str]) -> Iterator[Atom]:
    item = revision.item
    fresh = _documents(item) - _documents(before)
    lost = _documents(before) - _documents(item)
    yield from _tags(before, item)
    yield from _rules(before, item)
    for change in _each(revision.changes):
        named = part(change.path)
        if named == RELATIONS or not change.path:
            continue
        if named == TAGS:
            if before.tags == item.tags:
                yield _setting(change, named, own)
        elif (
            named in rules.PARTS
            and item.resource.type == _GROUP
            and _held(before, named) != _held(item, named)
        ):
            continue
        elif "polic" in named and (fresh or lost) and named != "attachedmanagedpolicies":
            yield _document(change, _setting(change, named, own), fresh)
        else:
            yield _setting(change, named, own)


def _each(changes: Iterable[Change]) -> Iterator[Change]:
    """A whole half of an item that is new, or gone, as its parts."""
    for change in changes:
        whole = change.before if change.kind == "removed" else change.after
        if part(change.path) or not isinstance(whole, dict):
            yield change
            continue
        for name, value in whole.items():
            old, new = (value, None) if change.kind == "removed" else (None, value)
            yield Change((*change.path, name), change.kind, old, new)


def _document(change: Change, setting: Atom, fresh: frozenset[str]) -> Atom:
    """Of several that have names, one that goes is no part of one that comes."""
    own = [step for step in change.path if part((step,))]
    several = len(own) > 1 and isinstance(own[1], Key)
    # What goes out of one that stays has changed it.
    kind: Kind = "changed" if several and len(own) > _ONE else change.kind
    stays = kind != "removed" or not several
    name = frozenset({own[1].casefold()}) if several else frozenset()
    return replace(setting, about="document", kind=kind, documents=fresh if stays else frozenset(), name=name)


def _tags(before: Item, item: Item) -> Iterator[Atom]:
    for key in sorted({*before.tags, *item.tags}):
        old, new = before.tags.get(key), item.tags.get(key)
        if old != new:
            yield Atom("tag", TAGS, _kind(old, new), tag=(key, new))


def _rules(before: Item, item: Item) -> Iterator[Atom]:
    if item.resource.type != _GROUP:
        return
    for named in rules.PARTS:
        old, new = _held(before, named), _held(item, named)
        for rule in sorted(old ^ new):
            yield Atom("rule", named, "added" if rule in new else "removed", rule=rule)


def _held(item: Item, named: str) -> frozenset[Rule]:
    return rules.held(item.configuration, named)


def _documents(item: Item) -> frozenset[str]:
    return values.documents([item.configuration, dict(item.supplementary)])


def _kind(old: object, new: object) -> Kind:
    return "added" if old is None else "removed" if new is None else "changed"


def _setting(change: Change, named: str, own: set[str]) -> Atom:
    keys = {str(step).casefold() for step in change.path if isinstance(step, Key)}
    last = next((step for step in reversed(change.path) if not isinstance(step, Key)), "")
    new, old = (_leaves(last, value) for value in (change.after, change.before))
    said = old if change.kind == "removed" else new
    differing = said - old if change.kind == "changed" else said
    pairs = frozenset((values.field(name), text) for name, text in differing if name and text not in own)
    texts = values.specific(({text for _, text in differing} | keys) - own)
    return Atom("setting", named, change.kind, pairs=pairs, texts=texts, keys=frozenset(keys - own))


def _leaves(field: str, value: Any) -> frozenset[tuple[str, str]]:
    return frozenset(values.leaves(value, field))
