"""How what is not recorded is turned on: command lines of AWS's that can be pasted.

put-event-selectors replaces all selectors that a trail has, and takes it in its home region only (docs: CloudTrail
API reference, PutEventSelectors): so the lines hold what is there already, and what is to be added.
"""

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from bot.core.coverage.trails import Trail
from bot.core.recording import Recorded
from commands.trail.coverage import Answer, Coverage

PRICE: Final = "AWS charges about $1 per million of these events, and S3 for keeping them (aws.amazon.com/cloudtrail/pricing)."
_MOST_BASIC = 5  # docs: CloudTrail user guide, Quotas
_LONGEST = 950  # a message's line holds 1,000 characters: what is cut can't be pasted


@dataclass(frozen=True, slots=True)
class Fix:
    """What a line turns on, the line, and what it costs."""

    words: str
    line: str
    price: str = ""


class Selector(NamedTuple):
    """The same selector in both forms; a trail has one form or the other."""

    basic: Mapping[str, Any]
    advanced: Mapping[str, Any]


def fixes(request: Coverage, answer: Answer) -> Iterator[Fix]:
    """The likeliest first; none where nothing is off, or where AWS did not say what is on."""
    for trail in answer.trails.found:
        if trail.status and not trail.status.logging:
            yield Fix(f"Let {trail.name} log again", _line(trail, "start-logging", "--name", trail.arn))
    chosen = _best(answer.trails.found)
    if chosen is None:
        return
    yield from _selectors(chosen, request, answer)
    if not any(trail.multi_region for trail in answer.trails.found):
        line = _line(chosen, "update-trail", "--name", chosen.arn, "--is-multi-region-trail")
        yield Fix(f"Let {chosen.name} record every region", line)


def _lacking(found: Recorded) -> bool:
    return bool({found.reads, found.writes} & {"none", "some"})


def _stopped(answer: Answer, what: str) -> bool:
    """Whether a trail that is off would record all of it: then turning it on is enough."""
    kinds = (f"{what}_reads", f"{what}_writes")
    return any(
        row.logging is False and all(getattr(row, kind) == "all" for kind in kinds) for row in answer.rows
    )


def _selectors(chosen: Trail, request: Coverage, answer: Answer) -> Iterator[Fix]:
    """One line for all that is to be added: a second one would take away what the first has put."""
    words, price, more = [], "", []
    if _lacking(answer.management) and not _stopped(answer, "management"):
        words.append("all management calls (the first copy is free)")
        more.append(_MANAGEMENT)
    if request.bucket and _lacking(answer.objects) and not _stopped(answer, "object"):
        words.append(f"all calls on objects of {request.bucket}")
        more.append(_objects(f"arn:{chosen.arn.split(':')[1]}:s3:::{request.bucket}/", request.bucket))
        price = PRICE
    if more:
        yield Fix(f"Record {', and '.join(words)}", _with(chosen, more), price)


def _objects(arn: str, bucket: str) -> Selector:
    return Selector(
        {
            "ReadWriteType": "All",
            "IncludeManagementEvents": False,
            "DataResources": [{"Type": "AWS::S3::Object", "Values": [arn]}],
        },
        {
            "Name": f"Objects of {bucket}",
            "FieldSelectors": [
                {"Field": "eventCategory", "Equals": ["Data"]},
                {"Field": "resources.type", "Equals": ["AWS::S3::Object"]},
                {"Field": "resources.ARN", "StartsWith": [arn]},
            ],
        },
    )


_MANAGEMENT: Final = Selector(
    {"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": []},
    {
        "Name": "Management events",
        "FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}],
    },
)


def _best(trails: tuple[Trail, ...]) -> Trail | None:
    """The trail to change: one that logs, of all regions, whose selectors are known (nobody else's then)."""
    known = [trail for trail in trails if trail.selectors is not None]
    off = {trail.arn for trail in known if trail.status and not trail.status.logging}
    return min(known, key=lambda one: (one.arn in off, not one.multi_region, one.arn), default=None)


def _with(trail: Trail, more: list[Selector]) -> str:
    """Empty where the trail has no room for them, or would make a line too long to be pasted."""
    held = trail.selectors or {}
    old, new = list(held.get("EventSelectors") or ()), list(held.get("AdvancedEventSelectors") or ())
    if old:
        option, put = "--event-selectors", [*old, *(one.basic for one in more)]
    else:
        # Without any of its own it records all management events, and would lose them.
        kept = new or ([] if _MANAGEMENT in more else [_MANAGEMENT.advanced])
        option, put = "--advanced-event-selectors", [*kept, *(one.advanced for one in more)]
    text = json.dumps(put, separators=(",", ":"))
    line = _line(trail, "put-event-selectors", "--trail-name", trail.arn, option, text)
    fits = len(line) <= _LONGEST and not (old and len(put) > _MOST_BASIC)
    return line if fits else ""


def _line(trail: Trail, *words: str) -> str:
    return shlex.join(("aws", "cloudtrail", *words, "--region", trail.home_region))
