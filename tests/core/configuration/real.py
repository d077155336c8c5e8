"""Every pair of items of one resource that ../shared/data holds, in all the shapes that AWS Config gives them.

Where a notice holds one item and what changed in it, the item before is that one with the change undone.
"""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from bot.core.configuration.item import Item, Place, Related, Resource
from bot.core.configuration.opened import opened
from tests.sources.real import DATA, documents

Json = dict[str, Any]
_TYPES = {"dbclusterSnapshotArn": "AWS::RDS::DBClusterSnapshot", "groupId": "AWS::EC2::SecurityGroup"}
_UNSAID = {"configurationItemCaptureTime": 0, "configurationItemStatus": "OK"}


@dataclass(frozen=True)
class Pair:
    """Two items of one resource; `undone` where the older was made from the newer and its notice."""

    source: str
    old: Item
    new: Item
    undone: bool = False


def pairs() -> list[Pair]:
    """Each once, those of histories first."""
    found: dict[str, Pair] = {}
    for pair in (*_neighbours(), *_selected(), *_undone()):
        found.setdefault(json.dumps([key(pair.old), key(pair.new)], sort_keys=True), pair)
    return list(found.values())


def key(item: Item) -> list[Any]:
    """What the item is, as JSON."""
    related = sorted([one.type, one.id, one.relation] for one in item.relationships)
    return [
        item.resource.type,
        item.status,
        item.configuration,
        dict(item.supplementary),
        dict(item.tags),
        related,
    ]


def _neighbours() -> Iterator[Pair]:
    """Items of one resource next to each other in time."""
    of: dict[tuple[str, str], list[tuple[str, Item]]] = {}
    for where, raw, _ in _all():
        item = _item(raw)
        of.setdefault((item.resource.type.lower(), item.resource.id), []).append((where, item))
    for held in of.values():
        ordered = sorted(held, key=lambda one: (one[1].captured_at, one[1].state_id))
        for (_, old), (where, new) in pairwise(ordered):
            if old.captured_at != new.captured_at:
                yield Pair(where, old, new)


def _selected() -> Iterator[Pair]:
    """Two answers of SelectResourceConfig about one resource, in the order of their files: they have no time."""
    of: dict[str, list[tuple[str, Item]]] = {}
    for file in sorted((DATA / "config").rglob("*SelectResourceConfig*")):
        for answer in documents(file):
            for text in answer["data"]["Results"]:
                raw = json.loads(text)
                held = raw.get("configuration") or {}
                kind, identity = next(
                    ((kind, held[name]) for name, kind in _TYPES.items() if name in held), ("", "")
                )
                tags = (
                    {one["key"]: one["value"] for one in held.get("tagList") or held.get("tags") or ()}
                    if kind
                    else {}
                )
                if kind:
                    said = {"resourceType": kind, "resourceId": identity, "tags": tags, **_UNSAID}
                    of.setdefault(identity, []).append((file.name, _item(raw | said)))
    for found in of.values():
        for (_, old), (where, new) in pairwise(found):
            yield Pair(where, old, new)


def _undone() -> Iterator[Pair]:
    for where, raw, diff in _all():
        changed = (diff or {}).get("changedProperties") or {}
        if changed:
            yield Pair(where, _item(_before(raw, changed)), _item(raw), undone=True)


def _all() -> Iterator[tuple[str, Json, Json | None]]:
    for file in sorted((DATA / "config").rglob("*")):
        if file.is_file():
            for held in documents(file):
                yield from ((file.name, raw, diff) for raw, diff in _items(held))


def _items(held: object) -> Iterator[tuple[Json, Json | None]]:
    match held:
        case {"configurationItem": dict() | list() as inside}:
            yield (inside[0] if isinstance(inside, list) else inside), held.get("configurationItemDiff")
        case {"resourceType": _, "resourceId": _, **rest} if {
            "configuration",
            "configurationItemStatus",
        } & rest.keys():
            yield held, None
        case dict() | list():
            for inner in held.values() if isinstance(held, dict) else held:
                yield from _items(inner)
        case str() if held.lstrip()[:1] in ("{", "["):
            try:
                yield from _items(json.loads(held))
            except ValueError:
                return


