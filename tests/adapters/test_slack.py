"""Slack's refusals and silences in words, each as the error that says what to do next."""

import ssl
from http.client import IncompleteRead, RemoteDisconnected
from socket import gaierror
from urllib.error import HTTPError, URLError

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web import SlackResponse

from bot.adapters.slack import absent, direct, error_code, refused, unreachable
from bot.errors import BadForm, Gone, NoSuchPlace, Throttled, Unanswered, Upstream


def answered(data, status=200, headers=None):
    response = SlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data=data,
        headers=headers or {},
        status_code=status,
    )
    return SlackApiError("no", response)


def said(code, **rest):
    return answered({"ok": False, "error": code, **rest})


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("channel_not_found", NoSuchPlace),
        ("not_in_channel", NoSuchPlace),
        ("is_archived", NoSuchPlace),
        ("is_inactive", NoSuchPlace),
        ("restricted_action", NoSuchPlace),
        ("restricted_action_read_only_channel", NoSuchPlace),
        ("invalid_blocks", BadForm),
        ("invalid_attachments", BadForm),
        ("msg_too_long", BadForm),
        ("msg_blocks_too_long", BadForm),
        ("metadata_too_large", BadForm),
        ("message_not_found", Gone),
        ("cant_update_message", Gone),
        ("thread_not_found", Gone),
        ("internal_error", Unanswered),
        ("fatal_error", Unanswered),
        ("request_timeout", Unanswered),
        ("service_unavailable", Unanswered),
        ("update_failed", Unanswered),
        ("ratelimited", Throttled),
        ("rate_limited", Throttled),
        ("message_limit_exceeded", Throttled),
        ("invalid_auth", Upstream),
        ("token_revoked", Upstream),
        ("missing_scope", Upstream),
        ("something_new", Upstream),
    ],
)
def test_each_code_is_the_error_that_says_what_to_do_next(code, kind):
    error = refused(said(code))

    assert type(error) is kind
    assert error.message
    assert error.hint


@pytest.mark.parametrize(
    ("code", "message", "hint"),
    [
        ("channel_not_found", "won't let me post in #security", "/invite @noroshi in #security"),
        ("is_archived", "#security is archived", "Unarchive"),
        ("restricted_action", "not among those who may post in #security", "another channel"),
        ("invalid_blocks", "refused the form", "bug of mine"),
        ("invalid_auth", "does not take my token", "SLACK_BOT_TOKEN"),
        ("internal_error", "may have happened all the same", "Try again"),
        ("message_not_found", "can't be changed or answered any more", "Post anew"),
        ("something_new", "Slack said no: something_new", "noroshi doctor"),
    ],
)
def test_refusals_say_whose_turn_it_is(code, message, hint):
    error = refused(said(code), "#security")

    assert message in error.message
    assert hint in error.hint


def test_a_missing_scope_is_named():
    assert "I lack groups:read" in refused(said("missing_scope", needed="groups:read")).message


@pytest.mark.parametrize(
    ("headers", "expected"),
    [({"Retry-After": "30"}, 30), ({"retry-after": "1"}, 1), ({}, None), ({"Retry-After": "soon"}, None)],
)
def test_a_limit_tells_the_seconds_to_wait(headers, expected):
    error = refused(answered({"ok": False, "error": "ratelimited"}, 429, headers))

    assert isinstance(error, Throttled)
    assert error.retry_after == expected


def test_a_limit_without_slacks_words_is_still_one():
    """What stands before Slack answers 429 with a page."""
    assert isinstance(refused(answered({"ok": False, "error": "Received <html>"}, 429)), Throttled)


@pytest.mark.parametrize("code", ["ok_ish", "channel_not_found", "invalid_blocks"])
def test_a_server_error_may_have_happened_whatever_it_says(code):
    assert isinstance(refused(answered({"ok": False, "error": code}, 503)), Unanswered)


@pytest.mark.parametrize(
    "response",
    ["<html>", {}, None, [], {"ok": False, "error": "Received a response in a non-JSON format: <html>"}],
)
def test_an_answer_that_is_none_of_slacks_may_have_happened_and_is_not_quoted(response):
    """slack_sdk puts whatever came in this place, or makes an error's name of it."""
    for error in (SlackApiError("no", response), answered(response, 502)):
        told = refused(error)
        assert isinstance(told, Unanswered)
        assert "html" not in told.message
        assert error_code(error) == "unknown_error"


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError("timed out"),
        URLError(TimeoutError("timed out")),
        RemoteDisconnected("closed"),
        ConnectionResetError(),
        IncompleteRead(b"{"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no"),
        aiohttp.ServerDisconnectedError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_silence_may_have_happened(error):
    told = unreachable(error)

    assert isinstance(told, Unanswered)
    assert "may have happened" in told.message


@pytest.mark.parametrize(
    "error",
    [
        URLError(ConnectionRefusedError()),
        URLError(gaierror()),
        URLError(ssl.SSLCertVerificationError()),
        SlackRequestError("Invalid URL detected"),
        HTTPError("http://127.0.0.1/upload", 500, "no", None, None),
    ],
    ids=lambda error: repr(error)[:40],
)
def test_what_was_never_sent_has_not_happened(error):
    assert type(unreachable(error)) is Upstream


def test_a_silence_is_called_by_its_own_name():
    assert "TimeoutError" in unreachable(URLError(TimeoutError())).message


def test_absent_is_told_from_other_refusals():
    for code, expected in (("not_in_channel", True), ("is_archived", False)):
        error = said(code)
        with pytest.raises(Upstream) as told:
            raise refused(error) from error
        assert absent(told.value) is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:8080/api/", True),
        ("http://localhost/api/", True),
        ("https://slack.com/api/", False),
    ],
)
def test_no_proxy_stands_before_loopback(url, expected, monkeypatch):
    """The embedded world is reached directly even where a proxy is set."""
    monkeypatch.setenv("HTTPS_PROXY", "http://192.0.2.1:3128")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)

    assert direct(url) is expected
