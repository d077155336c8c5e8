"""What is said of a deafness: what we do not hear, what that means, and the line that mends it."""

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.core.alert import Alert
from bot.core.hearing.senses import Sense
from bot.core.regions import console, is_code
from bot.core.severity import Severity
from bot.core.spoken import folded, some
from bot.core.text import Code, Line, Small

SOURCE = "noroshi"
_TITLE = 150
_PARTITIONS = (("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"))
_UNITS = (("day", 1440), ("hour", 60), ("minute", 1))


@dataclass(frozen=True, slots=True)
class Part:
    """A thing of AWS's that tells us: how it is called, how bad it is when it stops, what that means."""

    name: str
    thing: str
    service: str
    severity: Severity
    means: str
    page: str


DETECTOR = Part(
    "detector",
    "the GuardDuty detector",
    "GuardDuty",
    Severity.HIGH,
    "Whatever happens there becomes no finding, and reaches nobody.",
    "guardduty/home",
)
TRAIL = Part(
    "trail",
    "the trail",
    "CloudTrail",
    Severity.HIGH,
    "Sensitive calls there reach nobody (EventBridge has them only while a trail logs), and /trail ends there.",
    "cloudtrailv2/home",
)
RECORDER = Part(
    "recorder",
    "the Config recorder",
    "AWS Config",
    Severity.MEDIUM,
    "Changes and broken rules there reach nobody, and Config's history ends there.",
    "config/home",
)
PARTS = (DETECTOR, TRAIL, RECORDER)


def alert(key: str, kind: str, severity: Severity, title: str, *story: Line) -> Alert:
    """A deafness as every other problem is told; empty lines are left out."""
    said = tuple(line for line in story if line)
    return Alert(
        key=f"{SOURCE}:{key}",
        source=SOURCE,
        kind=f"Noroshi's own hearing · {kind}",
        severity=severity,
        title=folded(title, _TITLE),
        story=said,
    )


def at(told: Alert, account_id: str, region: str | None = None, page: str = "") -> Alert:
    """The alert with its place, and the console's page there."""
    url = f"https://{console(region)}/{page}?region={region}" if region and page and is_code(region) else None
    return replace(told, account_id=account_id, region=region, console_url=url)


def well(told: Alert, title: str) -> Alert:
    """The same problem, over."""
    return replace(told, title=folded(title, _TITLE), story=(), resolved=True)


def either(deafness: Alert, again: str, *, deaf: bool) -> Alert:
    """The deafness if we are, else that it is over."""
    return deafness if deaf else well(deafness, again)


def place(account_id: str, regions: Sequence[str]) -> str:
    """`account 111122223333 (eu-west-1, us-east-1)`."""
    return f"account {account_id} ({some(regions, 2)})" if regions else f"account {account_id}"


def stopped(part: Part, sense: Sense, name: str) -> str:
    """What became of it, in a few words; `name` is what it was called when it was last there."""
    called = f" {name.rpartition('/')[2]}" if part is TRAIL and name else ""
    if sense.state == "none":
        return f"{part.thing}{called} is gone"
    if sense.reason:
        return f"{part.thing}{called} can't record"
    return f"{part.thing}{called} is {'not logging' if part is TRAIL else 'off'}"


def mend(part: Part, sense: Sense, name: str, account_id: str, region: str) -> Line:
    """What to do, as one line for a shell; names are AWS's, and so quoted."""
    return ("Mend it: ", Code(_command(part, sense, name, account_id, region)))


def because(reason: str) -> Line:
    """AWS's own words, small."""
    return (Small(f"AWS says: {folded(reason)}"),) if reason else ()


def long(length: timedelta) -> str:
    """`12 minutes`, `3 hours`, `7 days`: whole units, rounded down, never less than one minute."""
    minutes = max(1, length // timedelta(minutes=1))
    unit, size = next(each for each in _UNITS if minutes >= 2 * each[1] or each[1] == 1)
    return f"{minutes // size:,} {unit}{'s' if minutes > 1 else ''}"


def _command(part: Part, sense: Sense, name: str, account_id: str, region: str) -> str:
    there, gone = f"--region {shlex.quote(region)}", sense.state == "none"
    match part.name:
        case "detector":
            known = name and not gone
            how = f"update-detector --detector-id {shlex.quote(name)}" if known else "create-detector"
            return f"aws guardduty {how} --enable {there}"
        case "trail" if name and not gone:
            # A trail is started where it was made: arn:PARTITION:cloudtrail:HOME:ACCOUNT:trail/NAME.
            home = shlex.quote((name.split(":") + [region] * 4)[3])
            return f"aws cloudtrail start-logging --name {shlex.quote(name)} --region {home}"
        case "trail":
            return "noroshi doctor --only trail"
        case _ if gone:
            return _new_recorder(name or "default", account_id, region)
        case _ if sense.reason:
            return f"aws configservice describe-delivery-channel-status {there}"
        case _:
            return _started(name, there)


def _new_recorder(name: str, account_id: str, region: str) -> str:
    partition = next((each for start, each in _PARTITIONS if region.startswith(start)), "aws")
    linked = "role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"
    recorder = json.dumps({"name": name, "roleARN": f"arn:{partition}:iam::{account_id}:{linked}"})
    there = f"--region {shlex.quote(region)}"
    made = f"aws configservice put-configuration-recorder --configuration-recorder {shlex.quote(recorder)} {there}"
    return f"{made} && {_started(name, there)}"


def _started(name: str, there: str) -> str:
    named = f"--configuration-recorder-name {shlex.quote(name)}"
    return f"aws configservice start-configuration-recorder {named} {there}"
