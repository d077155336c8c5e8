"""An attack sequence: signals that GuardDuty's Extended Threat Detection ties to one attack.

It has no resource block and no action of its own; who, where from and what stand in the sequence
(docs: guardduty-attack-sequence-finding-types; reference: guardduty §7).
"""

from typing import Annotated, Any

from bot.core.findings.action import Listed, Part
from bot.core.findings.kind import USERS, kind
from bot.core.moment import Moment
from bot.core.spoken import folded, some
from bot.core.text import Line
from bot.core.words import spaced

_TACTICS = "ATTACK_TACTIC"
_KINDS = {
    "S3_BUCKET": "bucket",
    "ACCESS_KEY": "key",
    "EC2_INSTANCE": "instance",
    "EKS_CLUSTER": "cluster",
    "ECS_CLUSTER": "cluster",
}
_STEPS = 8


class User(Part):
    """Who acted."""

    name: str | None = None
    uid: str | None = None
    type: str | None = None


class Actor(Part):
    """One who took part."""

    user: User | None = None


class Place(Part):
    """Where an address is."""

    country: str | None = None


class Endpoint(Part):
    """An address or name that took part."""

    ip: str | None = None
    domain: str | None = None
    location: Place | None = None


class Touched(Part):
    """A resource that took part."""

    uid: str | None = None
    name: str | None = None
    resource_type: str | None = None

    @property
    def words(self) -> str:
        """`bucket acme-payroll`."""
        kind = _KINDS.get(self.resource_type or "", spaced(self.resource_type or "").lower())
        return f"{kind} {self.name or self.uid or ''}".strip()


class Signal(Part):
    """One observation: a finding, or calls seen in a log."""

    name: str | None = None
    type: str | None = None
    count: int | None = None
    first_seen_at: Moment = None
    last_seen_at: Moment = None

    @property
    def words(self) -> str:
        """`Tor IP caller`, `get object (s3)`."""
        said = self.name or ""
        if found := kind(said):
            odd = found.family == "AnomalousBehavior"
            return f"unusual {spaced(found.purpose).lower()}" if odd else spaced(found.family)
        service, colon, call = said.partition(":")
        return f"{spaced(call).lower()} ({service})" if colon else spaced(said)


class Indicator(Part):
    """What the signals have in common."""

    key: str | None = None
    values: Annotated[tuple[Any, ...], Listed] = ()


class Sequence(Part):
    """The whole of it."""

    description: str | None = None
    actors: Annotated[tuple[Actor, ...], Listed] = ()
    resources: Annotated[tuple[Touched, ...], Listed] = ()
    endpoints: Annotated[tuple[Endpoint, ...], Listed] = ()
    signals: Annotated[tuple[Signal, ...], Listed] = ()
    sequence_indicators: Annotated[tuple[Indicator, ...], Listed] = ()

    @property
    def who(self) -> tuple[str, ...]:
        """The actors' names."""
        users = [actor.user for actor in self.actors if actor.user]
        named = [(USERS.get(user.type or "", "principal"), user.name or user.uid) for user in users]
        return tuple(dict.fromkeys(f"{word} {name}" for word, name in named if name))

    @property
    def keys(self) -> tuple[str, ...]:
        """The ids of the access keys that took part."""
        return tuple(one.uid for one in self.resources if one.resource_type == "ACCESS_KEY" and one.uid)

    @property
    def buckets(self) -> tuple[str, ...]:
        """The buckets that took part."""
        return tuple(one.name for one in self.resources if one.resource_type == "S3_BUCKET" and one.name)


class Detection(Part):
    """How GuardDuty came to it."""

    sequence: Sequence | None = None


def story(told: Sequence) -> tuple[Line, ...]:
    """Who from where, what they touched, the steps, the tactics; how many signals, the title says."""
    lines = (_who(told), _touched(told), _steps(told), _tactics(told))
    return tuple(line for line in lines if line)


def _who(told: Sequence) -> Line:
    places = [
        f"{end.ip or end.domain}{f' ({end.location.country})' if end.location and end.location.country else ''}"
        for end in told.endpoints
        if end.ip or end.domain
    ]
    who = f"By {some(told.who)}" if told.who else ""
    where = f"{'from' if who else 'From'} {some(places)}" if places else ""
    return (" ".join(part for part in (who, where) if part),) if who or where else ()


def _touched(told: Sequence) -> Line:
    named = [one.words for one in told.resources if one.words]
    return (f"Touched: {some(named, 5)}",) if named else ()


def _steps(told: Sequence) -> Line:
    ordered = sorted(told.signals, key=lambda one: one.first_seen_at.timestamp() if one.first_seen_at else 0)
    steps = list(dict.fromkeys(one.words for one in ordered if one.words))
    return (f"Step by step: {some(steps, _STEPS)}",) if steps else ()


def _tactics(told: Sequence) -> Line:
    named = [str(value) for one in told.sequence_indicators if one.key == _TACTICS for value in one.values]
    return (f"Tactics: {folded(', '.join(named))}",) if named else ()
