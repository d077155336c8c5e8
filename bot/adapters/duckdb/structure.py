r"""Where one record of a log file ends and the next begins, told without parsing the file.

CloudTrail writes `{"Records":[{"eventVersion":…},{"eventVersion":…}]}`. A record may hold the same mark
inside (free-form request parameters do), so marks are trusted only when the brackets that follow
each, up to the next, close it and each other. The proof works on whole buffers at memory speed: drop all
but brackets and quotes, cut at the marks, and look at each different silhouette once.
"""

import re
from collections.abc import Iterable
from typing import TypeVar

Known = TypeVar("Known")

MARK = b'{"eventVersion"'
TAIL = b"}]}"
_HEAD = b'{"Records":['
_HEAD_BARE = b'{""['
_TAIL_BARE = b"]}"

_CUT = b"\x01"  # stands for a mark; no JSON holds it raw
_OTHERS = bytes(set(range(256)) - set(b'{}[]"' + _CUT))
# What is left of a mark when of the letters only v and V stay; few other keys look like it (serverVersion).
_OTHERS_BUT_V = bytes(set(range(256)) - set(b'{}[]"vV'))
_MARK_IN_V = b'{"vV"'
_STRING = re.compile(rb'"[^"]*"')

# Silhouettes that were seen to close: files write the same few thousand again and again.
_KNOWN: set[bytes] = set()
_KNOWN_AT_MOST = 20_000
_LONG = 1_000  # bytes; longer ones are seldom met twice

# Files whose marks were seen to open records, by the hashes of their bytes as stored: questions about the same days
# follow one another, and most of what is left to do for a file would be to prove that again.
_PROVEN: set[int] = set()
_PROVEN_AT_MOST = 50_000


def looks_like_a_log(text: bytes) -> bool:
    """Whether the text begins and ends as CloudTrail's own files do; says nothing of what is between."""
    return text.startswith(_HEAD + MARK) and text.endswith(TAIL)


def marks_are_records(text: bytes, stored: bytes | None = None) -> bool:
    """Whether every mark in a text that looks like a log opens a record, none stands deeper.

    `stored` is what the text was unpacked from, if anything: where that comes again, the answer is known.
    """
    if stored is None:
        return _are_records(text)
    if hash(stored) in _PROVEN:
        return True
    proven = _are_records(text)
    if proven:
        _remember(_PROVEN, [hash(stored)], _PROVEN_AT_MOST)
    return proven


def _are_records(text: bytes) -> bool:
    bare = without_escapes(text) if b"\\" in text else text
    # The short way first: it takes some other keys for marks, so its yes is sure and its no is not.
    return _all_closed(bare.translate(None, _OTHERS_BUT_V), _MARK_IN_V) or (
        _CUT not in bare and _all_closed(bare.replace(MARK, _CUT).translate(None, _OTHERS), _CUT)
    )


def without_escapes(text: bytes) -> bytes:
    r"""JSON without its `\x` pairs, so that each `"` left opens or closes a string."""
    pieces = text.split(b"\\")
    kept = [pieces[0]]
    escaped = False  # whether the present backslash was itself what the one before it escaped
    for piece in pieces[1:]:
        if escaped:
            kept.append(piece)
            escaped = False
        elif piece:
            kept.append(piece[1:])
        else:
            escaped = True
    return b"".join(kept)


def _all_closed(bare: bytes, mark: bytes) -> bool:
    first, *pieces = bare.split(mark)
    if first != _HEAD_BARE or not pieces or not bare.endswith(_TAIL_BARE):
        return False
    pieces[-1] = pieces[-1].removesuffix(_TAIL_BARE)
    unknown = set(pieces) - _KNOWN
    closed = all(map(_is_closed, unknown))
    if closed:
        _remember(_KNOWN, (one for one in unknown if len(one) <= _LONG), _KNOWN_AT_MOST)
    return closed


def _remember(known: set[Known], more: Iterable[Known], at_most: int) -> None:
    if len(known) > at_most:
        known.clear()
    known.update(more)


def _is_closed(silhouette: bytes) -> bool:
    """Whether the brackets that follow a mark close it and each other; those in strings do not count."""
    # Two quotes side by side are an empty string or a boundary: without them each bracket keeps its side.
    quoted = silhouette.translate(None, b"vV").replace(b'""', b"")
    brackets = b"{" + _STRING.sub(b"", quoted)
    while True:
        shorter = brackets.replace(b"{}", b"").replace(b"[]", b"")
        if len(shorter) == len(brackets):
            return not shorter
        brackets = shorter
