"""One query execution, from QUEUED to its end, and the pool in which executions run."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

import structlog

from bot.adapters.duckdb.brake import Brake, Stopped
from bot.embedded.aws.athena.failure import CutOff, Failure
from bot.embedded.aws.athena.results import Results
from bot.errors import QueryFailed

_LOG = structlog.get_logger(__name__)
ENDED = frozenset({"SUCCEEDED", "FAILED", "CANCELLED"})


@dataclass(frozen=True, slots=True)
class Request:
    """What StartQueryExecution was asked, and what the workgroup makes of it.

    `kind` is SELECT or UNLOAD; `reusable` the age up to which another's result will do.
    """

    account_id: str
    region: str
    sql: str
    parameters: tuple[str, ...]
    database: str
    workgroup: str
    output: str
    cutoff: int | None = None
    kind: str = "SELECT"
    reusable: timedelta | None = None

    @property
    def question(self) -> tuple[object, ...]:
        """What must be the same for a result to be the same (docs: Reusing query results)."""
        place = self.account_id, self.region, self.workgroup, self.output
        return *place, self.database.lower(), self.sql, self.parameters


@dataclass(slots=True)
class Execution:
    """A query: its state may be read at any time, from any thread. `reused` is whose results it has, if not its own."""

    request: Request
    submitted: datetime
    query_id: str = field(default_factory=lambda: str(uuid4()))
    state: str = "QUEUED"
    reason: str | None = None
    completed: datetime | None = None
    started: datetime | None = None
    bytes_scanned: int = 0
    results: Results | None = None
    reused: "Execution | None" = None
    brake: Brake = field(default_factory=Brake)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def file(self) -> str:
        """Where the result file is, or will be: an UNLOAD's has no rows, so no ending."""
        if self.reused:
            return self.reused.file
        ending = ".csv" if self.request.kind == "SELECT" else ""
        return f"{self.request.output.rstrip('/')}/{self.query_id}{ending}"


Answer = Callable[[Execution, datetime], Results]


class Executions:
    """Every query of the stand-in, by id; `clock` is the world's, `answer` runs one.

    `answer` raises Failure, Stopped or QueryFailed; it gets the execution and the time.
    """

    def __init__(self, clock: Callable[[], datetime], answer: Answer) -> None:
        self._clock = clock
        self._answer = answer
        self._pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="athena")
        self._all: dict[str, Execution] = {}

    def start(self, request: Request) -> Execution:
        """Queue the query; it runs in the pool, at once if there is room. One that may reuse a result has ended."""
        execution = Execution(request, self._clock())
        execution.reused = self._same(execution)
        self._all[execution.query_id] = execution
        if execution.reused:
            execution.started, execution.results = execution.submitted, execution.reused.results
            self._end(execution, "SUCCEEDED")
        else:
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

    def _same(self, execution: Execution) -> Execution | None:
        """The newest execution whose result this one may have."""
        age, question = execution.request.reusable, execution.request.question
        if age is None:
            return None
        for earlier in reversed(list(self._all.values())):
            fresh = earlier.completed and execution.submitted - earlier.completed <= age
            ran = earlier.state == "SUCCEEDED" and earlier.reused is None
            if fresh and ran and earlier.request.question == question:
                return earlier
        return None

    def _run(self, execution: Execution) -> None:
        execution.started, execution.state = self._clock(), "RUNNING"
        try:
            execution.brake.check()
            execution.results = self._answer(execution, self._clock())
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

    def _end(self, execution: Execution, state: str, reason: str | None = None) -> None:
        execution.completed, execution.reason = self._clock(), reason
        execution.state = state  # last: whoever sees the end sees all of it
        execution.ended.set()
