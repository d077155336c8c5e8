"""Posting to Slack's channels, and Slack's refusals in words.

Synchronous, for the alert loop's threads; `refused` and `unreachable` serve the asynchronous edge too.
"""

import re
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)

from bot.core.view import View
from bot.errors import BadRequest, Throttled, Upstream

Show = Callable[[View], Mapping[str, Any]]

_RETRIES = 3
_MENTION = re.compile(
    r"<!(?P<range>here|channel|everyone)>|<@(?P<user_id>[UW][A-Z0-9]+)>|<!subteam\^(?P<usergroup_id>S[A-Z0-9]+)>"
)
_LIMITED = frozenset({"ratelimited", "rate_limited"})
_ABSENT = frozenset({"channel_not_found", "not_in_channel"})
_KINDS = {
    "absent": _ABSENT,
    "token": frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"}),
    "scope": frozenset({"missing_scope"}),
    "archived": frozenset({"is_archived"}),
    "form": frozenset(
        {
            "invalid_blocks",
            "invalid_attachments",
            "invalid_blocks_format",
            "msg_too_long",
            "msg_blocks_too_long",
        }
    ),
    "late": frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"}),
}
_WORDS = {
    "absent": ("Slack won't let me post in {where} ({code}).", "Invite me: /invite @noroshi in {where}."),
    "token": ("Slack does not take my token ({code}).", "Check SLACK_BOT_TOKEN and SLACK_APP_TOKEN."),
    "scope": ("Slack says that I lack {needed}.", "Update the app from manifest.yaml and reinstall it."),
    "archived": ("{where} is archived.", "Unarchive it, or name another channel in the settings."),
    "form": (
        "Slack refused the form of this message ({code}).",
        "Ask for less, or take the CSV; it is a bug of mine.",
    ),
    "late": ("That click reached me too late for Slack to open a form.", "Press the button again."),
}
_ANY = ("Slack said no: {code}.", "docs.slack.dev explains the code; noroshi doctor checks the app.")
UNREACHABLE = (SlackClientError, HTTPException, OSError)
"""What slack_sdk raises beside SlackApiError when Slack can't be reached (URLError and timeouts are OSErrors)."""


class SlackChannels:
    """Where alerts are posted: `ports.Channels` over the Web API.

    `show` makes the message of a View (`bot.render.blocks.payload`): no adapter writes blocks.
    """

    def __init__(
        self, token: str, show: Show, *, base_url: str = "https://slack.com/api/", timeout_seconds: int = 30
    ) -> None:
        self._show = show
        self._client = WebClient(token, base_url=base_url.rstrip("/") + "/", timeout=timeout_seconds)
        if direct(base_url):
            self._client.proxy = None
        # A 429 names the seconds to wait (Retry-After); the handler waits them out.
        self._client.retry_handlers = [
            ConnectionErrorRetryHandler(max_retry_count=_RETRIES),
            ServerErrorRetryHandler(max_retry_count=_RETRIES),
            RateLimitErrorRetryHandler(max_retry_count=_RETRIES),
        ]

    def post(self, channel: str, view: View, *, mention: str = "") -> str:
        """Post, and give the message's timestamp.

        `mention` is `<!here>`, `<@U…>` or `<!subteam^S…>`. Raises Throttled, Upstream, and BadRequest
        for a mention of another form.
        """
        message = dict(self._show(view))
        if mention:
            message = {**message, "blocks": [_mention(mention), *message["blocks"]]}
        try:
            posted = self._client.chat_postMessage(
                channel=channel, **message, unfurl_links=False, unfurl_media=False
            )
        except SlackApiError as error:
            raise refused(error, channel) from error
        except UNREACHABLE as error:
            raise unreachable(error) from error
        return str(posted["ts"])


def direct(url: str) -> bool:
    """Whether no proxy stands between: loopback, or what NO_PROXY names (slack_sdk itself ignores that)."""
    host = urlsplit(url).hostname or ""
    return host in {"localhost", "::1"} or host.startswith("127.") or bool(proxy_bypass(host))


def refused(error: SlackApiError, channel: str = "") -> Upstream:
    """Slack's `ok: false` in words, with whose turn it is."""
    code = error_code(error)
    if code in _LIMITED:
        return Throttled("Slack asks me to slow down.", "Try again in a minute.")
    kind = next((kind for kind, codes in _KINDS.items() if code in codes), None)
    message, hint = _WORDS.get(kind or "", _ANY)
    known = {"code": code, "where": channel or "that channel", "needed": _said(error, "needed") or "a scope"}
    return Upstream(message.format(**known), hint.format(**known))


def absent(error: Upstream) -> bool:
    """Whether Slack refused because the bot is no member of the conversation."""
    return isinstance(error.__cause__, SlackApiError) and error_code(error.__cause__) in _ABSENT


def error_code(error: SlackApiError) -> str:
    """Slack's word for what is wrong (`channel_not_found`)."""
    return _said(error, "error") or "unknown_error"


def _said(error: SlackApiError, name: str) -> str:
    # Where the answer was no JSON, slack_sdk puts a text or an HTTP response in this place.
    body = getattr(error.response, "data", error.response)
    return str(body.get(name) or "") if isinstance(body, dict) else ""


def unreachable(error: BaseException) -> Upstream:
    """Slack did not answer."""
    return Upstream(f"Slack can't be reached ({type(error).__name__}).", "Try again in a minute.")


def _mention(mention: str) -> dict[str, Any]:
    """A mention as a rich_text element: the only thing of ours that may ring somebody's phone."""
    found = _MENTION.fullmatch(mention)
    if found is None:
        raise BadRequest(f"“{mention[:40]}” is no mention.", "Write <!here>, <@U…> or <!subteam^S…>.")
    kinds = {"range": "broadcast", "user_id": "user", "usergroup_id": "usergroup"}
    key = next(name for name in kinds if found[name])
    element = {"type": kinds[key], key: found[key]}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [element]}]}
