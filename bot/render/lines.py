"""Lines of words as Slack's rich text: literal text, dates, our own links; nothing that can come alive.

A rich_text `text` element is shown as it stands: mrkdwn, mentions and emoji codes in it stay letters
(docs.slack.dev: rich text block).
"""

import re
from datetime import UTC, datetime
from typing import Any

from bot.core.text import Added, Code, Line, Link, Piece, Removed, Small, Strong, When
from bot.render.safe import clean

Json = dict[str, Any]

_PIECES = 24  # a line of more pieces is joined: every piece costs about 40 characters of JSON
_URL = re.compile(r"https?://[!-~]{1,2990}")
_DATES = (datetime(1970, 1, 2, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))


def plain(line: Line) -> str:
    """The line without its faces, not yet cleaned; moments in UTC."""
    return "".join(utc(piece.at) if isinstance(piece, When) else _words(piece) for piece in line)


def utc(moment: datetime) -> str:
    """`2026-09-08 03:11 UTC`."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def elements(line: Line, limit: int) -> list[Json]:
    """A line as rich_text elements of at most about `limit` characters in sum; [] for an empty line."""
    if len(line) > _PIECES:
        return _texts(plain(line), limit, {})
    done: list[Json] = []
    for piece in line:
        if limit <= 0:
            break
        more = _element(piece, limit)
        limit -= sum(len(each.get("text") or each.get("fallback") or "") for each in more)
        done += more
    return done


def section(lines: list[list[Json]]) -> Json:
    """One rich_text_section of lines, with breaks between (sections side by side would not break)."""
    parts = [part for line in lines for part in (text("\n"), *line)][1:]
    return {"type": "rich_text_section", "elements": parts}


def rich_text(*parts: Json) -> Json:
    """A rich_text block."""
    return {"type": "rich_text", "elements": list(parts)}


def text(words: str, **style: bool) -> Json:
    """A text element; `words` must be clean and not empty."""
    return {"type": "text", "text": words} | ({"style": style} if style else {})


def plain_text(words: str) -> Json:
    """A plain_text object; emoji codes in it stay letters."""
    return {"type": "plain_text", "text": words, "emoji": False}


def safe_url(url: str) -> bool:
    """Whether Slack takes it for a link: http or https, nothing but visible ASCII, under 3,000 characters."""
    return _URL.fullmatch(url) is not None


def small(line: Line) -> bool:
    """Whether the whole line is detail."""
    return bool(line) and all(isinstance(piece, Small) for piece in line)


def _words(piece: Piece) -> str:
    match piece:
        case str():
            return piece
        case When(at):
            return utc(at)
        case _:
            return piece.text


def _element(piece: Piece, limit: int) -> list[Json]:
    match piece:
        case When(at) if _DATES[0] <= at < _DATES[1]:
            return [_date(at)]
        case Link(_, url) if safe_url(url) and len(url) <= limit:
            return [{"type": "link", "url": url, "text": clean(piece.text, limit) or url}]
        case Code():
            return _texts(piece.text, limit, {"code": True})
        case Strong() | Added():
            return _texts(piece.text, limit, {"bold": True})
        case Removed():
            return _texts(piece.text, limit, {"strike": True})
        case _:
            return _texts(_words(piece), limit, {})


def _texts(words: str, limit: int, style: dict[str, bool]) -> list[Json]:
    shown = clean(words, limit)
    return [text(shown, **style)] if shown else []


def _date(moment: datetime) -> Json:
    return {
        "type": "date",
        "timestamp": int(moment.timestamp()),
        "format": "{date_short_pretty} {time}",
        "fallback": utc(moment),
    }
