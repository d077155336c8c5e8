"""What bills are asked by, in Cost Explorer's words.

docs: Cost Management API reference, GroupDefinition, Expression; what is more than one condition stands in an And.
"""

from typing import Any

from bot.core.billing.costs import CREDITS
from bot.errors import BadRequest

TAG = "tag:"
_DIMENSIONS = {
    "service": "SERVICE",
    "account": "LINKED_ACCOUNT",
    "region": "REGION",
    "usage-type": "USAGE_TYPE",
}
_RECORD: dict[str, str] = {"Type": "DIMENSION", "Key": "RECORD_TYPE"}
_MOST = 2
WITHOUT_CREDITS: dict[str, Any] = {"Not": {"Dimensions": {"Key": "RECORD_TYPE", "Values": sorted(CREDITS)}}}
"""A filter: an account that lives on credits would otherwise seem to cost nothing."""


def checked(by: tuple[str, ...]) -> None:
    """Raise BadRequest for what Cost Explorer can't group by."""
    for word in by:
        _group(word)
    if not 1 <= len(by) <= _MOST or len(set(by)) < len(by):
        raise BadRequest(
            f"A bill can't be split by {' and '.join(by) or 'nothing'}.",
            "Give one, or two that differ: service, account, region, usage-type, tag:KEY.",
        )


def splits_records(by: tuple[str, ...]) -> bool:
    """Whether each kind of charge has lines of its own: two are the most that Cost Explorer groups by."""
    return len(by) < _MOST


def groups(by: tuple[str, ...]) -> list[dict[str, str]]:
    """The GroupBy of a question."""
    return [*map(_group, by), *([_RECORD] if splits_records(by) else [])]


def filtered(by: tuple[str, ...], service: str) -> dict[str, Any]:
    """The Filter of a question, as the call's own argument; none where there is nothing to leave out."""
    conditions = [] if splits_records(by) else [WITHOUT_CREDITS]
    if service:
        conditions.append({"Dimensions": {"Key": "SERVICE", "Values": [service]}})
    if not conditions:
        return {}
    return {"Filter": conditions[0] if len(conditions) == 1 else {"And": conditions}}


def value(word: str, key: str) -> str:
    """The value in a group's key: a tag's comes behind its name and a `$`, and is "" where there is no such tag."""
    return key.removeprefix(f"{word.removeprefix(TAG)}$") if word.startswith(TAG) else key


def _group(word: str) -> dict[str, str]:
    if word.startswith(TAG) and word != TAG:
        return {"Type": "TAG", "Key": word.removeprefix(TAG)}
    if word not in _DIMENSIONS:
        raise BadRequest(
            f"A bill can't be split by {word!r}.",
            "Give one of service, account, region, usage-type, tag:KEY.",
        )
    return {"Type": "DIMENSION", "Key": _DIMENSIONS[word]}
