"""What one trail's selectors record beside a bucket's objects: management events, and data by its type.

Rules: docs, CloudTrail API reference EventSelector, AdvancedEventSelector; user guide, Logging management events.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.core.coverage.need import DYNAMODB, LAMBDA, S3
from bot.core.recording import NOTHING, Recorded, Verdict, by_field, in_aws, together

_ALL_OF: Final = {
    S3: frozenset({"arn:aws:s3", "arn:aws:s3:::"}),
    LAMBDA: frozenset({"arn:aws:lambda"}),
    DYNAMODB: frozenset({"arn:aws:dynamodb"}),
}
_MANAGEMENT_FIELDS = frozenset({"eventCategory", "readOnly", "eventSource"})
_DATA_FIELDS = frozenset({"eventCategory", "resources.type", "readOnly"})


@dataclass(frozen=True, slots=True)
class Management:
    """What one selector records of calls on resources, but for those to the services of `excluded`.

    `whole` is False where it holds other conditions as well, on names or callers.
    """

    reads: bool = True
    writes: bool = True
    excluded: frozenset[str] = frozenset()
    whole: bool = True


def management(selectors: Mapping[str, Any]) -> tuple[Management, ...]:
    """One for each selector that records any; a call is recorded where one of them takes it.

    A trail without any selector of its own records all of them (docs: PutEventSelectors).
    """
    basic, advanced = selectors.get("EventSelectors") or (), selectors.get("AdvancedEventSelectors") or ()
    if not basic and not advanced:
        return (Management(),)
    return (*_basic(basic), *_advanced(advanced))


def data_types(selectors: Mapping[str, Any]) -> dict[str, Recorded]:
    """By type of resource (`AWS::Lambda::Function`) how much of the calls on its data is recorded."""
    found: dict[str, Recorded] = {}
    for kind, one in (*_basic_data(selectors), *_advanced_data(selectors)):
        found[kind] = together((found.get(kind, NOTHING), one))
    return found


def network_sources(selectors: Mapping[str, Any]) -> tuple[str, ...]:
    """The services whose calls through VPC endpoints are recorded (eventCategory NetworkActivity)."""
    fields = [by_field(each) for each in selectors.get("AdvancedEventSelectors") or ()]
    named = [
        source
        for each in fields
        if each.get("eventCategory", {}).get("Equals") == ["NetworkActivity"]
        for source in each.get("eventSource", {}).get("Equals") or ()
    ]
    return tuple(dict.fromkeys(named))


def _basic(selectors: Any) -> Iterator[Management]:
    for each in selectors:
        if each.get("IncludeManagementEvents", True):
            excluded = frozenset(each.get("ExcludeManagementEventSources") or ())
            reads, writes = _kinds(each)
            yield Management(reads, writes, excluded)


def _advanced(selectors: Any) -> Iterator[Management]:
    for fields in map(by_field, selectors):
        if fields.get("eventCategory", {}).get("Equals") != ["Management"]:
            continue
        reads, writes = _read_only(fields)
        source = fields.get("eventSource", {})
        other = set(fields) - _MANAGEMENT_FIELDS or set(source) - {"Field", "NotEquals"}
        yield Management(reads, writes, frozenset(source.get("NotEquals") or ()), not other)


def _basic_data(selectors: Mapping[str, Any]) -> Iterator[tuple[str, Recorded]]:
    for each in selectors.get("EventSelectors") or ():
        for resource in each.get("DataResources") or ():
            kind, values = (
                str(resource.get("Type")),
                {in_aws(value) for value in resource.get("Values") or ()},
            )
            if values:
                yield (
                    kind,
                    _recorded("all" if values & _ALL_OF.get(kind, frozenset()) else "some", _kinds(each)),
                )


def _advanced_data(selectors: Mapping[str, Any]) -> Iterator[tuple[str, Recorded]]:
    for fields in map(by_field, selectors.get("AdvancedEventSelectors") or ()):
        if fields.get("eventCategory", {}).get("Equals") != ["Data"]:
            continue
        verdict: Verdict = "some" if set(fields) - _DATA_FIELDS else "all"
        for kind in fields.get("resources.type", {}).get("Equals") or ():
            yield kind, _recorded(verdict, _read_only(fields))


def _kinds(basic: Mapping[str, Any]) -> tuple[bool, bool]:
    """Whether a basic selector takes reads, and writes."""
    kind = basic.get("ReadWriteType") or "All"
    return kind != "WriteOnly", kind != "ReadOnly"


def _read_only(fields: Mapping[str, Mapping[str, Any]]) -> tuple[bool, bool]:
    only = fields.get("readOnly", {}).get("Equals") or ["true", "false"]
    return "true" in only, "false" in only


def _recorded(verdict: Verdict, kinds: tuple[bool, bool]) -> Recorded:
    reads, writes = kinds
    return Recorded(verdict if reads else "none", verdict if writes else "none")
