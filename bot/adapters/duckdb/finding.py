"""Where needles stand in a file's bytes: all bytes are gone through for it, and most files hold none."""

import ctypes
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

Find = Callable[[int], int]
"""Where the next needle of one text begins at or after a place, or -1."""
Finding = Callable[[bytes], Find]
"""Makes one for a text."""

_PERCENT_ENCODED = re.compile(rb"%[0-9A-Fa-f]{2}")


def findings(needles: Sequence[bytes]) -> list[Finding]:
    """What finds all of these needles, none of which is empty; several may be found by one."""
    letters = frozenset(needle for needle in needles if _PERCENT_ENCODED.fullmatch(needle))
    finds = [finding(needle) for needle in needles if needle not in letters]
    return [*finds, partial(_letters, letters)] if letters else finds


def finding(needle: bytes) -> Finding:
    """What finds this needle, the fastest way there is here."""
    return partial(_in_python, needle) if _MEMMEM is None else partial(_in_c, _MEMMEM, needle)


def _library() -> Any:
    """The C library's memmem, which takes a third of the time that bytes.find does; None where it has none."""
    try:
        # It takes microseconds: to give up the lock on Python's objects for it would take as long.
        memmem = ctypes.PyDLL(None).memmem
    except (AttributeError, OSError, TypeError):
        return None
    memmem.argtypes = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t
    memmem.restype = ctypes.c_void_p
    return memmem


_MEMMEM = _library()


def _in_c(memmem: Any, needle: bytes, text: bytes) -> Find:
    begin, size = ctypes.cast(ctypes.c_char_p(text), ctypes.c_void_p).value or 0, len(needle)

    def find(start: int) -> int:
        left = len(text) - start  # and keeps the text, which C knows nothing of
        place = memmem(begin + start, left, needle, size) if left >= size else None
        return -1 if place is None else int(place) - begin

    return find


def _in_python(needle: bytes, text: bytes) -> Find:
    return partial(text.find, needle)


def _letters(letters: frozenset[bytes], text: bytes) -> Find:
    """Percent-encoded letters are looked for together, by their sign: it is rare, and fast to find."""

    def find(start: int) -> int:
        place = text.find(b"%", start)
        while place >= 0 and text[place : place + 3] not in letters:
            place = text.find(b"%", place + 1)
        return place

    return find
