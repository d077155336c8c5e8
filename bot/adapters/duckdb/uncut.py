"""A whole log file as the lines that DuckDB reads, none of its records parsed here."""

from bot.adapters.duckdb.layout import Partition
from bot.adapters.duckdb.shapes import Lines
from bot.adapters.duckdb.structure import MARK, TAIL, looks_like_a_log, marks_are_records

_HEAD = b'{"Records":['
_BETWEEN = b"}," + MARK


def uncut(text: bytes, partition: Partition | None) -> tuple[bytes, ...] | None:
    """The lines of a file as CloudTrail writes it; None for any other."""
    if partition is None or not looks_like_a_log(text):
        return None
    # A single byte is found ten times as fast as several, and few files have any.
    if (b"\\" in text and rb"\u00" in text) or _has_arn_in_lower_case(text):
        return None
    records = text[len(_HEAD) + len(MARK) : 1 - len(TAIL)].replace(b"\n", b" ").split(_BETWEEN)
    # A record ends where the next one's mark stands, unless something else than a comma is between.
    if len(records) != text.count(MARK) or not marks_are_records(text):
        return None
    records[-1] = records[-1].removesuffix(b"}")
    begin = Lines(partition).line(None, MARK).removesuffix(b"\n")
    return tuple(begin + record + b"}\n" for record in records)


def _has_arn_in_lower_case(text: bytes) -> bool:
    """Whether some record's resources, or what follows them, have a key that DuckDB would not find."""
    place = text.find(b'"resources"')
    while place >= 0:
        end = text.find(MARK, place)
        if text.find(b'"arn"', place, end if end >= 0 else len(text)) >= 0:
            return True
        place = text.find(b'"resources"', end) if end >= 0 else -1
    return False
