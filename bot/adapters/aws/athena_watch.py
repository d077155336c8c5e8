"""Watches one query of Athena's while it runs."""

import time
from dataclasses import dataclass, field
from typing import Any

from bot.adapters.aws.errors import asking
from bot.errors import QueryFailed, Upstream
from bot.ports import Progress

_MEGABYTE = 10**6
_GRACE_SECONDS = 15.0


@dataclass(slots=True)
class Watch:
    """Sees every status of one query: keeps what failed queries no longer tell, and stops late ones."""

    athena: Any
    timeout_seconds: float
    progress: Progress
    query_id: str | None = None
    state: str | None = None
    reason: str | None = None
    bytes_scanned: int = 0
    reused: bool = False
    timed_out: bool = False
    _began: float = field(default_factory=time.monotonic)

    def begin(self, query_id: str | None) -> None:
        """Take the started query's id; raises Upstream when what answered gave none, so was no Athena."""
        if not query_id:
            address = self.athena.meta.endpoint_url
            raise Upstream(
                f"AWS can't be reached: what answers at {address} is not Athena.",
                "Check the network, and AWS_ENDPOINT_URL if it is set.",
            )
        self.query_id = query_id
        self.progress("Athena has the question…")

    def look(self, execution: Any) -> None:
        """Take PyAthena's status of the query; stops it when it is late, raises Upstream if it will not stop."""
        self.state, self.reason = execution.state, execution.state_change_reason
        self.bytes_scanned = execution.data_scanned_in_bytes or self.bytes_scanned
        self.reused = bool(execution.reused_previous_result)
        if self.state in {"QUEUED", "RUNNING"}:
            self._while_it_runs(time.monotonic() - self._began)

    def timeout_error(self) -> QueryFailed:
        """What to raise for a query that was stopped for being late."""
        read = f"{self.bytes_scanned / _MEGABYTE:,.1f} MB"
        return QueryFailed(
            f"Athena took longer than {self.timeout_seconds:g} s; the query was cancelled after reading {read}.",
            "Ask for a shorter window, or raise NOROSHI_TRAIL__TIMEOUT_SECONDS.",
            query_id=self.query_id,
        )

    def _while_it_runs(self, seconds: float) -> None:
        if seconds > self.timeout_seconds + _GRACE_SECONDS:
            raise Upstream(f"Athena did not cancel query {self.query_id}.", "Look at it in Athena's console.")
        if seconds > self.timeout_seconds and not self.timed_out:
            # Raising here would leave the query running, and billed: it is stopped, then awaited.
            self.timed_out = True
            with asking("athena:StopQueryExecution", "to cancel a query"):
                self.athena.stop_query_execution(QueryExecutionId=self.query_id)
        elif self.state == "QUEUED":
            self.progress(f"Waiting for Athena's queue… {seconds:.0f} s")
        else:
            self.progress(f"Athena is reading… {seconds:.0f} s, {self.bytes_scanned / _MEGABYTE:,.1f} MB")
