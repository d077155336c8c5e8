"""Ask log files a question in Athena's SQL: read, keep what may matter, load, translate, run."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.adapters.duckdb.brake import Brake
from bot.adapters.duckdb.dialect import Translated, to_duckdb
from bot.adapters.duckdb.filling import Keyed, NotLoaded, Rows
from bot.adapters.duckdb.parquet import ParquetFile, ParquetTable, Written
from bot.adapters.duckdb.part import How, Skipped, Tally
from bot.adapters.duckdb.reading import Reader
from bot.adapters.duckdb.store import LogObject
from bot.adapters.duckdb.table import Records, records

__all__ = ["Keyed", "LakeAnswer", "ParquetFile", "ParquetTable", "Skipped", "Written", "query"]


@dataclass(frozen=True, slots=True)
class LakeAnswer:
    """What a query over files gave; files of logs, that is: `bytes_parquet` tells of the others.

    `columns` are names with Athena's types (`varchar`, `bigint`, `double`, `boolean`, …), `rows` tuples in
    that order. `files` were read, `logs` of them held events. `bytes_scanned` counts the files' sizes as
    stored, `bytes_parquet` what was read of Parquet files; `undated` the records looked at whose eventTime
    can't be read.
    """

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Any, ...], ...]
    files: int
    logs: int
    bytes_scanned: int
    skipped: tuple[Skipped, ...] = ()
    undated: int = 0
    bytes_parquet: int = 0


def query(  # noqa: PLR0913 - what is asked, of what, and how it may end
    objects: Iterable[LogObject],
    sql: str,
    parameters: Sequence[str] = (),
    *,
    table: str = "noroshi.cloudtrail",
    keyed: Keyed | None = None,
    parquet: Sequence[ParquetTable] = (),
    needles: Sequence[str] = (),
    brake: Brake | None = None,
    now: datetime | None = None,
    readers: int | None = None,
    into: Written | None = None,
    reader: Callable[[], Reader] = Reader,
) -> LakeAnswer:
    """Run `sql` (Athena's, a `?` for each of `parameters`, which are texts) over records and Parquet tables.

    The records are those of `objects`; the statement may ask them and the tables of `parquet` together.
    `table` is what the SQL calls the records; its last part alone is understood too, as of each table;
    `keyed` its partition columns, if they are not account, region and day. `needles`: every record that
    any part of the statement can select holds one of these texts verbatim. `now` is what the SQL's
    current_timestamp is. `readers` files are read at once (as many as cores, if not said). Pulling
    `brake` from another thread raises Stopped here. With `into`, the rows are written there, and one comes
    back that counts them. `reader` makes what reads the files. Raises QueryFailed, and what a file's `read` raises.
    """
    brake = brake or Brake()
    others = tuple(one.name for one in parquet)
    translated = to_duckdb(
        sql, table=table, others=others, parameters=len(parameters), now=now or datetime.now(UTC)
    )
    question = _Question(table, keyed, tuple(parquet), translated, tuple(parameters), brake, readers, into)
    with reader() as reading:
        files = reading.look_at(objects)
        try:
            return _answer(files, How(tuple(needles), parsed=False), question, reading)
        except NotLoaded:
            # Some record is no event as CloudTrail writes them: look at each before DuckDB does.
            return _answer(files, How(tuple(needles), parsed=True), question, reading)


@dataclass(frozen=True, slots=True)
class _Question:
    table: str
    keyed: Keyed | None
    parquet: tuple[ParquetTable, ...]
    translated: Translated
    parameters: tuple[str, ...]
    brake: Brake
    readers: int | None
    into: Written | None


def _answer(files: list[LogObject], how: How, question: _Question, reader: Reader) -> LakeAnswer:
    with TemporaryDirectory(prefix="noroshi-") as folder:
        tally = reader.read(files, how, Path(folder), question.brake, question.readers)
        rows = Rows(Path(folder), tally.longest, mend=how.parsed)
        with records(
            question.table, question.translated, rows, question.keyed, question.parquet, question.into
        ) as lake:
            return _asked(lake, question, tally)


def _asked(lake: Records, question: _Question, tally: Tally) -> LakeAnswer:
    ask = lake.ask if question.into is None else lake.write
    columns, found = ask(question.translated.sql, question.parameters, question.brake)
    return LakeAnswer(
        columns,
        tuple(found),
        tally.files,
        tally.logs,
        tally.bytes,
        tally.skipped,
        lake.undated(),
        lake.bytes_read,
    )
