"""Whether Slack knows two people for a fix: one of access.change who asks, another of access.approve."""

from collections.abc import Collection, Iterable

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.adapters.slack import UNREACHABLE, direct, error_code, refused, unreachable
from bot.core.amounts import counted
from bot.core.check import Check, Found

_UNKNOWN = frozenset({"user_not_found", "user_not_visible", "no_such_subteam", "subteam_not_found"})
_RIGHTS = "its role needs noroshi setup policy --for-fixes, which only a fix can try"


def fix_checks(
    *, bot_token: str | None, api_url: str, change: Collection[str], approve: Collection[str]
) -> list[Check]:
    """The check for these settings, where `s3.fixes` is on; nothing without a token."""
    if not bot_token:
        return []
    people = _People(bot_token, api_url)
    return [Check("s3", "fixes by two people", lambda: two(people, change, approve))]


def two(people: "_People", change: Collection[str], approve: Collection[str]) -> Found:
    """Whether there is somebody who may ask, and somebody else who may approve; raises Upstream."""
    asks, approves = people.of(change), people.of(approve)
    if people.unknown:
        named = ", ".join(sorted(people.unknown))
        return Found("missing", f"Slack knows no {named}", "Name members (U…) or user groups (S…) that exist")
    if not any(one != other for one in asks for other in approves):
        words = "nobody may approve what another asks for"
        return Found("missing", words, "Name one more in access.change or access.approve")
    return Found(
        "ok", f"{counted(len(asks), 'person', 'people')} may ask, {len(approves)} approve; {_RIGHTS}"
    )


class _People:
    """Members by themselves and by their groups; `unknown` are ids that Slack has nobody for."""

    def __init__(self, bot_token: str, api_url: str) -> None:
        self._client = WebClient(bot_token, base_url=api_url)
        if direct(api_url):
            self._client.proxy = None
        self.unknown: set[str] = set()

    def of(self, holders: Iterable[str]) -> frozenset[str]:
        return frozenset(user for holder in holders for user in self._of(holder))

    def _of(self, holder: str) -> Iterable[str]:
        try:
            if holder.startswith("S"):
                return [str(user) for user in self._client.usergroups_users_list(usergroup=holder)["users"]]
            known = self._client.users_info(user=holder)["user"]
        except SlackApiError as error:
            if error_code(error) in _UNKNOWN:
                self.unknown.add(holder)
                return []
            raise refused(error) from error
        except UNREACHABLE as error:
            raise unreachable(error) from error
        return [] if known.get("deleted") else [holder]
