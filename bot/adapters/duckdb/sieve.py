r"""Only the records that may matter to a question, found by bytes before anything is parsed.

A question names needles: texts one of which every record it selects holds verbatim. Most records hold
none, so a search over the unpacked bytes replaces parsing them. Whatever is not plainly CloudTrail's
own writing (another order of keys, indentation, escapes that may hide a needle) is parsed whole instead:
slower, never different.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import orjson

from bot.adapters.duckdb.records import Record, is_event, parse
from bot.adapters.duckdb.structure import MARK, TAIL, looks_like_a_log, marks_are_records

# What a needle may consist of for its bytes to stand in JSON as they are (an escape of ASCII is looked for).
_PLAIN = frozenset(range(0x20, 0x7F)) - frozenset(b'"\\')


@dataclass(frozen=True, slots=True)
class Sifted:
    """What was kept of a file, and whether it holds events at all.

    Of each record its JSON, and what that says: None where it was not parsed.
    """

    records: list[tuple[Record | None, bytes]]
    any_events: bool


class Sieve:
    """Keeps a file's records that hold a needle, and maybe some that do not. Safe to share between threads."""

    def __init__(self, needles: Sequence[str] = ()) -> None:
        """No needles, or one that JSON has to escape, keep every record."""
        encoded = [needle.encode() for needle in needles]
        self._needles = encoded if all(needle and _PLAIN.issuperset(needle) for needle in encoded) else []
        letters = frozenset(b"".join(self._needles))
        self._hidden = frozenset(f"{letter:02x}".encode() for letter in letters)
        self._hides_slash = ord("/") in letters

    def sift(self, text: bytes, *, whole: bool = False, parsed: bool = True) -> Sifted:
        r"""The records of a file's unpacked bytes; raises Broken.

        `whole`: the bytes are known to be all that was written (gzip's checksum proves it), so that a
        file without a needle need not be looked at further. Without `parsed`, plain records are only
        cut out: they may turn out to be no events, or no JSON.
        """
        text = text.strip()
        if not self._needles or self._may_hide(text):
            return self._parsed(text, ())
        if not looks_like_a_log(text):
            return self._parsed(text, self._needles)
        stretches = self._stretches(text)
        if not stretches and whole:
            return Sifted([], any_events=True)
        kept = _cut(text, stretches, parsed=parsed) if marks_are_records(text) else None
        return self._parsed(text, self._needles) if kept is None else Sifted(kept, any_events=True)

    def _may_hide(self, text: bytes) -> bool:
        r"""Whether an escape in the text stands for a letter of a needle (`b` for b, or `\/`)."""
        if b"\\" not in text:
            return False
        if self._hides_slash and rb"\/" in text:
            return True
        return any(piece[:2].lower() in self._hidden for piece in text.split(rb"\u00")[1:])

    def _holds(self, text: bytes) -> bool:
        return any(needle in text for needle in self._needles)

    def _parsed(self, text: bytes, needles: Sequence[bytes]) -> Sifted:
        written: list[tuple[Record | None, bytes]] = [(one, orjson.dumps(one)) for one in parse(text)]
        kept = [one for one in written if not needles or self._holds(one[1])]
        return Sifted(kept, any_events=bool(written))

    def _stretches(self, text: bytes) -> list[tuple[int, int]]:
        """The stretches from mark to mark that hold a needle, in order, each once."""
        if len(self._needles) == 1:
            return list(_stretches(text, self._needles[0]))
        return sorted({one for needle in self._needles for one in _stretches(text, needle)})


def _stretches(text: bytes, needle: bytes) -> Iterator[tuple[int, int]]:
    place = text.find(needle)
    while place >= 0:
        begin = text.rfind(MARK, 0, place + len(MARK))
        end = text.find(MARK, place + 1)
        if end < 0:
            end = len(text) - len(TAIL) + 1  # before the file's last two brackets
        yield begin, end
        place = text.find(needle, end)


def _cut(
    text: bytes, stretches: list[tuple[int, int]], *, parsed: bool
) -> list[tuple[Record | None, bytes]] | None:
    """The records in the stretches, or None where one is not a record by itself."""
    kept: list[tuple[Record | None, bytes]] = []
    for begin, end in stretches:
        written = text[begin:end].rstrip(b" \t\r\n,")
        if not parsed and _is_plain(written):
            kept.append((None, written))
            continue
        try:
            record = orjson.loads(written)
        except orjson.JSONDecodeError:
            return None
        if is_event(record):
            kept.append((record, written))
    return kept


def _is_plain(written: bytes) -> bool:
    """Whether DuckDB reads the record as it stands: no resource's key in lower case, nor one written in escapes."""
    resources = written.find(b'"resources"')
    return (resources < 0 or written.find(b'"arn"', resources) < 0) and not (
        b"\\" in written and rb"\u00" in written
    )
