"""A resource of a chosen type was made, changed or deleted. Shape: reference config §3; types: `kinds.py`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.core import steps
from bot.core.alert import TITLE, Alert, Quiet
from bot.core.configuration import kinds
from bot.core.configuration.rules import WEB
from bot.core.event import Event
from bot.core.severity import Severity
from bot.core.spoken import folded, sentence, short, some
from bot.core.text import Line
from bot.errors import BadEvent
from bot.sources.config_rules.differences import Part, line, parts
from bot.sources.config_rules.doors import Opened, closed, opened
from bot.sources.config_rules.item import Change, Item
from bot.sources.config_rules.kinds import KINDS
from bot.sources.config_rules.links import console

_NEW = timedelta(days=1)
"""Config sees everything for the first time when it is switched on; what is older than this is not new."""
_MIGHTY = {"AdministratorAccess", "IAMFullAccess", "PowerUserAccess"}
_LINES = 6


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a change; `door`: it is about a group that stands open to the internet, or did."""

    severity: Severity
    title: str
    story: tuple[Line, ...] = ()
    door: bool = False
    resolved: bool = False


def alert(event: Event) -> Alert | Quiet:
    """Quiet for other types, for old things seen first, and where only relationships or clocks moved.

    Raises ValidationError or BadEvent for what is no item's change.
    """
    change = Change.model_validate(event.detail)
    item = change.configuration_item or change.configuration_item_summary
    if item is None:
        raise BadEvent("A change of Config's without its item.")
    if item.resource_type not in KINDS:
        return Quiet("a change of a kind that is not watched")
    told = _told(change, item)
    if isinstance(told, Quiet):
        return told
    return _alert(event, item, told, gone=change.how(item) == "DELETE")


def _told(change: Change, item: Item) -> Told | Quiet:
    match change.how(item):
        case "DELETE":
            return _deleted(change, item)
        case "CREATE":
            return _created(change, item)
        case "UNRECORDED":  # the recorder was told to leave this type out: no change of the resource
            return Quiet("Config no longer records this type")
    if change.configuration_item is None:
        said: Line = ("The change is too large to be sent; Config holds it.",)
        return Told(Severity.LOW, sentence(f"{_thing(item)} was changed"), (said,))
    return _updated(change, item)


def _deleted(change: Change, item: Item) -> Told:
    severity = KINDS[item.resource_type]
    if closed(change, item):
        words = f"{_thing(item)}, which was open to the internet, was deleted"
        return Told(severity, sentence(words), door=True, resolved=True)
    return Told(severity, sentence(f"{_thing(item)} was deleted"))


def _created(change: Change, item: Item) -> Told | Quiet:
    seen, made = item.configuration_item_capture_time, item.resource_creation_time
    if seen and made and seen - made > _NEW:
        return Quiet("not new: Config only sees it for the first time")
    if found := opened(change, item):
        return _open(item, found, (("It is new.",),))
    if made:
        return Told(Severity.LOW, sentence(f"{_thing(item)} is new"))
    return Told(
        Severity.INFO,
        sentence(f"{_thing(item)} is seen for the first time"),
        (("It is new, or Config was switched on for it just now.",),),
    )


def _updated(change: Change, item: Item) -> Told | Quiet:
    changed = parts(change.properties, item.resource_type)
    story = tuple(line(part) for part in changed[:_LINES])
    story += ((f"and {len(changed) - _LINES} more",),) if len(changed) > _LINES else ()
    if told := _door(change, item, story):
        return told
    if _unblocked(change):
        words = f"{_thing(item)} is less protected from being public"
        return Told(Severity.MEDIUM, sentence(words), story)
    if given := sorted(_MIGHTY.intersection(_given(changed))):
        return Told(Severity.HIGH, sentence(f"{_thing(item)} was given {', '.join(given)}"), story)
    if not change.properties:
        said: Line = ("What changed was not sent.",)
        return Told(Severity.INFO, sentence(f"{_thing(item)} was changed"), (said,))
    if not changed:
        return Quiet("only relationships or clocks moved")
    severity = Severity.INFO if [part.name for part in changed] == ["tags"] else Severity.LOW
    names = some([part.name for part in changed])
    return Told(severity, sentence(f"{_thing(item)} was changed: {names}"), story)