def _before(raw: Json, changed: Mapping[str, Any]) -> Json:
    """The item with what its notice says of it undone: lists by what they held, their positions are not stable."""
    old = deepcopy(raw)
    if isinstance(old.get("configuration"), str):
        old["configuration"] = json.loads(old["configuration"])
    for path, one in changed.items():
        steps, sides = (
            path.replace("TagSet", "Tags").split("."),
            (one.get("previousValue"), one.get("updatedValue")),
        )
        if steps[0] == "Tags":
            _undo_tag(old["tags"], *sides)
        else:
            _undo(old, steps, *sides)
        if len(steps) > 2 and steps[:2] == ["SupplementaryConfiguration", "Tags"]:
            _undo_copied(old["tags"], *sides)  # of load balancers' tags a notice only tells this copy
    if any(
        path.lower() == "configuration" and one.get("updatedValue") is None for path, one in changed.items()
    ):
        old["configurationItemStatus"] = "OK"
    return old


def _undo(held: Any, steps: list[str], previous: Any, updated: Any) -> None:
    first, *rest = steps
    name = next((name for name in held if name.lower() == first.lower()), first[:1].lower() + first[1:])
    if not rest:
        held[name] = previous
    elif rest[0].isdigit():
        kept = list(held.get(name) or [])
        if updated is not None:
            held_as = next((one for one in kept if _same(one, updated)), None)
            if held_as is not None:
                kept.remove(held_as)
        held[name] = kept + ([previous] if previous is not None else [])
    else:
        held[name] = held.get(name) if isinstance(held.get(name), dict) else {}
        _undo(held[name], rest, previous, updated)


def _undo_tag(tags: Json, previous: Any, updated: Any) -> None:
    """A notice says only the tag's value: the one whose value it is."""
    name = next((name for name, value in tags.items() if value == updated), "tag")
    tags.pop(name, None)
    if previous is not None:
        tags[name] = previous


def _undo_copied(tags: Json, previous: Json | None, updated: Json | None) -> None:
    if updated:
        tags.pop(updated["key"], None)
    if previous:
        tags[previous["key"]] = previous["value"]


def _same(one: Any, other: Any) -> bool:
    """Fields differ in case and in how AWS writes a value from one notice to the next, what identifies does not."""
    if isinstance(one, dict) and isinstance(other, dict):
        small = [{name.lower(): value for name, value in held.items()} for held in (one, other)]
        return all(
            small[0].get(name) == small[1].get(name) for name in small[1] if name.endswith(("id", "key"))
        )
    return bool(one == other)


def _item(raw: Json) -> Item:
    place = Place(str(raw.get("accountId") or raw.get("awsAccountId") or ""), str(raw.get("awsRegion") or ""))
    return Item(
        resource=Resource(raw["resourceType"], raw["resourceId"], place, name=raw.get("resourceName") or ""),
        captured_at=_moment(raw["configurationItemCaptureTime"]),
        status=raw["configurationItemStatus"],
        state_id=int(raw["configurationStateId"])
        if str(raw.get("configurationStateId", "")).isdigit()
        else 0,
        configuration=opened(raw.get("configuration")),
        supplementary=opened(raw.get("supplementaryConfiguration") or {}),
        tags=raw.get("tags") or {},
        relationships=tuple(_related(one) for one in raw.get("relationships") or ()),
        availability_zone=raw.get("availabilityZone") or raw.get("availibilityZone") or "",
    )


def _related(one: Json) -> Related:
    relation = one.get("relationshipName") or one.get("name") or ""
    return Related(one["resourceType"], one.get("resourceId") or "", relation, one.get("resourceName") or "")


def _moment(said: Any) -> datetime:
    if isinstance(said, dict):
        parts = (said[name] for name in ("year", "month", "day", "hour", "minute", "second", "microsecond"))
        return datetime(*parts, tzinfo=UTC)
    if isinstance(said, float | int):
        return datetime.fromtimestamp(said, UTC)
    moment = datetime.fromisoformat(said)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
