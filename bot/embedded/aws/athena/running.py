"""Runs one execution: finds what it reads, asks DuckDB, puts the results into the stand-in's S3."""

import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.adapters.duckdb.brake import Stopped
from bot.adapters.duckdb.lake import LakeAnswer, Written, query
from bot.adapters.duckdb.store import LogObject
from bot.embedded.aws.athena.execution import Execution
from bot.embedded.aws.athena.failure import CutOff, Failure
from bot.embedded.aws.athena.local import LocalFiles
from bot.embedded.aws.athena.results import Results, texts
from bot.embedded.aws.athena.statement import Statement, parse, paste
from bot.embedded.aws.athena.table import Reader, Reading
from bot.embedded.aws.athena.unloading import Unload, check_empty, manifest, new_name
from bot.embedded.aws.buckets import find_bucket, put_objects


class Runner:
    """Runs executions, each in its own thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._local = LocalFiles()
        self._unloads_to_stop = 0

    def close(self) -> None:
        """Remove the files kept meanwhile."""
        self._local.close()

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
        with self._lock:
            execution.bytes_scanned += files.bytes_parquet
        answer = query(
            [self._counting(execution, file) for file in files.objects],
            statement.sql,
            table=files.table,
            keyed=files.keyed,
            parquet=files.parquet,
            needles=files.needles,
            brake=execution.brake,
            now=now,
            into=into,
        )
        for skipped in answer.skipped:
            raise Failure(f"HIVE_CURSOR_ERROR: Failed to read file s3://{skipped.key}: {skipped.reason}")
        return answer

    def _counting(self, execution: Execution, file: LogObject) -> LogObject:
        def read() -> bytes:
            with self._lock:
                execution.bytes_scanned += file.size
            return file.read()

        return replace(file, read=read)

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


def _put(place: str, bodies: dict[str, bytes]) -> None:
    """Put each body at the place and its ending."""
    bucket, _, name = place.removeprefix("s3://").partition("/")
    found = find_bucket(bucket)
    if found is None:
        raise Failure(f"GENERIC_USER_ERROR: The specified bucket does not exist: {bucket} (NoSuchBucket)")
    put_objects(found.account_id, bucket, [(f"{name}{ending}", body) for ending, body in bodies.items()])
