"""Groups that several hands changed: two people at once, a stack, and one that was made for an hour and left open."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.embedded.incident.callers import CLI
from bot.embedded.incident.company import Place
from bot.embedded.incident.configuration.group_item import (
    ANYBODY,
    Group,
    deleted_call,
    group_gone,
    group_item,
    made_call,
    permission,
    rule_call,
)
from bot.embedded.incident.configuration.hands import CONSOLE, Step, for_somebody, signed_in
from bot.embedded.incident.configuration.item import Configured, recording_since, workday
from bot.embedded.incident.events import event
from bot.embedded.incident.story import Incident

_OPEN, _CLOSE = "AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"
_QUEUE = permission(5671, "10.20.0.0/16", "queue")
_STATUS, _METRICS = permission(8080, "203.0.113.0/24"), permission(9090, "10.20.0.0/16", "metrics")
_REDIS, _STAGING = permission(6379, "10.20.0.0/16", "web"), permission(6379, "10.30.0.0/16", "staging")
_SSH = permission(22, ANYBODY)
_NEW = {"configurationItemStatus": "ResourceDiscovered"}


def other_groups(incident: Incident) -> Iterator[Configured]:
    """Their items, each minutes after the change."""
    yield from _batch(incident)
    cache, made, changed = _cache(incident), *_stack_touched(incident)
    yield group_item(cache, made + timedelta(minutes=3, seconds=41), [_REDIS], **_NEW)
    yield group_item(cache, changed + timedelta(minutes=5, seconds=8), [_REDIS, _STAGING])
    debug, opened, gone = _debug(incident), *_debugged(incident)
    yield group_item(debug, opened + timedelta(minutes=2, seconds=33), [_SSH], **_NEW)
    yield group_gone(debug, gone + timedelta(minutes=3, seconds=19))


def other_groups_calls(incident: Incident) -> Iterator[Step]:
    """Who changed them, as CloudTrail's records of it."""
    yield from _batch_calls(incident)
    yield from _stack_calls(incident)
    debug, opened, gone = _debug(incident), *_debugged(incident)
    tomas, mika = signed_in(incident, "tomas"), signed_in(incident, "mika", agent=CLI)
    yield Step(opened - timedelta(seconds=48), made_call(tomas, debug, **CONSOLE))
    yield Step(opened, rule_call(tomas, debug, _OPEN, _SSH, **CONSOLE))
    yield Step(gone, deleted_call(mika, debug))


def _batch(incident: Incident) -> Iterator[Configured]:
    """Two changes within a minute are one item: whose is which, only the rules themselves tell."""
    batch, (first, _, dropped) = _home(incident, "batch-workers", "Nightly jobs"), _batch_changed(incident)
    yield group_item(batch, recording_since(incident) + timedelta(seconds=44), [_QUEUE], **_NEW)
    yield group_item(batch, first + timedelta(minutes=4, seconds=12), [_QUEUE, _STATUS, _METRICS])
    yield group_item(batch, dropped + timedelta(minutes=2, seconds=57), [_QUEUE, _METRICS])


def _batch_changed(incident: Incident) -> tuple[datetime, datetime, datetime]:
    first = workday(incident, 7, "10:20:11")
    return first, first + timedelta(seconds=41), workday(incident, 4, "16:02:30")


def _batch_calls(incident: Incident) -> Iterator[Step]:
    batch, (first, second, dropped) = (
        _home(incident, "batch-workers", "Nightly jobs"),
        _batch_changed(incident),
    )
    priya, elena = signed_in(incident, "priya"), signed_in(incident, "elena", agent=CLI)
    yield Step(first, rule_call(priya, batch, _OPEN, _STATUS, **CONSOLE))
    yield Step(second, rule_call(elena, batch, _OPEN, _METRICS))
    yield Step(dropped, rule_call(signed_in(incident, "jonas", agent=CLI), batch, _CLOSE, _STATUS))


def _stack_touched(incident: Incident) -> tuple[datetime, datetime]:
    return workday(incident, 23, "13:12:20"), workday(incident, 8, "11:30:04")


def _stack_calls(incident: Incident) -> Iterator[Step]:
    """Priya creates and updates a stack; CloudFormation does the rest with her credentials."""
    cache, (made, changed), priya = _cache(incident), _stack_touched(incident), signed_in(incident, "priya")
    by_stack = for_somebody(priya)
    for at, api in ((made, "CreateStack"), (changed, "UpdateStack")):
        asked = {"stackName": "acme-cache", "capabilities": ["CAPABILITY_IAM"]}
        fields = {"requestParameters": asked, "responseElements": {"stackId": _stack(incident)}}
        call = event(priya, cache.place, f"cloudformation:{api}", **fields, **CONSOLE)
        yield Step(at - timedelta(seconds=9), call)
    yield Step(made, made_call(by_stack, cache))
    yield Step(made + timedelta(seconds=4), rule_call(by_stack, cache, _OPEN, _REDIS))
    yield Step(changed, rule_call(by_stack, cache, _OPEN, _STAGING))


def _stack(incident: Incident) -> str:
    place, digits = (
        Place(incident.prod.id, incident.home_region),
        incident.hexadecimal("stack/acme-cache", 32),
    )
    ident = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
    return f"arn:aws:cloudformation:{place.region}:{place.account_id}:stack/acme-cache/{ident}"


def _cache(incident: Incident) -> Group:
    tags = {
        "aws:cloudformation:stack-name": "acme-cache",
        "aws:cloudformation:stack-id": _stack(incident),
        "aws:cloudformation:logical-id": "CacheGroup",
    }
    inside = [("AWS::CloudFormation::Stack", _stack(incident), "Is contained in Stack")]
    group = _home(incident, "cache-prod", "Redis")
    return Group(group.ident, group.name, group.description, group.place, group.vpc_id, tags, inside)


def _debug(incident: Incident) -> Group:
    return _home(incident, "tmp-debug", "delete me")


def _debugged(incident: Incident) -> tuple[datetime, datetime]:
    """When it was opened to everybody, and when somebody else deleted it."""
    opened = workday(incident, 5, "10:02:37")
    return opened, opened + timedelta(hours=1, minutes=44, seconds=51)


def _home(incident: Incident, name: str, description: str) -> Group:
    place, ident = Place(incident.prod.id, incident.home_region), f"sg-{incident.hexadecimal(name, 17)}"
    return Group(ident, name, description, place, incident.vpc_id, {"Name": name})