def _door(change: Change, item: Item, story: tuple[Line, ...]) -> Told | None:
    if item.resource_type != "AWS::EC2::SecurityGroup":
        return None
    if found := opened(change, item):
        return _open(item, found, story)
    if doors := closed(change, item):
        words = f"{some(doors)} of {_name(item)} {_are(doors)} no longer open to the internet"
        return Told(Severity.INFO, sentence(words), story, door=True, resolved=True)
    return None


def _open(item: Item, found: Opened, story: tuple[Line, ...]) -> Told:
    """The same words for a new group and a changed one; the web's own ports are hardly news."""
    doors = found.doors
    severity = Severity.LOW if set(doors) <= WEB else Severity.HIGH
    words = f"{some(doors)} of {_name(item)} {_are(doors)} open to {found.to}"
    return Told(severity, sentence(words), story, door=True)


def _are(doors: tuple[str, ...]) -> str:
    return "is" if len(doors) == 1 and not doors[0].startswith("ports") else "are"


def _given(changed: Iterable[Part]) -> set[str]:
    return {label for part in changed if part.name == "attached policies" for label in part.added}


def _unblocked(change: Change) -> bool:
    """Whether one of the four public access blocks went from on to off."""
    blocks = (
        (_flags(path, changed.previous_value), _flags(path, changed.updated_value))
        for path, changed in change.properties.items()
        if "block" in path.lower() or "restrictpublic" in path.lower() or "ignorepublic" in path.lower()
    )
    return any(before - after for before, after in blocks)


def _flags(path: str, value: Any) -> set[str]:
    if isinstance(value, Mapping):
        return {name.lower() for name, on in value.items() if on in (True, "true")}
    return {path.rpartition(".")[2].lower()} if value in (True, "true") else set()


def _thing(item: Item) -> str:
    return f"{kinds.words(item.resource_type)} {_name(item)}"


def _name(item: Item) -> str:
    """The name people gave, the id behind it where it differs."""
    name, identity = folded(item.resource_name or "", 120), folded(short(item.resource_id), 120)
    return f"{name} ({identity})" if name and name != identity else identity


def _alert(event: Event, item: Item, told: Told, *, gone: bool) -> Alert:
    account, region = item.account_id or event.account_id, item.aws_region or event.region
    at = item.configuration_item_capture_time or event.at
    day = f"{at:%Y-%m-%d}" if at else ""
    bucket = item.resource_id if item.resource_type == "AWS::S3::Bucket" else None
    thing = f"{account or ''}:{region or ''}:{item.resource_type}:{item.resource_id}"
    # The cloudtrail source says the same of the call that opened it.
    door = f"opened:{account or ''}:{region or ''}:{item.resource_id}"
    return Alert(
        key=door if told.door else f"config_rules:change:{thing}:{day}",
        source="config_rules",
        kind=f"Change of a {kinds.words(item.resource_type).removesuffix(' of account')}, seen by Config",
        severity=told.severity,
        title=folded(told.title, TITLE),
        account_id=account,
        region=region,
        resource=_name(item),
        story=told.story,
        first_seen=at,
        reference=f"{item.resource_type} {item.resource_id}",
        console_url=console(
            region, "/resources/timeline", resourceId=item.resource_id, resourceType=item.resource_type
        ),
        next_steps=(
            *steps.changed(item.resource_type, item.resource_id, at, account or "", region or ""),
            *(() if gone else steps.explained(bucket, account)),
            *steps.who_accessed(bucket, at),
        ),
        resolved=told.resolved,
        occurrence=_occurrence(item),
        tags=item.tags,
    )


def _occurrence(item: Item) -> str | None:
    """Config's own number of this state, or when it was captured (reference: delivery §6)."""
    at = item.configuration_item_capture_time
    said = item.configuration_state_id or (at.isoformat() if at else None)
    return f"{item.resource_id}:{said}" if said else None
