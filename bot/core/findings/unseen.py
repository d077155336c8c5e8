"""Where nobody looks: GuardDuty that is off must never look like GuardDuty that found nothing."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from bot.core.findings.seen import Detector
from bot.core.spoken import some
from bot.core.view import Caveat

_NAMED = 4

Name = Callable[[str], str]
"""An account's name, by its id."""


def unseen(detectors: Sequence[Detector], name: Name) -> tuple[Caveat, ...]:
    """What follows from how the detectors stand. Blind where none of them looks."""
    return tuple(_unseen(detectors, name))


def placed(detectors: Sequence[Detector], name: Name) -> tuple[str, ...]:
    """Where these are, accounts with the same regions together: `prod and staging in eu-west-3, us-east-2`."""
    regions: dict[str, list[str]] = {}
    for each in detectors:
        regions.setdefault(each.place.account_id, []).append(each.place.region)
    accounts: dict[tuple[str, ...], list[str]] = {}
    for account_id, named in regions.items():
        accounts.setdefault(tuple(sorted(named)), []).append(name(account_id))
    return tuple(f"{some(names, _NAMED)} in {some(named, _NAMED)}" for named, names in accounts.items())


def _unseen(detectors: Sequence[Detector], name: Name) -> Iterator[Caveat]:
    weight: Literal["blind", "note"] = (
        "note" if any(each.state in {"on", "unknown"} for each in detectors) else "blind"
    )
    for state, code, why in (
        ("off", "guardduty-off", "where GuardDuty is off nobody looks"),
        ("suspended", "guardduty-suspended", "where GuardDuty is suspended it makes no new findings"),
    ):
        where = placed([each for each in detectors if each.state == state], name)
        if where:
            yield Caveat(code, f"{why}: {'; '.join(where)}", weight)
    off = sorted({account for each in detectors for account in each.members_off})
    if off:
        yield Caveat(
            "members-off",
            f"members of this GuardDuty that are not enabled: {some([*map(name, off)], _NAMED)}",
        )
