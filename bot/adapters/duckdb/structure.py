r"""Where one record of a log file ends and the next begins, told without parsing the file.

CloudTrail writes `{"Records":[{"eventVersion":…},{"eventVersion":…}]}`. A record may hold the same mark
inside (free-form request parameters do), so marks are trusted only when the file's brackets prove that
each stands at the depth of a record. The proof works on whole buffers at memory speed: drop all but
brackets and quotes, drop strings, then collapse `{}` and `[]` until nothing moves.
"""

import re

MARK = b'{"eventVersion"'
HEAD = b'{"Records":[' + MARK
TAIL = b"}]}"

_MARKED = b"\x01"  # stands for a mark, brace included; no JSON holds it raw
_OTHERS = bytes(set(range(256)) - set(b'{}[]"' + _MARKED))
# What is left of a mark when of the letters only v and V stay; few other keys look like it (serverVersion).
_OTHERS_BUT_V = bytes(set(_OTHERS) - set(b"vV"))
_MARK_IN_V = b'{"vV"'
_STRING = re.compile(rb'"[^"]*"')


def looks_like_a_log(text: bytes) -> bool:
    """Whether the text begins and ends as CloudTrail's own files do; says nothing of what is between."""
    return text.startswith(HEAD) and text.endswith(TAIL)


def marks_are_records(text: bytes) -> bool:
    """Whether every mark in a text that looks like a log opens a record, none stands deeper."""
    if _MARKED in text:
        return False
    bare = without_escapes(text) if b"\\" in text else text
    # The short way first: it takes some other keys for marks, so its yes is sure and its no is not.
    short = bare.translate(None, _OTHERS_BUT_V).replace(_MARK_IN_V, _MARKED)
    return _stand_in_one_list(short) or _stand_in_one_list(bare.replace(MARK, _MARKED))


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


def _stand_in_one_list(marked: bytes) -> bool:
    # Two quotes side by side are an empty string or a boundary: without them each bracket keeps its side.
    brackets = _STRING.sub(b"", marked.translate(None, _OTHERS).replace(b'""', b""))
    return _collapsed(brackets) == b"{[" + (_MARKED + b"}") * brackets.count(_MARKED) + b"]}"


def _collapsed(brackets: bytes) -> bytes:
    while True:
        shorter = brackets.replace(b"{}", b"").replace(b"[]", b"")
        if len(shorter) == len(brackets):
            return brackets
        brackets = shorter
