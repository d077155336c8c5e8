"""Does a trail record the calls on a bucket's objects? Decided from its event selectors, basic or advanced.

Rules: docs, CloudTrail API reference GetEventSelectors; user guide, Logging data events (reference §4).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Verdict = Literal["all", "some", "none", "unknown"]
_OBJECT = "AWS::S3::Object"
_EVERYTHING = frozenset({"arn:aws:s3", "arn:aws:s3:::"})
_PARTITION = re.compile(r"^arn:aws[a-z-]+:")
_ALWAYS = frozenset({"eventCategory", "resources.type", "resources.ARN", "readOnly"})
_ORDER: tuple[Verdict, ...] = ("none", "some", "all")


@dataclass(frozen=True, slots=True)
class Recorded:
    """How much of the calls on a bucket's objects is recorded; `some` is a part of the keys or of the calls."""

    reads: Verdict
    writes: Verdict

    def __or__(self, other: "Recorded") -> "Recorded":
        """What two selectors, or two trails, record together."""
        return Recorded(_more(self.reads, other.reads), _more(self.writes, other.writes))


NOTHING = Recorded("none", "none")
UNKNOWN = Recorded("unknown", "unknown")


def recorded(selectors: Mapping[str, Any], bucket: str) -> Recorded:
    """What one trail records, from GetEventSelectors' answer: it holds basic or advanced ones, never both."""
    found = [_basic(one, bucket) for one in selectors.get("EventSelectors") or ()]
    found += [_advanced(one, bucket) for one in selectors.get("AdvancedEventSelectors") or ()]
    return together(found)


def together(found: Iterable[Recorded]) -> Recorded:
    """What several record together."""
    whole = NOTHING
    for one in found:
        whole |= one
    return whole


def by_field(selector: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """An advanced selector's conditions by the field that they are about; all of them hold at once."""
    return {field["Field"]: field for field in selector.get("FieldSelectors") or ()}


def in_aws(arn: str) -> str:
    """The ARN as if it were in the partition `aws`, so that `aws-cn` and `aws-us-gov` compare alike."""
    return _PARTITION.sub("arn:aws:", arn)


def _more(one: Verdict, other: Verdict) -> Verdict:
    if "unknown" in (one, other):
        return "all" if "all" in (one, other) else "unknown"
    return max(one, other, key=_ORDER.index)


def _basic(selector: Mapping[str, Any], bucket: str) -> Recorded:
    values = [
        in_aws(value)
        for resource in selector.get("DataResources") or ()
        if resource.get("Type") == _OBJECT
        for value in resource.get("Values") or ()
    ]
    if any(value in _EVERYTHING or value == f"arn:aws:s3:::{bucket}/" for value in values):
        verdict: Verdict = "all"
    else:
        verdict = "some" if any(value.startswith(f"arn:aws:s3:::{bucket}/") for value in values) else "none"
    kind = selector.get("ReadWriteType", "All")
    return Recorded(verdict if kind != "WriteOnly" else "none", verdict if kind != "ReadOnly" else "none")


def _advanced(selector: Mapping[str, Any], bucket: str) -> Recorded:
    fields = by_field(selector)
    if fields.get("eventCategory", {}).get("Equals") != ["Data"]:
        return NOTHING
    if _OBJECT not in fields.get("resources.type", {}).get("Equals", []):
        return NOTHING
    verdict = _arn(fields.get("resources.ARN"), bucket)
    # A filter on names or callers leaves calls out that this can't see.
    if verdict == "all" and set(fields) - _ALWAYS:
        verdict = "some"
    only = fields.get("readOnly", {}).get("Equals", ["true", "false"])
    return Recorded(verdict if "true" in only else "none", verdict if "false" in only else "none")


def _arn(field: Mapping[str, Any] | None, bucket: str) -> Verdict:
    """Positive operators OR, negative ones AND, both groups AND (docs: AdvancedFieldSelector)."""
    if field is None:
        return "all"
    objects = f"arn:aws:s3:::{bucket}/"
    held = {name: [*map(in_aws, values)] for name, values in field.items() if name != "Field" and values}
    denied = [*held.get("NotStartsWith", ()), *held.get("NotEquals", ())]
    if any(objects.startswith(value) for value in held.get("NotStartsWith", ())):
        return "none"
    verdict: Verdict = "all"
    if set(held) & {"StartsWith", "Equals", "EndsWith"}:
        verdict = _allowed(held, objects)
    less = any(value.startswith(objects) for value in denied) or held.get("NotEndsWith")
    return "some" if verdict == "all" and less else verdict


def _allowed(held: Mapping[str, Any], objects: str) -> Verdict:
    if any(objects.startswith(value) for value in held.get("StartsWith", ())):
        return "all"
    part = [*held.get("StartsWith", ()), *held.get("Equals", ())]
    return "some" if held.get("EndsWith") or any(value.startswith(objects) for value in part) else "none"
