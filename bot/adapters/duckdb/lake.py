"""Ask log files a question in Athena's SQL: read, keep what may matter, load, translate, run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.adapters.duckdb.brake import Brake
from bot.adapters.duckdb.dialect import Translated, to_duckdb
from bot.adapters.duckdb.part import How, Skipped
from bot.adapters.duckdb.reading import read
from bot.adapters.duckdb.store import LogObject
from bot.adapters.duckdb.table import NotLoaded, Rows, records

__all__ = ["LakeAnswer", "Skipped", "query"]


@dataclass(frozen=True, slots=True)
class LakeAnswer:
    """What a query over files gave.

    `columns` are names with Athena's types (`varchar`, `bigint`, `double`, `boolean`, …), `rows` tuples in
    that order. `files` were read, `logs` of them held events. `bytes_scanned` counts the files' sizes as
    stored; `undated` the records looked at whose eventTime can't be read.
    """

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Any, ...], ...]
    files: int
    logs: int
    bytes_scanned: int
    skipped: tuple[Skipped, ...] = ()
    undated: int = 0


def query(  # noqa: PLR0913 - what is asked, of what, and how it may end
    objects: Iterable[LogObject],
    sql: str,
    parameters: Sequence[str] = (),
    *,
    table: str = "noroshi.cloudtrail",
    needles: Sequence[str] = (),
    brake: Brake | None = None,
    now: datetime | None = None,
    readers: int | None = None,
) -> LakeAnswer:
    """Run `sql` (Athena's, a `?` for each of `parameters`, which are texts) over the records of `objects`.

    `table` is what the SQL calls the records; its last part alone is understood too. `needles`: every
    record the statement can select holds one of these texts verbatim. `now` is what the SQL's
    current_timestamp is. `readers` files are read at once (as many as cores, if not said). Pulling
    `brake` from another thread raises Stopped here. Raises QueryFailed, and what a file's `read` raises.
    """
    brake = brake or Brake()
    translated = to_duckdb(sql, table=table, parameters=len(parameters), now=now or datetime.now(UTC))
    question = _Question(table, translated, tuple(parameters), brake)
    files = list(objects)
    try:
        return _answer(files, How(tuple(needles), parsed=False), question, readers)
    except NotLoaded:
        # Some record is no event as CloudTrail writes them: look at each before DuckDB does.
        return _answer(files, How(tuple(needles), parsed=True), question, readers)


@dataclass(frozen=True, slots=True)
class _Question:
    table: str
    translated: Translated
    parameters: tuple[str, ...]
    brake: Brake


def _answer(files: list[LogObject], how: How, question: _Question, readers: int | None) -> LakeAnswer:
    with TemporaryDirectory(prefix="noroshi-") as folder:
        tally = read(files, how, Path(folder), question.brake, readers)
        rows = Rows(Path(folder), tally.longest, mend=how.parsed)
        with records(question.table, question.translated.columns, rows) as lake:
            columns, found = lake.ask(question.translated.sql, question.parameters, question.brake)
            undated = lake.undated()
    return LakeAnswer(columns, tuple(found), tally.files, tally.logs, tally.bytes, tally.skipped, undated)
