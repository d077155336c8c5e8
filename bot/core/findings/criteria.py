"""Which findings are asked for, in GuardDuty's own terms: attributes by their JSON paths, and operators.

`Matches` is for filters alone, so a type with `*` is looked for among those that there are; whole numbers alone are
compared (https://docs.aws.amazon.com/guardduty/latest/APIReference/API_ListFindings.html, …/API_Condition.html).
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot.core.findings.bands import floor
from bot.core.findings.counts import BANDS
from bot.core.findings.seen import Wanted
from bot.core.severity import Severity
from bot.errors import BadRequest

MOST = 50
"""So many values an operator takes."""

Criteria = Mapping[str, Mapping[str, Any]]


def criteria(wanted: Wanted) -> Criteria:
    """ListFindings' `Criterion`; raises BadRequest for more accounts than one question takes.

    Types are not in it (see `typed`), and regions never are: each has its own GuardDuty.
    """
    if len(wanted.accounts) > MOST:
        raise BadRequest(
            f"GuardDuty looks for {MOST} accounts at a time; that is {len(wanted.accounts):,}.",
            "Name fewer, or none for all.",
        )
    said: dict[str, Mapping[str, Any]] = {
        path: {"Equals": list(values)} for path, values in wanted.matching.items()
    }
    if wanted.archived is not None:
        said["service.archived"] = {"Equals": [str(wanted.archived).lower()]}
    if wanted.severity is not None:
        said["severity"] = {"GreaterThanOrEqual": floor(wanted.severity)}
    if wanted.since is not None:
        said["updatedAt"] = {"GreaterThanOrEqual": int(wanted.since.timestamp() * 1000)}
    if wanted.accounts:
        said["accountId"] = {"Equals": list(wanted.accounts)}
    return said


def of_band(asked: Criteria, band: Severity) -> Criteria | None:
    """The same of one band alone; None where none of it is asked for."""
    least = asked.get("severity", {}).get("GreaterThanOrEqual", 0)
    worse = [floor(each) for each in BANDS if each.rank > band.rank]
    below = {"LessThan": min(worse)} if worse else {}
    if below and below["LessThan"] <= least:
        return None
    return {
        **asked,
        "severity": {"GreaterThanOrEqual": max(least, floor(band) if band != BANDS[-1] else 0), **below},
    }


def open_ended(types: Sequence[str]) -> bool:
    """Whether it must be known which types there are before these can be asked for."""
    return any("*" in each for each in types)


def typed(asked: Criteria, types: Sequence[str], present: Collection[str] = ()) -> Criteria | None:
    """The same of these types alone; `present` are those that there are, where one has a `*`. None where none fits."""
    if not types:
        return asked
    wanted = _fitting(types, present) if open_ended(types) else list(types)
    if not wanted:
        return None
    if len(wanted) <= MOST:
        return {**asked, "type": {"Equals": wanted}}
    others = [each for each in present if each not in wanted]
    return {**asked, "type": {"NotEquals": others[:MOST]}} if others else asked


def _fitting(types: Sequence[str], present: Collection[str]) -> list[str]:
    forms = [re.compile(".*".join(map(re.escape, each.split("*"))), re.IGNORECASE) for each in types]
    return sorted(each for each in present if any(form.fullmatch(each) for form in forms))
