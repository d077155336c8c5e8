"""The incident as it reaches the on-call channel, step by step."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.embedded.incident.company import Place
from bot.embedded.incident.findings import Finding, eventbridge, findings
from bot.embedded.incident.news import aws, calls, group, money, opened
from bot.embedded.incident.news.envelope import News, OnBus, Sampled
from bot.embedded.incident.story import Incident

Tell = Callable[[datetime], Sequence[News]]
_MORE = 38


@dataclass(frozen=True)
class Step:
    """What happens next, in a few words, and the news of it; `tell` takes the present.

    `ends` is the news by which AWS says that it is over, where it ever does.
    """

    name: str
    tell: Tell
    ends: Tell | None = None


def steps(incident: Incident) -> list[Step]:
    """The whole story, in the order in which it is told."""
    stolen, tor, probed, mining, attack = findings(incident)
    again = _again(stolen, incident.times.last_seen, 1)
    return [
        _found("The payroll bucket is read by a leaked key", stolen),
        _found("The key is used from Tor", tor),
        Step("The reading goes on: same problem, same thread", lambda _at: _event(again)),
        _call(incident, "The thief makes a second key", "CreateAccessKey"),
        _call(incident, "The thief tries to stop the trail", "StopLogging"),
        Step(
            "The thief opens port 22: the call",
            lambda _at: calls.of_thief(incident, "AuthorizeSecurityGroupIngress"),
        ),
        Step(
            "Config saw it too: same problem, same thread",
            lambda _at: group.opened(incident),
            lambda at: group.closed(incident, at),
        ),
        Step(
            "A Config rule is broken by it",
            lambda _at: group.broken(incident),
            lambda at: group.kept_again(incident, at),
        ),
        _found("Port 22 is probed", probed),
        _call(incident, "GPU machines start in a region where nothing ever ran", "RunInstances"),
        _found("They talk to a mining pool", mining),
        _found("GuardDuty ties it together: Critical", attack),
        Step("The probing is archived in GuardDuty: over", lambda at: archived(probed, at)),
        Step("The machines cost money: an anomaly", lambda at: money.anomaly(incident, at, hours=3.3)),
        Step(
            "The bill passes its alarm, by SNS",
            lambda at: money.bill(at, incident),
            lambda at: money.bill(at, incident, over=False),
        ),
        Step("A budget says so too, in plain text", lambda at: money.budget(at, incident)),
        Step(
            "AWS Health: the key is public",
            lambda at: aws.key_exposed(incident, at),
            lambda at: aws.key_exposed(incident, at, closed=True),
        ),
        Step("Trusted Advisor: a key is old", lambda at: aws.key_is_old(incident, at)),
        Step("Somebody closes port 22", lambda at: group.closed(incident, at)),
        Step("The Config rule is kept again: over", lambda at: group.kept_again(incident, at)),
        Step("Hours later the anomaly has grown: worse", lambda at: money.anomaly(incident, at, hours=7.6)),
        Step(
            "A colleague opens a bucket: is it public? It is looked at",
            lambda at: opened.opened(incident, at),
            lambda at: opened.closed(incident, at),
        ),
        Step("Something that Noroshi has no words for", lambda at: aws.shared_outside(incident, at)),
        Step("A sample finding, labelled", lambda _at: (_sample(incident),)),
    ]


def goes_on(incident: Incident, at: datetime, times: int) -> Sequence[News]:
    """The payroll bucket is being read right now, seen for the so-manieth time beyond the story."""
    return _event(_again(findings(incident)[0], at, times + 1))


def archived(finding: Finding, at: datetime) -> Sequence[News]:
    """The finding's event once it is archived: GuardDuty goes on sending such, and they end the problem."""
    detail = deepcopy(finding.detail)
    detail["service"]["archived"] = True
    detail["updatedAt"] = f"{at:%Y-%m-%dT%H:%M:%S}.000Z"
    return _event(Finding(at, detail))


def _found(name: str, finding: Finding) -> Step:
    return Step(name, lambda _at: _event(finding), lambda at: archived(finding, at))


def _call(incident: Incident, name: str, api: str) -> Step:
    return Step(name, lambda _at: calls.of_thief(incident, api))


def _again(finding: Finding, at: datetime, times: int) -> Finding:
    """The same finding a while later: its count grows, its id stays."""
    detail = deepcopy(finding.detail)
    service = detail["service"]
    service["count"] += _MORE * times
    service["eventLastSeen"] = detail["updatedAt"] = f"{at:%Y-%m-%dT%H:%M:%S}.000Z"
    return Finding(at + timedelta(seconds=1), detail)


def _event(finding: Finding) -> tuple[OnBus, ...]:
    return (OnBus(eventbridge(finding)),)


def _sample(incident: Incident) -> Sampled:
    place = Place(incident.prod.id, incident.home_region)
    return Sampled(place, "Discovery:IAMUser/AnomalousBehavior")
