r"""Only the records that may matter to a question, found by bytes before anything is parsed.

A question names needles: texts one of which every record it selects holds verbatim. Most records hold
none, so a search over the unpacked bytes replaces parsing them. Whatever is not plainly CloudTrail's
own writing (another order of keys, indentation, escapes that may hide a needle) is parsed whole instead:
slower, never different.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import orjson

from bot.adapters.duckdb.finding import Find, findings
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
        if not all(needle and _PLAIN.issuperset(needle) for needle in encoded):
            encoded = []
        self._findings = findings(encoded)
        letters = frozenset(b"".join(encoded))
        self._hidden = frozenset(f"{letter:02x}".encode() for letter in letters)
        self._hides_slash = ord("/") in letters

    @property
    def keeps_all(self) -> bool:
        """Whether there is nothing to look for."""
        return not self._findings

    def sift(self, text: bytes, *, stored: bytes | None = None, parsed: bool = True) -> Sifted:
        r"""The records of a file's unpacked bytes; raises Broken.

        `stored`: the gzipped bytes that they come from. Its checksum proves that they are all that was written, so
        that a file without a needle need not be looked at further. Without `parsed`, plain records are only
        cut out: they may turn out to be no events, or no JSON.
        """
        text = text.strip()
        if self.keeps_all or self._may_hide(text):
            return self._parsed(text, every=True)
        if not looks_like_a_log(text):
            return self._parsed(text)
        stretches = self._stretches(text)
        if not stretches and stored is not None:
            return Sifted([], any_events=True)
        kept = _cut(text, stretches, parsed=parsed) if marks_are_records(text, stored) else None
        return self._parsed(text) if kept is None else Sifted(kept, any_events=True)

    def _may_hide(self, text: bytes) -> bool:
        r"""Whether an escape in the text stands for a letter of a needle (`b` for b, or `\/`)."""
        if b"\\" not in text:
            return False
        if self._hides_slash and rb"\/" in text:
            return True
        return any(piece[:2].lower() in self._hidden for piece in text.split(rb"\u00")[1:])

    def _holds(self, text: bytes) -> bool:
        return any(finding(text)(0) >= 0 for finding in self._findings)

    def _parsed(self, text: bytes, *, every: bool = False) -> Sifted:
        written: list[tuple[Record | None, bytes]] = [(one, orjson.dumps(one)) for one in parse(text)]
        kept = [one for one in written if every or self._holds(one[1])]
        return Sifted(kept, any_events=bool(written))

    def _stretches(self, text: bytes) -> list[tuple[int, int]]:
        """The stretches from mark to mark that hold a needle, in order, each once."""
        kinds = [found for finding in self._findings if (found := list(_stretches(text, finding(text))))]
        return kinds[0] if len(kinds) == 1 else sorted({one for found in kinds for one in found})


def _stretches(text: bytes, find: Find) -> Iterator[tuple[int, int]]:
    place = find(0)
    while place >= 0:
        begin = text.rfind(MARK, 0, place + len(MARK))
        end = text.find(MARK, place + 1)
        if end < 0:
            end = len(text) - len(TAIL) + 1  # before the file's last two brackets
        yield begin, end
        place = find(end)


def _cut(
    text: bytes, stretches: list[tuple[int, int]], *, parsed: bool
) -> list[tuple[Record | None, bytes]] | None:
    """The records in the stretches, or None where one is not a record by itself."""
    escapes = b"\\" in text
    kept: list[tuple[Record | None, bytes]] = []
    for begin, end in stretches:
        if not parsed and _is_plain(text, begin, end, escapes=escapes):
            kept.append((None, text[begin : end - 1]))
            continue
        written = text[begin:end].rstrip(b" \t\r\n,")
        try:
            record = orjson.loads(written)
        except orjson.JSONDecodeError:
            return None
        if is_event(record):
            kept.append((record, written))
    return kept


def _is_plain(text: bytes, begin: int, end: int, *, escapes: bool) -> bool:
    """Whether DuckDB reads the record as it stands: no resource's key in lower case, nor one written in escapes.

    A comma must follow it. `escapes`: the text has some backslash.
    """
    if text[end - 2 : end] != b"},":
        return False
    resources = text.find(b'"resources"', begin, end)
    if resources >= 0 and text.find(b'"arn"', resources, end) >= 0:
        return False
    return not (escapes and text.find(rb"\u00", begin, end) >= 0)
