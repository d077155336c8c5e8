"""EventBridge for the events of AWS's own services.

PutEvents makes up an id and a time, and is refused `aws.` sources by the real thing; services put
their events on their account's default bus as they are. Rules and patterns are moto's; targets are
served here, because moto fills them in by replacing `<words>`, also those inside the event.
"""

import copy
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from moto.events.models import Rule, events_backends
from moto.sqs.models import sqs_backends

from bot.embedded.aws.patterns import readings

_READS_TOO = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
_SHAPING = ("Input", "InputPath", "InputTransformer")


def emit(event: Mapping[str, Any], *, bus: str = "default", place: tuple[str, str] | None = None) -> int:
    """Put a whole event on the bus of its account and region; gives how many queues took it.

    A rule whose target is a bus elsewhere carries the event there unchanged, account, region, id and
    time included, and only once: EventBridge does not send on what it was sent. Raises
    NotImplementedError for targets other than queues and buses, and for shaped input.
    """
    account_id, region = place or (str(event["account"]), str(event["region"]))
    found = events_backends[account_id][region].event_buses.get(bus)
    rules = [rule for rule in found.rules.values() if _listens(rule, event)] if found else []
    return sum(
        _deliver(target, event, forwarded=place is not None)
        for rule in rules
        if _matches(rule, event)
        for target in rule.targets
    )


def _listens(rule: Rule, event: Mapping[str, Any]) -> bool:
    """Whether the rule's state lets it see the event: management calls that only read need a state of their own.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
    """
    if str(event.get("detail-type", "")).endswith(" via CloudTrail") and _only_reads(event.get("detail", {})):
        return bool(rule.state == _READS_TOO)
    return rule.state in {"ENABLED", _READS_TOO}


def _only_reads(call: Mapping[str, Any]) -> bool:
    return call.get("readOnly") is True and call.get("eventCategory", "Management") == "Management"


def _matches(rule: Rule, event: Mapping[str, Any]) -> bool:
    # moto's patterns know the time as a number.
    told = copy.deepcopy(dict(event)) | {"time": datetime.fromisoformat(str(event["time"])).timestamp()}
    wanted = rule.event_pattern
    return any(wanted.matches_event(each) for each in readings(told, wanted.get_pattern()))


def _deliver(target: Mapping[str, Any], event: Mapping[str, Any], *, forwarded: bool) -> int:
    arn = str(target["Arn"])
    _, _, service, region, account_id, name = arn.split(":", 5)
    if service == "events" and name.startswith("event-bus/"):
        return 0 if forwarded else emit(event, bus=name.partition("/")[2], place=(account_id, region))
    if service != "sqs" or any(key in target for key in _SHAPING):
        raise NotImplementedError(
            f"the AWS stand-in delivers whole events to queues and buses only, not to {arn}"
        )
    sqs_backends[account_id][region].send_message(queue_name=name, message_body=json.dumps(event))
    return 1
