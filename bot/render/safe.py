"""The one place that makes untrusted text harmless.

Whatever a person can't see, or what moves text about, is shown as `⟨U+202E⟩`: someone who hides
a character in a bucket name should be seen doing it.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

# Seen by no one, though Unicode calls them letters or marks (Default_Ignorable_Code_Point, blanks);
# and what is no character at all.
_BLANK = frozenset(
    {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164, 0xFFA0}
    | set(range(0xFE00, 0xFE0E))
    | set(range(0xE0000, 0xE1000))
    | set(range(0xFDD0, 0xFDF0))
    | {plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF)}
)
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_SUSPECT = re.compile(r"[^\n -~]")  # plain ASCII, most of any answer, need not be looked at
_BREAK = re.compile(r"\r\n?|\n")


@lru_cache(maxsize=4_096)  # answers are written with a few hundred different ones
def hidden(char: str) -> bool:
    """Whether a character is a control, a bidi or zero-width mark, a separator of lines, or half a character."""
    return unicodedata.category(char) in _HIDDEN_CATEGORIES or ord(char) in _BLANK


def replace_hidden(text: str, by: Callable[[str], str]) -> str:
    """The text with each hidden character but the line feed replaced."""
    return _SUSPECT.sub(lambda found: by(found[0]) if hidden(found[0]) else found[0], text)


def size(text: str) -> int:
    """Length in UTF-16 units: Slack does not say how it counts, and this is the larger."""
    return len(_units(text)) // 2


def clean(text: str, limit: int | None = None, *, lines: bool = False) -> str:
    """The text with nothing hidden in it, at most `limit` UTF-16 units long.

    Line breaks become `⏎` unless `lines` is set, tabs a space. What is cut ends in
    `… (10,240 characters)`, or in `…` where there is no room for that.
    """
    head = text if limit is None else text[: limit + 1]
    if not (head.isascii() and head.isprintable()):
        head = _BREAK.sub("\n" if lines else "⏎", head).replace("\t", " ")
        head = replace_hidden(head, lambda char: f"⟨U+{ord(char):04X}⟩")
    if limit is None or (size(head) <= limit and len(text) <= limit + 1):
        return head
    return _cut(head, limit, f"… ({len(text):,} characters)")


def _cut(text: str, limit: int, mark: str) -> str:
    # A mark that takes more than half of the place says less than the text it pushes out.
    end = mark if len(mark) * 2 <= limit else "…"[:limit]
    kept = _units(text)[: 2 * (limit - len(end))].decode("utf-16-le", "ignore")
    # Half of a visible mark would read as something else.
    return re.sub(r"⟨[U+0-9A-F]{0,8}\Z", "", kept) + end


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def escape(text: str) -> str:
    """Text for Slack's top-level `text`: exactly `& < >`, as docs.slack.dev (formatting message text) says."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
