"""Slack's refusals and silences in words; the synchronous adapters and the asynchronous edge share them.

Codes: docs.slack.dev, the errors of each method's page. 429 and Retry-After: docs.slack.dev, rate limits.
"""

import re
import ssl
from collections.abc import Iterator
from http import HTTPStatus
from http.client import HTTPException
from socket import gaierror
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

from slack_sdk.errors import SlackApiError, SlackClientError, SlackRequestError

from bot.errors import BadForm, Gone, NoSuchPlace, Throttled, Unanswered, Upstream

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_LIMITED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
_ABSENT = frozenset({"channel_not_found", "not_in_channel"})
_KINDS = {
    "absent": _ABSENT | {"invalid_channel"},
    "token": frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"}),
    "scope": frozenset({"missing_scope"}),
    "archived": frozenset({"is_archived", "is_inactive"}),
    "closed": frozenset(
        {
            "ekm_access_denied",
            "messages_tab_disabled",
            "posting_to_channel_denied",
            "restricted_action",
            "restricted_action_non_threadable_channel",
            "restricted_action_read_only_channel",
            "restricted_action_thread_only_channel",
        }
    ),
    "form": frozenset(
        {
            "attachment_payload_limit_exceeded",
            "block_mismatch",
            "invalid_arguments",
            "invalid_attachments",
            "invalid_blocks",
            "invalid_blocks_format",
            "invalid_metadata_format",
            "invalid_metadata_schema",
            "metadata_too_large",
            "msg_blocks_too_long",
            "msg_too_long",
            "no_text",
            "too_many_attachments",
        }
    ),
    "gone": frozenset(
        {
            "cannot_reply_to_message",
            "cant_update_message",
            "edit_window_closed",
            "message_not_found",
            "restricted_action_thread_locked",
            "thread_not_found",
        }
    ),
    # Slack's own words for the first two: "it's possible some aspect of the operation succeeded".
    "broken": frozenset(
        {
            "fatal_error",
            "internal_error",
            "file_update_failed",
            "request_timeout",
            "service_unavailable",
            "update_failed",
        }
    ),
    "late": frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"}),
}
_WORDS = {
    "absent": ("Slack won't let me post in {where} ({code}).", "Invite me: /invite @noroshi in {where}."),
    "token": ("Slack does not take my token ({code}).", "Check SLACK_BOT_TOKEN and SLACK_APP_TOKEN."),
    "scope": ("Slack says that I lack {needed}.", "Update the app from manifest.yaml and reinstall it."),
    "archived": ("{where} is archived.", "Unarchive it, or name another channel in the settings."),
    "closed": (
        "I am not among those who may post in {where} ({code}).",
        "Let me post there, or name another channel in the settings.",
    ),
    "form": (
        "Slack refused the form of this message ({code}).",
        "Ask for less, or take the CSV; it is a bug of mine.",
    ),
    "gone": ("The message that this is about can't be changed or answered any more ({code}).", "Post anew."),
    "broken": (
        "Slack stumbled ({code}); what I asked may have happened all the same.",
        "Try again in a minute.",
    ),
    "late": ("That click reached me too late for Slack to open a form.", "Press the button again."),
}
_ANY = ("Slack said no: {code}.", "docs.slack.dev explains the code; noroshi doctor checks the app.")
_ERRORS: dict[str, type[Upstream]] = {
    "absent": NoSuchPlace,
    "archived": NoSuchPlace,
    "closed": NoSuchPlace,
    "form": BadForm,
    "gone": Gone,
    "broken": Unanswered,
}
UNREACHABLE = (SlackClientError, HTTPException, OSError, UnicodeDecodeError)
"""What slack_sdk raises beside SlackApiError when no answer of Slack's can be read.

URLError and timeouts are OSErrors; bytes that are no text end in UnicodeDecodeError.
"""
_NEVER_SENT = (ConnectionRefusedError, gaierror, ssl.SSLCertVerificationError, SlackRequestError)


def direct(url: str) -> bool:
    """Whether no proxy stands between: loopback, or what NO_PROXY names (slack_sdk itself ignores that)."""
    host = urlsplit(url).hostname or ""
    return host in {"localhost", "::1"} or host.startswith("127.") or bool(proxy_bypass(host))


def refused(error: SlackApiError, channel: str = "") -> Upstream:
    """Slack's answer that is no `ok: true`, in words, with whose turn it is.

    Throttled (with the seconds to wait), NoSuchPlace, BadForm, Gone; Unanswered for an answer that does
    not say whether it was done (5xx, internal_error and the like, no JSON); another Upstream for the rest.
    """
    status, code = getattr(error.response, "status_code", HTTPStatus.OK), error_code(error)
    if code in _LIMITED or status == HTTPStatus.TOO_MANY_REQUESTS:
        return Throttled("Slack asks me to slow down.", "Try again in a minute.", retry_after=_wait(error))
    kind = next((kind for kind, codes in _KINDS.items() if code in codes), "")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or code == "unknown_error":
        kind, code = "broken", f"HTTP {status}, no JSON" if code == "unknown_error" else code
    message, hint = _WORDS.get(kind, _ANY)
    known = {"code": code, "where": channel or "that channel", "needed": _said(error, "needed") or "a scope"}
    return _ERRORS.get(kind, Upstream)(message.format(**known), hint.format(**known))


def absent(error: Upstream) -> bool:
    """Whether Slack refused because the bot is no member of the conversation."""
    return isinstance(error.__cause__, SlackApiError) and error_code(error.__cause__) in _ABSENT


def error_code(error: SlackApiError) -> str:
    """Slack's word for what is wrong (`channel_not_found`); `unknown_error` where the answer has none."""
    # Of an answer that is no JSON, slack_sdk makes an "error" that holds its text: no word of Slack's.
    said = _said(error, "error")
    return said if _CODE.fullmatch(said) else "unknown_error"


def _said(error: SlackApiError, name: str) -> str:
    # Where the answer was no JSON, slack_sdk may put a text or an HTTP response in this place.
    body = getattr(error.response, "data", error.response)
    return str(body.get(name) or "") if isinstance(body, dict) else ""


def _wait(error: SlackApiError) -> float | None:
    headers: Any = getattr(error.response, "headers", None) or {}
    said = next((str(value) for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(said) if said.isdigit() else None


def unreachable(error: BaseException) -> Upstream:
    """No answer came: Unanswered, or a plain Upstream where nothing can have been sent."""
    if isinstance(error, HTTPError):  # of the Web API slack_sdk raises none: a file's upload address answered
        error.close()
        return Upstream(f"Slack did not take the file (HTTP {error.code}).", "Try again in a minute.")
    causes = tuple(_causes(error))
    name = type(causes[min(1, len(causes) - 1)] if isinstance(error, URLError) else error).__name__
    if any(isinstance(cause, _NEVER_SENT) for cause in causes):
        return Upstream(f"Slack can't be reached ({name}).", "Try again in a minute.")
    return Unanswered(
        f"Slack did not answer ({name}); what I asked may have happened all the same.",
        "Try again in a minute.",
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, what urllib wrapped (`reason`) and what it was raised from."""
    yield error
    for inner in (getattr(error, "reason", None), error.__cause__):
        if isinstance(inner, BaseException):
            yield from _causes(inner)
