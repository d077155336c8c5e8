"""Pages with cursors, as Slack gives them: docs.slack.dev /apis/web-api/pagination."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from bot.embedded.slack.refusal import SlackError
from bot.embedded.slack.shapes import Json

from .call import Call

MOST = 1000
T = TypeVar("T")


def page(call: Call, rows: Sequence[T], most: int = 100) -> tuple[list[T], str]:
    """The rows of this call's `cursor` and `limit` (`most` if it names none), and the next cursor or "".

    Raises:
        SlackError: invalid_limit, invalid_cursor.
    """
    size = call.whole("limit", most)
    if not 0 < size <= MOST:
        raise SlackError("invalid_limit")
    cursor = call.text("cursor")
    start = int(opened("row", cursor)) if cursor else 0
    end = start + size
    return list(rows[start:end]), sealed("row", str(end)) if end < len(rows) else ""


def sealed(kind: str, place: str) -> str:
    """A cursor (`bmV4dF90czoxNDg0…` is `next_ts:1484…`): an app must not read it, only give it back."""
    return base64.b64encode(f"{kind}:{place}".encode()).decode()


def opened(kind: str, cursor: str) -> str:
    """The place that a cursor of this kind means: digits.

    Raises:
        SlackError: invalid_cursor.
    """
    try:
        found, _, place = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise SlackError("invalid_cursor") from error
    if found != kind or not place.isdigit():
        raise SlackError("invalid_cursor")
    return place


def following(cursor: str) -> Json:
    """The part of an answer that says how to go on."""
    return {"response_metadata": {"next_cursor": cursor}}
