"""Trusted Advisor by its own API, which names resources as AWS does.

https://docs.aws.amazon.com/trustedadvisor/latest/APIReference/API_ListRecommendations.html
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, Final

from bot.adapters.aws.service_asked import ServiceAsked
from bot.adapters.aws.trusted_advisor_listed import AT_ONCE, NEVER, Listed, missing, status
from bot.core import moment
from bot.core.advice.columns import about, own_name, reason, thing
from bot.core.advice.opinion import Check, Flagged, Opinion
from bot.core.spoken import folded
from bot.errors import Upstream

_PAGE: Final = 200
_FLAGS: Final = {"error": "errorCount", "warning": "warningCount"}


class Newer:
    """Satisfies `trusted_advisor_listed.Way`."""

    def __init__(self, asked: ServiceAsked) -> None:
        self._asked = asked

    def checks(self) -> tuple[Listed, ...]:
        """Every check there is."""
        told = self._asked.pages("list_checks", "checkSummaries", maxResults=_PAGE, language="en")
        return tuple(map(_listed, told))

    def opinions(self, wanted: Sequence[Listed], account_id: str, now: datetime) -> tuple[Opinion, ...]:
        """What they say; those without a recommendation are grey."""
        told = self._asked.pages(
            "list_recommendations",
            "recommendationSummaries",
            type="standard",
            maxResults=_PAGE,
            language="en",
        )
        by_check = {own_name(str(each.get("checkArn"))): each for each in told if each.get("checkArn")}
        with ThreadPoolExecutor(AT_ONCE, "noroshi-advisor") as pool:
            return tuple(
                pool.map(lambda one: self._opinion(one, by_check.get(one.check.id), account_id, now), wanted)
            )

    def _opinion(
        self, listed: Listed, told: Mapping[str, Any] | None, account_id: str, now: datetime
    ) -> Opinion:
        if told is None:
            return Opinion(
                listed.check, "trusted-advisor", account_id, "not_available", (), now, None, (NEVER,)
            )
        # It may not say when; AWS refreshes by itself at least once a week.
        at = moment.read(told.get("lastUpdatedAt")) or moment.read(told.get("createdAt")) or now
        counts = told.get("resourcesAggregates") or {}
        nothing = told.get("statusReason") == "no_data_ok"
        looked = (
            0 if nothing else sum(int(counts.get(f"{each}Count") or 0) for each in ("ok", "warning", "error"))
        )
        flagged: tuple[Flagged, ...] = ()
        unread: tuple[str, ...] = ()
        try:
            flagged = self._flagged(listed, told, counts)
        except Upstream as error:
            unread = (f"which resources: {missing(error)}",)
        return Opinion(
            listed.check,
            "trusted-advisor",
            account_id,
            status(told.get("status")),
            flagged,
            at,
            looked,
            unread,
        )

    def _flagged(
        self, listed: Listed, told: Mapping[str, Any], counts: Mapping[str, Any]
    ) -> tuple[Flagged, ...]:
        found = [
            one
            for colour, count in _FLAGS.items()
            if counts.get(count)
            for one in self._asked.pages(
                "list_recommendation_resources",
                "recommendationResourceSummaries",
                recommendationIdentifier=told["arn"],
                status=colour,
                maxResults=_PAGE,
                language="en",
            )
        ]
        return tuple(_resource(each, listed) for each in found)


def _listed(told: Mapping[str, Any]) -> Listed:
    pillars = told.get("pillars") or [""]
    check = Check(
        str(told["id"]),
        folded(told.get("name"), 120),
        str(pillars[0]),
        about(str(told.get("description") or "")),
    )
    return Listed(check, dict(told.get("metadata") or {}))


def _resource(told: Mapping[str, Any], listed: Listed) -> Flagged:
    columns = {
        folded(listed.columns.get(name, name), 60): folded(value, 160)
        for name, value in (told.get("metadata") or {}).items()
        if value
    }
    name = own_name(str(told.get("awsResourceId") or ""))
    region = str(told.get("regionCode") or "")
    return Flagged(
        thing(folded(name, 160), region),
        region,
        status(told.get("status")),
        reason(columns, name),
        told.get("exclusionStatus") == "excluded",
    )
