"""An alert: one problem, in words, with what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.buttons import Ask, Button, Open
from bot.core.public.bucket import Bucket
from bot.core.sections import Paragraph
from bot.core.severity import Severity
from bot.core.text import Line, Small, When
from bot.core.view import View

TITLE = 150
"""Characters of a title at most: three lines on a phone. Sources keep to it; what is longer is cut."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """One of our own questions that a person would ask next."""

    label: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quiet:
    """An event that deliberately is no alert, and why, in a few words for people (`archived in GuardDuty`).

    `closes` is the key of the problem that it ends, if that was ever told.
    """

    reason: str
    closes: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a GuardDuty finding is kept, to archive it: its account and region, and its id there."""

    account_id: str
    region: str
    finding_id: str


@dataclass(frozen=True, slots=True)
class Alert:
    """What a source makes of an event; the same `key` is the same problem.

    `story` are the lines that say who, what, where; untrusted text stands in them only as pieces.
    `resolved` says that the problem of this key is over. `occurrence` is the same for every copy of
    one telling (redelivered, from a second region or account), and differs from one telling to the
    next; None leaves it to the envelope's id. `tags` are the resource's own, as far as the event tells.
    `sample` says that somebody made it to try the way here, and nothing happened. `adds` says that it tells more
    of what was told before (what a look at the thing itself showed), not that it happened once more. `bucket` is
    one that can be fixed from here.
    """

    key: str
    source: str
    kind: str
    severity: Severity
    title: str
    account_id: str | None = None
    account_name: str | None = None
    region: str | None = None
    resource: str | None = None
    story: tuple[Line, ...] = ()
    count: int | None = None
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    reference: str | None = None
    console_url: str | None = None
    next_steps: tuple[NextStep, ...] = ()
    resolved: bool = False
    occurrence: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    finding: Finding | None = None
    sample: bool = False
    adds: bool = False
    bucket: Bucket | None = None


def show(alert: Alert) -> View:
    """The alert as people see it: what happened first, its type small and last."""
    small = [Small(alert.kind)] + ([Small(f" · {alert.reference}")] if alert.reference else [])
    lines = (_where(alert), *alert.story, tuple(small))
    return View(
        title=alert.title,
        sections=(Paragraph(tuple(line for line in lines if line)),),
        severity=alert.severity,
        buttons=_buttons(alert),
    )


def _where(alert: Alert) -> Line:
    account = f"{alert.account_name} ({alert.account_id})" if alert.account_name else alert.account_id
    places = [place for place in (account, alert.region, alert.resource) if place]
    line: list[Line] = [(" · ".join(places),)] if places else []
    if alert.first_seen:
        line.append(("first ", When(alert.first_seen)))
    if alert.last_seen and alert.last_seen != alert.first_seen:
        line.append(("last ", When(alert.last_seen)))
    if alert.count and alert.count > 1:
        line.append((f"{alert.count:,} times",))
    return tuple(piece for n, part in enumerate(line) for piece in ((" · ", *part) if n else part))


def _buttons(alert: Alert) -> tuple[Button, ...]:
    asks: list[Button] = [
        Ask(step.label, step.words, strong=n == 0) for n, step in enumerate(alert.next_steps)
    ]
    return (*asks[:4], *((Open("Console", alert.console_url),) if alert.console_url else ()))
