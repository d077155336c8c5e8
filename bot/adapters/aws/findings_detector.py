"""A place's detector as it stands: whether it looks, what of it is off, whom it belongs to, whom it sees.

https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_accounts.html
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from bot.adapters.aws.findings_asked import Asked
from bot.adapters.aws.together import Refusals
from bot.core.configuration.item import Place
from bot.core.findings.seen import Detector
from bot.errors import Upstream

_STATES: Final[Mapping[str, Literal["on", "suspended"]]] = {"ENABLED": "on", "DISABLED": "suspended"}
_EVERY: Final = 100_000
"""More members than an administrator may have: all pages are read."""
_RUNTIME, _OLD_RUNTIME = "RUNTIME_MONITORING", "EKS_RUNTIME_MONITORING"


@dataclass(frozen=True, slots=True)
class Station:
    """A place that was asked: its detector's id ("" where GuardDuty is off), and the accounts whose findings it has.

    `members` are the enabled ones of an administrator; `told` is what people are told of the detector.
    """

    place: Place
    detector_id: str
    told: Detector
    members: frozenset[str] = frozenset()

    def concerns(self, accounts: Collection[str]) -> bool:
        """Whether it may have findings of these accounts (empty is any); one whose own account is not known may."""
        own = self.place.account_id
        return not accounts or not own or own in accounts or bool(self.members.intersection(accounts))


def station(asked: Asked, where: str, refusals: Refusals) -> Station:
    """Look at it; raises where even its detector can't be asked for, the rest that is refused is kept (`where`)."""
    detectors = asked.ask("list_detectors", "DetectorIds")["DetectorIds"]
    if not detectors:
        return Station(asked.place, "", Detector(asked.place, "off"))
    detector_id = str(detectors[0])  # there is one at most
    told = _state(asked, detector_id, where, refusals)
    try:
        return _relations(asked, detector_id, told)
    except Upstream as error:
        refusals.add(where, error)
        return Station(asked.place, detector_id, told)


def _state(asked: Asked, detector_id: str, where: str, refusals: Refusals) -> Detector:
    try:
        answer = asked.ask("get_detector", DetectorId=detector_id)
    except Upstream as error:
        refusals.add(where, error)
        return Detector(asked.place, "unknown", why=error.message)
    features = answer.get("Features")
    return Detector(
        asked.place,
        _STATES.get(str(answer.get("Status")), "unknown"),
        features_off=_off(features or ()),
        updates_every=str(answer.get("FindingPublishingFrequency") or ""),
        why="" if features else "GuardDuty does not say which protections are on",
    )


def _off(features: Any) -> tuple[str, ...]:
    """The names of what is off; the older runtime monitoring is off for good where the newer one is on."""
    states = {str(each.get("Name")): each.get("Status") == "ENABLED" for each in features}
    if states.get(_RUNTIME) or _RUNTIME in states:
        states.pop(_OLD_RUNTIME, None)
    return tuple(name for name, on in states.items() if not on)


def _relations(asked: Asked, detector_id: str, told: Detector) -> Station:
    """An account has an administrator, or is one, or stands alone."""
    answer = asked.ask("get_administrator_account", DetectorId=detector_id).get("Administrator") or {}
    if administrator := str(answer.get("AccountId") or ""):
        return Station(asked.place, detector_id, replace(told, administrator=administrator))
    members, _ = asked.pages(
        "list_members", "Members", _EVERY, DetectorId=detector_id, OnlyAssociated="false", MaxResults=50
    )
    states = {str(each["AccountId"]): each.get("RelationshipStatus") == "Enabled" for each in members}
    off = tuple(account for account, on in states.items() if not on)
    told = replace(told, administers=len(states), members_off=off)
    return Station(asked.place, detector_id, told, frozenset(states) - set(off))
