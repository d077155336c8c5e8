"""A CloudTrail record with holes: built once as a dict, then filled hundreds of thousands of times as text.

A hole is a string value `<<name>>`; `<<#name>>` becomes a bare number. Filling is one `%` on a prepared string,
which is what lets 200,000 records be written in seconds.
"""

import re
from collections.abc import Mapping
from typing import Any

import orjson

_NUMBER = re.compile(r'"<<#(\w+)>>"')
_TEXT = re.compile(r"<<(\w+)>>")

Record = dict[str, Any]


class Template:
    """One kind of record; what fills a hole must already be safe inside a JSON string."""

    def __init__(self, record: Record) -> None:
        text = orjson.dumps(record).decode().replace("%", "%%")
        self._text = _TEXT.sub(r"%(\1)s", _NUMBER.sub(r"%(\1)d", text))

    def fill(self, holes: Mapping[str, str | int]) -> str:
        """The record as one line of JSON; KeyError if a hole has no value."""
        return self._text % holes

    def record(self, holes: Mapping[str, str | int]) -> Record:
        """The record as a dict, for the few that are wanted one by one."""
        record: Record = orjson.loads(self.fill(holes))
        return record
