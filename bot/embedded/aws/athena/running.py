"""Runs one execution: finds what it reads, asks DuckDB, puts the results into the stand-in's S3."""

import threading
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.adapters.duckdb.brake import Stopped
from bot.adapters.duckdb.columns import PARTITION
from bot.adapters.duckdb.lake import LakeAnswer, ParquetFile, ParquetTable, Written, query
from bot.embedded.aws.athena.archive import Archive, Lent
from bot.embedded.aws.athena.execution import Execution
from bot.embedded.aws.athena.failure import CutOff, Failure
from bot.embedded.aws.athena.local import LocalFiles
from bot.embedded.aws.athena.records_file import kinds
from bot.embedded.aws.athena.results import Results, texts
from bot.embedded.aws.athena.statement import Statement, parse, paste
from bot.embedded.aws.athena.table import Reader, Reading
from bot.embedded.aws.athena.unloading import Unload, check_empty, manifest, new_name
from bot.embedded.aws.buckets import find_bucket, put_objects

_NONE = "none.none"
"""The table of the files that DuckDB itself would read: there are none, the archive has them."""


class Runner:
    """Runs executions, each in its own thread; a given `archive` is another's to close."""

    def __init__(self, archive: Archive | None = None) -> None:
        self._lock = threading.Lock()
        self._local, self._archive = LocalFiles(), archive or Archive()
        self._close_archive = archive is None
        self._unloads_to_stop = 0

    def close(self) -> None:
        """Remove the files kept meanwhile."""
        self._local.close()
        if self._close_archive:
            self._archive.close()

    def stop_next_unload(self) -> None:
        """Let one UNLOAD end as CANCELLED with its file written: what Athena leaves then, it never deletes."""
        with self._lock:
            self._unloads_to_stop += 1

    def answer(self, execution: Execution, now: datetime) -> Results:
        """The rows, which lie in S3 too then; raises Failure, Stopped, QueryFailed."""
        request = execution.request
        statement = parse(paste(request.sql, request.parameters))
        if statement.unload:
            check_empty(statement.unload)
        reader = Reader((request.account_id, request.region), now, self._local)
        files = reader.reading(statement.query, request.database)
        if request.cutoff and files.bytes_scanned > request.cutoff:
            raise CutOff(request.cutoff)
        with TemporaryDirectory(prefix="noroshi-unload-") as folder:
            into = Written(Path(folder) / "rows", statement.unload.compression) if statement.unload else None
            answer = self._ask(execution, statement, files, now, into)
            execution.bytes_scanned = files.bytes_scanned
            if statement.unload and into:
                return self._unload(execution, statement.unload, answer, into)
        results = texts(answer)
        _put(execution.file, {"": results.csv(), ".metadata": results.metadata()})
        return results

    def _ask(
        self,
        execution: Execution,
        statement: Statement,
        files: Reading,
        now: datetime,
        into: Written | None,
    ) -> LakeAnswer:
        def scanned(size: int) -> None:
            with self._lock:
                execution.bytes_scanned += size

        scanned(files.bytes_parquet)
        with self._archive.lend(files.objects, execution.brake, scanned) as lent:
            tables = [*([logs_table(files, lent)] if files.table else []), *files.parquet]
            answer = query(
                (), statement.sql, table=_NONE, parquet=tables, brake=execution.brake, now=now, into=into
            )
        for skipped in lent.skipped:
            raise Failure(f"HIVE_CURSOR_ERROR: Failed to read file s3://{skipped.key}: {skipped.reason}")
        return answer

    def _unload(self, execution: Execution, unload: Unload, answer: LakeAnswer, made: Written) -> Results:
        count = int(answer.rows[0][0])
        written = []
        if count:
            written = [f"{unload.location.rstrip('/')}/{new_name(execution.query_id)}"]
            _put(written[0], {"": made.path.read_bytes()})
        with self._lock:
            stopped, self._unloads_to_stop = self._unloads_to_stop > 0, max(self._unloads_to_stop - 1, 0)
        if stopped:
            raise Stopped("The stand-in was told to stop it.")
        results = Results((("rows", "bigint"),), (), update_count=count)
        listed = "".join(f"{place}\n" for place in written).encode()
        _put(manifest(execution.file), {"": listed})
        _put(execution.file, {".metadata": results.metadata()})
        return results


def logs_table(files: Reading, lent: Lent) -> ParquetTable:
    """The raw table; partition columns of its own stand in the place of those that the files' paths tell."""
    parquet = [(place, path) for place, paths in lent.parquet.items() for path in paths]
    if files.keyed is None:
        return ParquetTable(files.table, kinds(), (), tuple(ParquetFile(path) for _, path in parquet))
    columns = {name: kind for name, kind in kinds().items() if name not in PARTITION}
    rows = [(path, row) for place, path in parquet if place for row in files.keyed.values[place]]
    return ParquetTable(
        files.table, columns, files.keyed.names, tuple(ParquetFile(path, row) for path, row in rows)
    )


def _put(place: str, bodies: dict[str, bytes]) -> None:
    """Put each body at the place and its ending."""
    bucket, _, name = place.removeprefix("s3://").partition("/")
    found = find_bucket(bucket)
    if found is None:
        raise Failure(f"GENERIC_USER_ERROR: The specified bucket does not exist: {bucket} (NoSuchBucket)")
    put_objects(found.account_id, bucket, [(f"{name}{ending}", body) for ending, body in bodies.items()])
