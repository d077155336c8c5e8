"""The trail engine over Amazon Athena, through PyAthena.

Values reach Athena as execution parameters, never inside the SQL; Athena pastes each as a SQL
literal (https://docs.aws.amazon.com/athena/latest/ug/querying-with-prepared-statements.html), so
`literal` is the one place where a value is quoted.
"""

import logging
import re
import threading
import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from pyathena.connection import Connection
from pyathena.converter import DefaultTypeConverter
from pyathena.error import Error as PyAthenaError
from pyathena.util import RetryConfig

from bot.adapters.aws.athena_reasons import failed, refused
from bot.adapters.aws.errors import asking, translate
from bot.adapters.aws.glue import check_table
from bot.adapters.aws.session import SETTINGS, client, make_session
from bot.core.view import Receipt
from bot.errors import BadRequest, NoroshiError, NotConfigured, QueryFailed, Upstream
from bot.ports import Progress, TrailQuery, TrailRows

_MEGABYTE = 10**6
_MINIMUM_MEGABYTES = 10
_GRACE_SECONDS = 15.0
_IDENTIFIER = re.compile(r"[A-Za-z0-9_]{1,128}")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# Everything that is no number and no boolean stays text, as the port wants it.
_AS_TEXT = (
    "array",
    "date",
    "json",
    "map",
    "row",
    "struct",
    "time",
    "time with time zone",
    "timestamp",
    "timestamp with time zone",
    "varbinary",
)


def literal(value: str) -> str:
    """Quote a text as one SQL string literal: `O'Hara` gives `'O''Hara'`.

    In Trino's literals nothing but the quote is special. Control characters are refused (BadRequest):
    nothing of CloudTrail's that we look for holds any.
    """
    if _CONTROLS.search(value):
        raise BadRequest("The words hold control characters.", "Type them again, without pasting.")
    return "'" + value.replace("'", "''") + "'"


def cost_usd(bytes_scanned: int, usd_per_tb: float) -> float:
    """Price a scan: rounded up to a megabyte, ten at least (https://aws.amazon.com/athena/pricing/)."""
    megabytes = max(_MINIMUM_MEGABYTES, -(-bytes_scanned // _MEGABYTE))
    return megabytes * usd_per_tb / 10**6


@dataclass(frozen=True, slots=True)
class AthenaSettings:
    """Where and how to ask: the names of `bot.settings.Trail`."""

    database: str = "noroshi"
    table: str = "cloudtrail"
    workgroup: str = "primary"
    output_location: str | None = None
    timeout_seconds: float = 120
    usd_per_tb: float = 5.0
    poll_seconds: float = 0.3


class AthenaEngine:
    """Satisfies `bot.ports.TrailEngine`; safe to share between threads."""

    def __init__(self, settings: AthenaSettings, *, session: boto3.Session | None = None) -> None:
        if not (_IDENTIFIER.fullmatch(settings.database) and _IDENTIFIER.fullmatch(settings.table)):
            raise NotConfigured(
                "The trail's database and table must be plain names.",
                "Set NOROSHI_TRAIL__DATABASE and NOROSHI_TRAIL__TABLE to letters, digits and _.",
            )
        self._settings = settings
        self._session = session or make_session()
        self._checking = threading.Lock()
        self._checked = False
        # PyAthena logs every refusal with its traceback before it raises; we raise it once, in words.
        logging.getLogger("pyathena").setLevel(logging.CRITICAL)

    @property
    def table(self) -> str:
        """`database.table`, both checked."""
        return f"{self._settings.database}.{self._settings.table}"

    def run(self, query: TrailQuery, progress: Progress) -> TrailRows:
        """Run to the end, or cancel after the timeout; raises AccessDenied, Throttled, QueryFailed, NotConfigured."""
        parameters = [literal(value) for value in query.parameters]
        self._check_table()
        watch = _Watch(self._athena, self._settings.timeout_seconds, progress)
        started = time.monotonic()
        rows = self._rows(query.sql, parameters, watch)
        return TrailRows(rows, self._receipt(watch, query.sql, time.monotonic() - started))

    @cached_property
    def _athena(self) -> Any:
        return client("athena", session=self._session)

    @cached_property
    def _connection(self) -> Any:
        settings = self._settings
        with asking("athena:StartQueryExecution"):
            return Connection(
                session=self._session,
                config=SETTINGS,
                schema_name=settings.database,
                work_group=settings.workgroup or "primary",
                # "" keeps PyAthena from reading its own environment variable.
                s3_staging_dir=settings.output_location or "",
                poll_interval=settings.poll_seconds,
                retry_config=RetryConfig(attempt=1),  # botocore has retried already
                kill_on_interrupt=True,
            )

    def _check_table(self) -> None:
        with self._checking:
            if not self._checked:
                glue = client("glue", session=self._session)
                check_table(glue, self._settings.database, self._settings.table)
                _ = self._athena, self._connection  # made once, while nobody else can
                self._checked = True

    def _rows(self, sql: str, parameters: list[str], watch: "_Watch") -> tuple[dict[str, Any], ...]:
        cursor = self._connection.cursor(converter=_plain_values(), on_poll=watch.look)
        try:
            cursor.execute(
                sql,
                parameters or None,
                paramstyle="qmark" if parameters else None,
                on_start_query_execution=watch.begin,
            )
            names = [column[0] for column in cursor.description or ()]
            return tuple(dict(zip(names, row, strict=True)) for row in cursor.fetchall())
        except PyAthenaError as error:
            raise self._meaning(error, watch) from error

    def _meaning(self, error: Exception, watch: "_Watch") -> NoroshiError:
        cause = error.__cause__
        if watch.timed_out:
            return watch.timeout_error()
        if watch.state in {"FAILED", "CANCELLED"}:
            return failed(watch.reason or str(error), watch.query_id)
        if isinstance(cause, ClientError) and watch.query_id is None:
            details = cause.response.get("Error", {})
            return refused(
                details.get("Code", ""), details.get("Message", ""), workgroup=self._settings.workgroup
            )
        if isinstance(cause, ClientError | BotoCoreError):
            return translate(cause, action="athena:GetQueryResults", what="for a query's rows")
        return QueryFailed(f"Athena could not be asked: {error}.", query_id=watch.query_id)

    def _receipt(self, watch: "_Watch", sql: str, seconds: float) -> Receipt:
        price = 0.0 if watch.reused else cost_usd(watch.bytes_scanned, self._settings.usd_per_tb)
        return Receipt(
            engine="athena",
            seconds=round(seconds, 3),
            bytes_scanned=watch.bytes_scanned,
            cost_usd=price,
            query_id=watch.query_id,
            sql=sql,
        )


@dataclass(slots=True)
class _Watch:
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

    def begin(self, query_id: str) -> None:
        self.query_id = query_id
        self.progress("Athena has the question…")

    def look(self, execution: Any) -> None:
        self.state, self.reason = execution.state, execution.state_change_reason
        self.bytes_scanned = execution.data_scanned_in_bytes or self.bytes_scanned
        self.reused = bool(execution.reused_previous_result)
        if self.state in {"QUEUED", "RUNNING"}:
            self._while_it_runs(time.monotonic() - self._began)

    def timeout_error(self) -> QueryFailed:
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


def _plain_values() -> Any:
    converter = DefaultTypeConverter()
    for name in _AS_TEXT:
        converter.set(name, _text)
    converter.set("decimal", _number)
    return converter


def _text(value: str | None) -> str | None:
    return value


def _number(value: str | None) -> float | None:
    return None if value is None else float(value)
