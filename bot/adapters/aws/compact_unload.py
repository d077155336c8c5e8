"""One UNLOAD of Athena's, from its start to its end: what a statement selects, as sorted Parquet in a fresh place.

https://docs.aws.amazon.com/athena/latest/ug/unload.html: each file is in the SELECT's order; the place must be empty;
what a failed one wrote stays there.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from bot.adapters.aws.athena_reasons import failed, refused
from bot.adapters.aws.athena_values import literal
from bot.adapters.aws.errors import asking, translate
from bot.errors import AccessDenied, NoroshiError, QueryFailed
from bot.ports import Progress
from bot.trail.compact_table import compact_location
from bot.trail.statement import Statement

_MEGABYTE = 10**6
_LONGEST_SECONDS = 45 * 60
"""Athena ends a statement after 30 minutes; queueing comes before."""
_SLOWEST_POLL = 5.0
_WRITING = "s3:PutObject"


@dataclass(frozen=True, slots=True)
class Unloading:
    """Where and how to ask; `client` is Athena's, `wait` sleeps for so many seconds."""

    client: Any
    database: str
    workgroup: str
    output_location: str | None
    poll_seconds: float
    wait: Callable[[float], None] = time.sleep

    def run(self, select: Statement, location: str, progress: Progress) -> int:
        """Write what it selects below `location`; gives the bytes that it read.

        It is stopped when this is broken off. Raises AccessDenied, BadRequest, NotConfigured, QueryFailed, Upstream.
        """
        query_id = self._start(select, compact_location(location))
        ended = False
        try:
            execution = self._end(query_id, progress)
            ended = True
        finally:
            if not ended:
                self._stop(query_id)
        return _read(execution, query_id, location)

    def _start(self, select: Statement, location: str) -> str:
        asked: dict[str, Any] = {
            "QueryString": f"UNLOAD (\n{select.sql}\n)\nTO '{location}'\nWITH (format = 'PARQUET', compression = 'ZSTD')",
            "QueryExecutionContext": {"Database": self.database},
            "WorkGroup": self.workgroup,
        }
        if select.parameters:
            asked["ExecutionParameters"] = [literal(value) for value in select.parameters]
        if self.output_location:
            asked["ResultConfiguration"] = {"OutputLocation": self.output_location}
        try:
            return str(self.client.start_query_execution(**asked)["QueryExecutionId"])
        except ClientError as error:
            details = error.response.get("Error", {})
            raise refused(
                details.get("Code", ""), details.get("Message", ""), workgroup=self.workgroup
            ) from error
        except BotoCoreError as error:
            raise translate(error, action="athena:StartQueryExecution") from error

    def _end(self, query_id: str, progress: Progress) -> dict[str, Any]:
        began, pause = time.monotonic(), self.poll_seconds
        while True:
            with asking("athena:GetQueryExecution", "how a copy goes on"):
                found = self.client.get_query_execution(QueryExecutionId=query_id)["QueryExecution"]
            if found["Status"]["State"] not in {"QUEUED", "RUNNING"}:
                return dict(found)
            seconds = time.monotonic() - began
            if seconds > _LONGEST_SECONDS:
                raise QueryFailed("Athena did not end a copy within 45 minutes.", query_id=query_id)
            progress(f"Athena is copying… {seconds:.0f} s, {_scanned(found) / _MEGABYTE:,.1f} MB")
            self.wait(pause)
            pause = min(_SLOWEST_POLL, pause * 1.5)

    def _stop(self, query_id: str) -> None:
        with suppress(ClientError, BotoCoreError):  # what broke it off is told
            self.client.stop_query_execution(QueryExecutionId=query_id)


def _scanned(execution: dict[str, Any]) -> int:
    return int(execution.get("Statistics", {}).get("DataScannedInBytes") or 0)


def _read(execution: dict[str, Any], query_id: str, location: str) -> int:
    state, reason = execution["Status"]["State"], str(execution["Status"].get("StateChangeReason", ""))
    if state == "SUCCEEDED":
        return _scanned(execution)
    raise _writing(failed(reason, query_id), reason, location)


def _writing(error: NoroshiError, reason: str, location: str) -> NoroshiError:
    """A refusal that names no action may be one to write: Athena writes with the bot's own rights."""
    if not isinstance(error, AccessDenied) or error.action in reason or error.action.startswith("kms:"):
        return error
    return AccessDenied(
        f"{error.message.rstrip('.')}, or not write below {location}.",
        f"Allow s3:GetObject on the trail's files and {_WRITING} on the compact copy's to it.",
        action=_WRITING,
    )
