"""The workgroup that the bot's queries run in: a place for results, and a limit on what one query may read.

https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html
"""

from dataclasses import dataclass
from typing import Any, Final

from botocore.exceptions import ClientError

from bot.adapters.aws.errors import asking
from bot.errors import NotConfigured
from bot.trail.setting_up import Done

SHARED: Final = "primary"
"""Everybody's workgroup: setup never changes it."""
_TERABYTE: Final = 10**12
_LEAST: Final = 10**7


@dataclass(frozen=True, slots=True)
class WorkgroupWish:
    """The bot's own workgroup: its name, where results go, and the most bytes that one query may read."""

    name: str
    output_location: str | None
    cutoff: int

    def request(self) -> dict[str, Any]:
        """What CreateWorkGroup takes."""
        return {
            "Name": self.name,
            "Description": "Noroshi's questions over CloudTrail",
            "Configuration": {
                "ResultConfiguration": {"OutputLocation": self.output_location},
                "EnforceWorkGroupConfiguration": True,
                "PublishCloudWatchMetricsEnabled": True,
                "BytesScannedCutoffPerQuery": self.cutoff,
            },
        }


def cutoff(refuse_above_usd: float | None, usd_per_tb: float) -> int:
    """The bytes that may be read for what would be refused anyway; 1 TB where nothing is, 10 MB at least."""
    if refuse_above_usd is None or not usd_per_tb:
        return _TERABYTE
    return max(_LEAST, int(refuse_above_usd / usd_per_tb * _TERABYTE))


def make_workgroup(client: Any, wish: WorkgroupWish, *, apply: bool) -> Done:
    """Make it where there is none; one that is there is changed only to `apply` what differs, everybody's never.

    Raises AccessDenied (athena:GetWorkGroup, CreateWorkGroup, UpdateWorkGroup), NotConfigured, Upstream.
    """
    found = find_workgroup(client, wish.name)
    if found is None:
        return _make(client, wish)
    updates, words = differences(found, wish)
    if not updates:
        return Done("workgroup", f"{wish.name} is there already{_state(found)}")
    differs = f"{wish.name} is there, {' and '.join(words)}"
    if wish.name == SHARED:
        own = "NOROSHI_TRAIL__WORKGROUP=noroshi noroshi setup trail makes one of the bot's own"
        return Done("workgroup", f"{differs}; it is everybody's, so it was left as it is", own)
    if not apply:
        return Done("workgroup", f"{differs}; it was left as it is", "noroshi setup trail --apply-workgroup")
    with asking("athena:UpdateWorkGroup", f"to update the workgroup {wish.name}"):
        client.update_work_group(WorkGroup=wish.name, ConfigurationUpdates=updates)
    return Done("workgroup", f"{wish.name}: updated, {_bound(wish)}")


def find_workgroup(client: Any, name: str) -> dict[str, Any] | None:
    """The workgroup as Athena gives it, or None; raises AccessDenied (athena:GetWorkGroup), Upstream."""
    with asking("athena:GetWorkGroup", f"for the workgroup {name}"):
        try:
            return dict(client.get_work_group(WorkGroup=name)["WorkGroup"])
        except ClientError as error:
            details = error.response.get("Error", {})
            if "not found" not in str(details.get("Message", "")).lower():
                raise
            return None


def differences(found: dict[str, Any], wish: WorkgroupWish) -> tuple[dict[str, Any], list[str]]:
    """What UpdateWorkGroup would have to be told, and each of it in words."""
    settings: dict[str, Any] = found.get("Configuration", {})
    updates: dict[str, Any] = {}
    words = []
    managed = settings.get("ManagedQueryResultsConfiguration", {}).get("Enabled")
    if wish.output_location and not managed and not _location(settings):
        updates["ResultConfigurationUpdates"] = {"OutputLocation": wish.output_location}
        words.append("without a place for results")
    limit = settings.get("BytesScannedCutoffPerQuery")
    if limit is None or limit > wish.cutoff:
        updates["BytesScannedCutoffPerQuery"] = wish.cutoff
        words.append(f"with {_limit(limit)} on what one query reads (the bot's would be {size(wish.cutoff)})")
    return updates, words


def size(count: int) -> str:
    """`1,000 GB`, `250 MB`."""
    return f"{count / 10**9:,.0f} GB" if count >= 10**9 else f"{count / 10**6:,.0f} MB"


def _make(client: Any, wish: WorkgroupWish) -> Done:
    if not wish.output_location:
        raise NotConfigured(
            f"There is no workgroup {wish.name}, and no place for results to make it with.",
            "Set NOROSHI_TRAIL__OUTPUT_LOCATION=s3://BUCKET/noroshi/, then run this again.",
        )
    with asking("athena:CreateWorkGroup", f"to make the workgroup {wish.name}"):
        client.create_work_group(**wish.request())
    return Done("workgroup", f"{wish.name}: made, {_bound(wish)}")


def _bound(wish: WorkgroupWish) -> str:
    where = f"results in {wish.output_location}, " if wish.output_location else ""
    return f"{where}at most {size(wish.cutoff)} a query"


def _state(found: dict[str, Any]) -> str:
    return ", but disabled" if found.get("State") == "DISABLED" else ""


def _location(settings: dict[str, Any]) -> str:
    return str(settings.get("ResultConfiguration", {}).get("OutputLocation") or "")


def _limit(limit: int | None) -> str:
    return "no limit" if limit is None else f"a limit of {size(limit)}"
