"""One query execution, from QUEUED to its end, and the pool in which executions run."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

import structlog

from bot.adapters.duckdb.brake import Brake, Stopped
from bot.adapters.duckdb.lake import query
from bot.adapters.duckdb.store import LogObject
from bot.embedded.aws.athena.failure import CutOff, Failure
from bot.embedded.aws.athena.projection import split_location
from bot.embedded.aws.athena.results import Results, texts
from bot.embedded.aws.athena.statement import needles, parse, paste, scans
from bot.embedded.aws.athena.table import Reading, reading
from bot.embedded.aws.buckets import find_bucket, put_objects
from bot.errors import QueryFailed

_LOG = structlog.get_logger(__name__)
ENDED = frozenset({"SUCCEEDED", "FAILED", "CANCELLED"})


@dataclass(frozen=True, slots=True)
class Request:
    """What StartQueryExecution was asked, and what the workgroup makes of it."""

    account_id: str
    region: str
    sql: str
    parameters: tuple[str, ...]
    database: str
    workgroup: str
    output: str
    cutoff: int | None = None


@dataclass(slots=True)
class Execution:
    """A query: its state may be read at any time, from any thread."""

    request: Request
    submitted: datetime
    query_id: str = field(default_factory=lambda: str(uuid4()))
    state: str = "QUEUED"
    reason: str | None = None
    completed: datetime | None = None
    started: datetime | None = None
    bytes_scanned: int = 0
    results: Results | None = None
    brake: Brake = field(default_factory=Brake)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def file(self) -> str:
        """Where the result file is, or will be."""
        return f"{self.request.output.rstrip('/')}/{self.query_id}.csv"


class Executions:
    """Every query of the stand-in, by id; `clock` is the world's."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="athena")
        self._all: dict[str, Execution] = {}

    def start(self, request: Request) -> Execution:
        """Queue the query; it runs in the pool, at once if there is room."""
        execution = Execution(request, self._clock())
        self._all[execution.query_id] = execution
        running = self._pool.submit(self._run, execution)
        running.add_done_callback(lambda done: self._broken(execution, done))
        return execution

    def get(self, account_id: str, region: str, query_id: str) -> Execution | None:
        """The query, if it is that account's and region's."""
        found = self._all.get(query_id)
        mine = found is not None and (found.request.account_id, found.request.region) == (account_id, region)
        return found if mine else None

    def of(self, account_id: str, region: str, workgroup: str) -> list[Execution]:
        """The queries of a workgroup, newest first."""
        wanted = (account_id, region, workgroup)
        every = reversed(list(self._all.values()))
        return [e for e in every if (e.request.account_id, e.request.region, e.request.workgroup) == wanted]

    def stop(self, execution: Execution) -> None:
        """Ask the query to end; as with Athena, it ends a little later."""
        execution.brake.pull()

    def wait(self, query_id: str, timeout: float) -> None:
        """Wait for a query's end; raises TimeoutError."""
        if not self._all[query_id].ended.wait(timeout):
            raise TimeoutError(query_id)

    def close(self) -> None:
        """Stop every query and the pool."""
        for execution in list(self._all.values()):
            execution.brake.pull()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, execution: Execution) -> None:
        execution.started, execution.state = self._clock(), "RUNNING"
        try:
            execution.results = self._answer(execution)
            self._end(execution, "SUCCEEDED")
        except Stopped:
            self._end(execution, "CANCELLED", "Query cancelled by user")
        except CutOff as error:
            execution.bytes_scanned = error.bytes_scanned
            self._end(execution, "CANCELLED", str(error))
        except Failure as error:
            self._end(execution, "FAILED", str(error))
        except QueryFailed as error:
            self._end(execution, "FAILED", f"GENERIC_USER_ERROR: {error.message}")

    def _broken(self, execution: Execution, done: Future[None]) -> None:
        # A fault of the stand-in's own must not leave the query running for ever.
        if not done.cancelled() and (error := done.exception()):
            _LOG.error("a query broke the stand-in", query_id=execution.query_id, exc_info=error)
            self._end(execution, "FAILED", f"GENERIC_INTERNAL_ERROR: {type(error).__name__}: {error}")

    def _answer(self, execution: Execution) -> Results:
        request, brake = execution.request, execution.brake
        brake.check()
        now = self._clock()
        sql = paste(request.sql, request.parameters)
        read = scans(parse(sql), request.database)
        files = reading(read, (request.account_id, request.region), now)
        if request.cutoff and files.bytes_scanned > request.cutoff:
            raise CutOff(request.cutoff)
        answer = query(
            self._counted(execution, files),
            sql,
            table=files.table or "none.none",
            needles=needles(read),
            brake=brake,
            now=now,
        )
        for skipped in answer.skipped:
            raise Failure(f"HIVE_CURSOR_ERROR: Failed to read file s3://{skipped.key}: {skipped.reason}")
        execution.bytes_scanned = files.bytes_scanned
        results = texts(answer)
        _write(execution, results)
        return results

    def _counted(self, execution: Execution, files: Reading) -> list[LogObject]:
        def counting(file: LogObject) -> LogObject:
            def read() -> bytes:
                with self._lock:
                    execution.bytes_scanned += file.size
                return file.read()

            return replace(file, read=read)

        return [counting(file) for file in files.objects]

    def _end(self, execution: Execution, state: str, reason: str | None = None) -> None:
        execution.completed, execution.reason = self._clock(), reason
        execution.state = state  # last: whoever sees the end sees all of it
        execution.ended.set()


def _write(execution: Execution, results: Results) -> None:
    bucket, prefix = split_location(execution.request.output)
    found = find_bucket(bucket)
    if found is None:
        raise Failure(f"GENERIC_USER_ERROR: The specified bucket does not exist: {bucket} (NoSuchBucket)")
    name = f"{prefix}{execution.query_id}.csv"
    put_objects(found.account_id, bucket, [(name, results.csv()), (f"{name}.metadata", results.metadata())])


def describe(execution: Execution) -> dict[str, Any]:
    """The execution as GetQueryExecution gives it."""
    request, end = execution.request, execution.completed
    took = int(((end or execution.submitted) - execution.submitted).total_seconds() * 1000)
    status: dict[str, Any] = {"State": execution.state, "SubmissionDateTime": execution.submitted}
    if end and execution.state in ENDED:
        status["CompletionDateTime"] = end
    if execution.reason:
        status["StateChangeReason"] = execution.reason
    if execution.state == "FAILED":
        status["AthenaError"] = {"ErrorCategory": 2, "ErrorType": 1001, "ErrorMessage": execution.reason}
    return {
        "QueryExecutionId": execution.query_id,
        "Query": request.sql,
        "StatementType": "DML",
        "SubstatementType": "SELECT",
        "ResultConfiguration": {"OutputLocation": execution.file},
        "ResultReuseConfiguration": {"ResultReuseByAgeConfiguration": {"Enabled": False}},
        "QueryExecutionContext": {"Database": request.database, "Catalog": "awsdatacatalog"},
        "Status": status,
        "Statistics": {
            "EngineExecutionTimeInMillis": took,
            "DataScannedInBytes": execution.bytes_scanned,
            "TotalExecutionTimeInMillis": took,
            "ResultReuseInformation": {"ReusedPreviousResult": False},
        },
        "WorkGroup": request.workgroup,
        "EngineVersion": {
            "SelectedEngineVersion": "AUTO",
            "EffectiveEngineVersion": "Athena engine version 3",
        },
        "ExecutionParameters": list(request.parameters) or None,
    }
