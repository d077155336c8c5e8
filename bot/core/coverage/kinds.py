"""The kinds of calls that a question needs, and how much of each a trail records."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.core.coverage.need import DYNAMODB, LAMBDA, S3, Need
from bot.core.coverage.selectors import data_types, management
from bot.core.coverage.trails import Trail
from bot.core.recording import NOTHING, Recorded, Verdict, recorded, together

CALLS_ON: Final = {
    S3: "objects in S3",
    LAMBDA: "Lambda functions (Invoke)",
    DYNAMODB: "items in DynamoDB",
}
"""Calls on the data of a type, in words; other types are named as AWS does."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Calls of one kind: `words` say which, `on` is the type of resource or bucket for calls on data.

    `code` is that of the caveat where no trail records them.
    """

    code: str
    words: str
    reads: bool
    writes: bool
    of: Callable[[Mapping[str, Any]], Recorded]
    data: bool = False

    def verdict(self, trail: Trail) -> Verdict:
        """How much of these a trail's selectors take; `unknown` where it would not say."""
        return "unknown" if trail.selectors is None else self.of_both(self.of(trail.selectors))

    def together(self, trails: tuple[Trail, ...]) -> Recorded:
        """What several record together."""
        unknown = Recorded("unknown", "unknown")
        return together(unknown if one.selectors is None else self.of(one.selectors) for one in trails)

    def recorders(self, near: tuple[Trail, ...], need: Need) -> tuple[Trail, ...]:
        """The trails that take any of these, or may: those of all the regions that are needed, if there are such."""
        taking = tuple(one for one in near if self.verdict(one) != "none")
        return tuple(one for one in taking if everywhere(one, need)) or taking

    def halves(self, near: tuple[Trail, ...], need: Need) -> "Iterator[Half]":
        """The reads and the writes that are needed, each with the trails that it depends on."""
        for wanted, word in ((self.reads, "reads"), (self.writes, "writes")):
            half = replace(self, reads=word == "reads", writes=word == "writes")
            taking = half.recorders(near, need)
            # Where one trail takes all of them, what others take in part makes up for nothing.
            whole = tuple(one for one in taking if half.verdict(one) in ("all", "unknown"))
            if wanted and taking:
                certain = any(half.verdict(one) == "all" for one in whole)
                yield Half(self, word, whole if certain else taking)

    def of_both(self, found: Recorded) -> Verdict:
        """The verdict over the reads and the writes that are needed: a part of either is some."""
        needed = {
            verdict for verdict, wanted in ((found.reads, self.reads), (found.writes, self.writes)) if wanted
        }
        return needed.pop() if len(needed) == 1 else "unknown" if "unknown" in needed else "some"


@dataclass(frozen=True, slots=True)
class Half:
    """The reads or the writes (`word`) of a kind, and the trails that they depend on."""

    kind: Kind
    word: str
    trails: tuple[Trail, ...]


def everywhere(trail: Trail, need: Need) -> bool:
    """Whether it records all regions that are needed."""
    return trail.multi_region or set(need.regions) == {trail.home_region}


def kinds(need: Need) -> Iterator[Kind]:
    """All that a question needs, management calls first."""
    if need.management and need.reads:
        words = "management calls that only read (Describe…, List…, Get…)"
        yield Kind("management-reads-off", words, True, False, of_management)
    if need.management and need.writes:
        words = "management calls that change something (Create…, Delete…, Put…)"
        yield Kind("management-writes-off", words, False, True, of_management)
    if need.bucket:
        words = "calls on objects (GetObject, PutObject …)"
        yield Kind("data-events-off", words, need.reads, need.writes, _of_bucket(need.bucket), data=True)
    for kind in need.data:
        words = f"calls on {CALLS_ON.get(kind, kind)}"
        yield Kind("data-events-off", words, need.reads, need.writes, _of_type(kind), data=True)


def of_management(selectors: Mapping[str, Any]) -> Recorded:
    """How much of the calls on resources a trail records, whatever services are left out."""
    whole = NOTHING
    for one in management(selectors):
        verdict: Verdict = "all" if one.whole else "some"
        whole |= Recorded(verdict if one.reads else "none", verdict if one.writes else "none")
    return whole


def _of_bucket(bucket: str) -> Callable[[Mapping[str, Any]], Recorded]:
    return lambda selectors: recorded(selectors, bucket)


def _of_type(kind: str) -> Callable[[Mapping[str, Any]], Recorded]:
    return lambda selectors: data_types(selectors).get(kind, NOTHING)


def excluded(trails: tuple[Trail, ...], need: Need) -> frozenset[str]:
    """The services whose management calls none of the trails records, of those that are needed."""
    left_out: frozenset[str] = frozenset()
    for wanted, takes in ((need.reads, "reads"), (need.writes, "writes")):
        sets = [
            one.excluded
            for trail in trails
            for one in management(trail.selectors or {})
            if getattr(one, takes)
        ]
        if wanted and sets:
            left_out |= frozenset.intersection(*sets)
    return left_out & frozenset(need.sources) if need.sources else left_out
