"""Every real event of ../shared/data that a queue could have brought, as the pipeline would read it."""

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.core.event import Event
from bot.pipeline.reading import unwrap

DATA = Path(__file__).parents[3] / "shared/data"
ACCOUNT, REGION = "999900001111", "eu-west-1"
"""Of the envelope, where a sample has none."""
_PUT_EVENTS = {"DetailType": "detail-type", "Source": "source", "Detail": "detail", "Time": "time"}


def real() -> Iterator[Event]:
    """All of them but CloudTrail's."""
    yield from findings()
    for folder in ("config", "advisor/eventbridge", "billing"):
        for file in sorted(path for path in (DATA / folder).rglob("*") if path.is_file()):
            if not file.parent.name.startswith(("api-", "alarm-api-", "aws-cli", "cost-explorer")):
                yield from (event for held in documents(file) if (event := _event(held)) is not None)


def findings() -> Iterator[Event]:
    """GuardDuty's, out of every container; those that its API answered with small letters first."""
    for file in sorted((DATA / "guardduty").glob("*.json")):
        for held in documents(file):
            for detail in _findings(held):
                yield Event("aws.guardduty", "GuardDuty Finding", detail, None, ACCOUNT, REGION)


def calls(*folders: str) -> Iterator[Event]:
    """CloudTrail's records of these folders, as EventBridge would bring each."""
    for folder in folders:
        for file in sorted(path for path in (DATA / "cloudtrail" / folder).rglob("*") if path.is_file()):
            for held in documents(file):
                for record in _records(held):
                    yield Event("aws.x", "AWS API Call via CloudTrail", record, None, ACCOUNT, REGION)


def documents(file: Path) -> Iterator[object]:
    """What the file holds: a JSON value, several one after the other, or a text."""
    raw = file.read_bytes()
    text = (gzip.decompress(raw) if file.suffix == ".gz" else raw).decode(errors="replace").strip()
    rest = text
    while rest:
        try:
            held, end = json.JSONDecoder().raw_decode(rest)
        except ValueError:
            yield rest if rest == text else None
            return
        yield held
        rest = rest[end:].strip()


def _event(held: object) -> Event | None:  # noqa: PLR0911 - one return a form
    """The message that it is, out of Lambda's, PutEvents' and the documentation's forms; None for an API's answer."""
    match held:
        case str():
            return unwrap(held)
        case {"Records": [{"Sns": {"Message": str()} as body}, *_]}:
            return unwrap(json.dumps(body | {"Type": "Notification"}))
        case {"Message": dict(inner)}:
            return unwrap(json.dumps(held | {"Message": json.dumps(inner)}))
        case [{"DetailType": _, "Detail": str(detail)} as put, *_]:
            named = {_PUT_EVENTS[name]: value for name, value in put.items() if name in _PUT_EVENTS}
            return _event(named | {"detail": json.loads(detail)})
        case {"invokingEvent": str(inside)}:
            return unwrap(inside)
        case {"detail-type": _, "source": str(source)}:
            # Authors of tests write `awsmock.` because only AWS itself can send `aws.`.
            aws = source.replace("awsmock.", "aws.").replace("awshealth.mock", "aws.health")
            where = {"account": ACCOUNT, "region": REGION}
            return unwrap(json.dumps(where | dict(held) | {"source": aws}))
        case {"Type": "Notification"} | {"messageType": _} | {"anomalyId": _} | {"AlarmName": _}:
            return unwrap(json.dumps(held))
    return None


def _findings(held: object) -> Iterator[Mapping[str, object]]:
    match held:
        case dict():
            small = {name[:1].lower() + name[1:]: value for name, value in held.items()}
            if {"severity", "type"} <= small.keys() and small.keys() & {"service", "resource"}:
                yield _small(held)
                return
            for inner in held.values():
                yield from _findings(inner)
        case list():
            for inner in held:
                yield from _findings(inner)
        case str() if held.lstrip().startswith("{"):
            yield from _findings(json.loads(held))


def _small(value: object) -> object:
    match value:
        case dict():
            return {name[:1].lower() + name[1:]: _small(inner) for name, inner in value.items()}
        case list():
            return [_small(inner) for inner in value]
    return value


def _records(held: object) -> Iterator[Mapping[str, object]]:
    if isinstance(held, dict) and "eventSource" in held and "eventName" in held:
        yield held
    elif isinstance(held, dict | list):
        for inner in held.values() if isinstance(held, dict) else held:
            yield from _records(inner)
