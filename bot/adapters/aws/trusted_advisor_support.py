"""Trusted Advisor by the older Support API.

https://docs.aws.amazon.com/awssupport/latest/APIReference/API_DescribeTrustedAdvisorCheckResult.html
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, Final

from bot.adapters.aws.errors import code
from bot.adapters.aws.service_asked import ServiceAsked
from bot.adapters.aws.trusted_advisor_listed import AT_ONCE, NEVER, Listed, missing, status
from bot.core import moment
from bot.core.advice.columns import about, reason, resource, thing, zipped
from bot.core.advice.opinion import Check, Flagged, Opinion, Refreshed
from bot.core.spoken import folded
from bot.errors import Upstream

_FLAGS: Final = frozenset({"warning", "error"})
_STATES: Final[Mapping[str, Refreshed]] = {
    "enqueued": Refreshed("enqueued"),
    "processing": Refreshed("processing"),
    "success": Refreshed("success"),
}


class Support:
    """Satisfies `trusted_advisor_listed.Way`."""

    def __init__(self, asked: ServiceAsked) -> None:
        self._asked = asked

    def checks(self) -> tuple[Listed, ...]:
        """Every check there is, the withdrawn ones left out by AWS."""
        told = self._asked.ask("describe_trusted_advisor_checks", "checks", language="en")["checks"]
        return tuple(map(_listed, told))

    def opinions(self, wanted: Sequence[Listed], account_id: str, now: datetime) -> tuple[Opinion, ...]:
        """What they say, each asked for by itself; one that is refused is grey, with the reason."""
        with ThreadPoolExecutor(AT_ONCE, "noroshi-advisor") as pool:
            return tuple(pool.map(lambda one: self._opinion(one, account_id, now), wanted))

    def refresh(self, check: str) -> Refreshed:
        """Look again; raises what AWS says, but for a check that refreshes by itself."""
        try:
            told = self._asked.ask("refresh_trusted_advisor_check", "status", checkId=check)["status"]
        except Upstream as error:
            if code(error) == "InvalidParameterValueException" and "cannot be refreshed" in error.message:
                return Refreshed("by-itself")
            raise
        seconds = int(told.get("millisUntilNextRefreshable") or 0) / 1000
        state = _STATES.get(str(told.get("status")), Refreshed("enqueued")).state
        # One that has just been looked at is not looked at again.
        return Refreshed("too-soon" if state == "success" and seconds else state, seconds)

    def _opinion(self, listed: Listed, account_id: str, now: datetime) -> Opinion:
        try:
            told = self._asked.ask(
                "describe_trusted_advisor_check_result", "result", checkId=listed.check.id, language="en"
            )["result"]
        except Upstream as error:
            return _grey(listed, account_id, now, missing(error))
        at = moment.read(told.get("timestamp"))
        colour = status(told.get("status"))
        if at is None or colour == "not_available":
            return _grey(listed, account_id, at or now, NEVER)
        flagged = tuple(
            _flagged(each, listed)
            for each in told.get("flaggedResources") or ()
            if each.get("status") in _FLAGS  # green ones are among them
        )
        counts = told.get("resourcesSummary") or {}
        looked = counts.get("resourcesProcessed")
        return Opinion(listed.check, "trusted-advisor", account_id, colour, flagged, at, looked)


def _grey(listed: Listed, account_id: str, at: datetime, why: str) -> Opinion:
    return Opinion(listed.check, "trusted-advisor", account_id, "not_available", (), at, None, (why,))


def _listed(told: Mapping[str, Any]) -> Listed:
    names = [str(each) for each in told.get("metadata") or ()]
    check = Check(
        str(told["id"]),
        folded(told.get("name"), 120),
        str(told.get("category")),
        about(str(told.get("description") or "")),
    )
    return Listed(check, dict(zip(names, names, strict=True)))


def _flagged(told: Mapping[str, Any], listed: Listed) -> Flagged:
    columns = zipped(listed.columns, told.get("metadata") or ())
    name = resource(columns)
    region = str(told.get("region") or "")
    return Flagged(
        thing(name, region),
        region,
        status(told.get("status")),
        reason(columns, name),
        bool(told.get("isSuppressed")),
    )
