"""What Slack must allow, looked at with the bot's own tokens."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.adapters.slack import UNREACHABLE, direct, refused, unreachable
from bot.core.check import Check, Found

_REINSTALL = "Paste the output of noroshi setup slack as the app's manifest, and reinstall the app"


def slack_checks(
    *,
    bot_token: str | None,
    app_token: str | None,
    api_url: str,
    scopes: Sequence[str],
    channels: Sequence[str],
) -> list[Check]:
    """The checks for these settings; `channels` is every one that alerts may be told in."""
    slack = _Slack(api_url, bot_token)
    return [
        Check(
            "slack",
            "bot token",
            lambda: slack.workspace() if bot_token else _unset("SLACK_BOT_TOKEN (xoxb-…)"),
        ),
        Check(
            "slack",
            "scopes",
            lambda: slack.granted(scopes) if bot_token else _unset("SLACK_BOT_TOKEN (xoxb-…)"),
        ),
        Check(
            "slack",
            "app token",
            lambda: slack.socket(app_token) if app_token else _unset("SLACK_APP_TOKEN (xapp-…)"),
        ),
        *(
            Check("alerts", f"channel {channel}", partial(slack.channel, channel))
            for channel in channels
            if bot_token
        ),
        *([] if channels and bot_token else [Check("alerts", "channel", _no_channel)]),
    ]


def _unset(name: str) -> Found:
    return Found(
        "missing",
        f"{name.partition(' ')[0]} is not set",
        f"Set {name}, from the app's pages at api.slack.com/apps",
    )


def _no_channel() -> Found:
    return Found("off", "no channel is set, so alerts have nowhere to go", "NOROSHI_ALERTS__CHANNEL")


class _Slack:
    def __init__(self, api_url: str, bot_token: str | None) -> None:
        self._api_url, self._bot_token = api_url, bot_token

    @cached_property
    def _client(self) -> WebClient:
        client = WebClient(self._bot_token, base_url=self._api_url)
        if direct(self._api_url):
            client.proxy = None
        return client

    def workspace(self) -> Found:
        me = self._ask(self._client.auth_test)
        return Found("ok", f"{me['user']} in {me['team']}")

    def granted(self, scopes: Sequence[str]) -> Found:
        # The Web API names a token's scopes in a header of every answer (docs: Scopes, x-oauth-scopes).
        header = {name.lower(): value for name, value in self._ask(self._client.auth_test).headers.items()}
        granted = {scope.strip() for scope in str(header.get("x-oauth-scopes", "")).split(",")}
        if missing := [scope for scope in scopes if scope not in granted]:
            return Found("missing", f"the token lacks {', '.join(missing)}", _REINSTALL)
        return Found("ok", f"all {len(scopes)} granted")

    def socket(self, app_token: str) -> Found:
        self._ask(self._client.apps_connections_open, app_token=app_token)
        return Found("ok", "Socket Mode opens")

    def channel(self, channel: str) -> Found:
        if channel.removeprefix("#") in self._own_channels:
            return Found("ok", f"I am in {channel}")
        return Found("missing", f"I am not in {channel}", "Make it if need be; type /invite @noroshi in it")

    @cached_property
    def _own_channels(self) -> frozenset[str]:
        """Ids and names of the conversations that the bot is a member of, all pages of them."""
        kinds = {"types": "public_channel,private_channel", "exclude_archived": True, "limit": 999}
        pages = self._ask(self._client.users_conversations, **kinds)
        found = [room for page in pages for room in page["channels"]]
        return frozenset(name for room in found for name in (room["id"], room.get("name")) if name)

    def _ask(self, method: Callable[..., Any], **arguments: Any) -> Any:
        try:
            return method(**arguments)
        except SlackApiError as error:
            raise refused(error, str(arguments.get("channel", ""))) from error
        except UNREACHABLE as error:
            raise unreachable(error) from error
