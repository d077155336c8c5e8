"""The trail engine over Amazon Athena, through PyAthena.

Values reach Athena as execution parameters, never inside the SQL; Athena pastes each as a SQL
literal (https://docs.aws.amazon.com/athena/latest/ug/querying-with-prepared-statements.html), so
`athena_values.literal` is the one place where a value is quoted.
"""

import logging
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from pyathena.connection import Connection
from pyathena.error import Error as PyAthenaError
from pyathena.util import RetryConfig

from bot.adapters.aws.athena_reach import unseen
from bot.adapters.aws.athena_reasons import failed, refused
from bot.adapters.aws.athena_values import literal, plain_values
from bot.adapters.aws.athena_watch import Watch
from bot.adapters.aws.compact_partitions import CompactTable
from bot.adapters.aws.compact_reading import CompactDays
from bot.adapters.aws.errors import asking, translate
from bot.adapters.aws.estimate import Sizes, reading
from bot.adapters.aws.glue import Reach, check_table
from bot.adapters.aws.left_out import LeftOut
from bot.adapters.aws.session import SETTINGS, client, make_session
from bot.core.view import Caveat, Receipt
from bot.errors import NoroshiError, NotConfigured, QueryFailed
from bot.ports import Progress, TrailQuery, TrailRows
from bot.trail.compact_table import compact_name
from bot.trail.estimate import Estimate
from bot.trail.sources import Part, Sources, split
from bot.trail.statement import statement

_MEGABYTE = 10**6
_MINIMUM_MEGABYTES = 10
_IDENTIFIER = re.compile(r"[A-Za-z0-9_]{1,128}")
_RECHECK_SECONDS = 300.0


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
    reuse_minutes: int = 0


class AthenaEngine:
    """Satisfies `bot.ports.TrailEngine`; safe to share between threads.

    Days that the compact copy has are read from it, all others from the raw table, in one statement.
    `clock` (seconds, never backwards) says when the table is to be looked at again.
    """

    def __init__(
        self,
        settings: AthenaSettings,
        *,
        session: boto3.Session | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not (_IDENTIFIER.fullmatch(settings.database) and _IDENTIFIER.fullmatch(settings.table)):
            raise NotConfigured(
                "The trail's database and table must be plain names.",
                "Set NOROSHI_TRAIL__DATABASE and NOROSHI_TRAIL__TABLE to letters, digits and _.",
            )
        self._settings = settings
        self._session = session or make_session()
        self._checking = threading.Lock()
        self._clock = clock
        self._seen: tuple[float, Reach] | None = None
        self._compact = CompactDays(self._compact_table, clock, _RECHECK_SECONDS)
        self._sizes = Sizes(lambda: client("s3", session=self._session), self._compact_table, clock)
        self._left_out = LeftOut(lambda: client("s3", session=self._session), clock)
        # PyAthena logs every refusal with its traceback before it raises; we raise it once, in words.
        logging.getLogger("pyathena").setLevel(logging.CRITICAL)

    @property
    def table(self) -> str:
        """`database.table`, both checked."""
        return f"{self._settings.database}.{self._settings.table}"

    def run(self, query: TrailQuery, progress: Progress) -> TrailRows:
        """Run to the end, or cancel after the timeout; raises AccessDenied, BadRequest, Throttled, QueryFailed, NotConfigured."""
        self._check_values(query)
        reach = self._reach()
        sources = self._sources(query, reach)
        asked = statement(query, sources)
        parameters = [literal(value) for value in asked.parameters]
        started = time.monotonic()
        with ThreadPoolExecutor(1, "noroshi-places") as beside:
            left_out = beside.submit(self._left_out.of, reach, query.relation)
            watch, rows = self._rows(asked.sql, parameters, progress, self._settings.reuse_minutes)
        if watch.reused and not rows:
            # Whether anything was read at all is what makes nothing a "none": only Athena's own reading tells.
            watch, rows = self._rows(asked.sql, parameters, progress, 0)
        receipt = self._receipt(watch, asked.sql, time.monotonic() - started)
        caveats = self._caveats(query, reach, sources, watch, found=bool(rows))
        return TrailRows(rows, receipt, (*caveats, *left_out.result(), *self._reused(watch)))

    def estimate(self, query: TrailQuery, progress: Progress) -> Estimate:
        """What `run` would read, from the sizes that S3 and Glue tell; the copy's days count whole, so at most.

        Raises BadRequest, NotConfigured, AccessDenied (s3:ListBucket), Throttled, Upstream.
        """
        self._check_values(query)
        reach = self._reach()
        sources = self._sources(query, reach)
        progress("Looking up what it would read…")
        found = self._sizes.of(reach, reading(query, sources))
        usd = cost_usd(found.bytes, self._settings.usd_per_tb)
        return Estimate(found.bytes, usd, found.files, found.copied_days, at_most=found.copied_days > 0)

    def _check_values(self, query: TrailQuery) -> None:
        """What can't be asked is told before anybody is asked."""
        for value in statement(query, self._raw(query, Reach())).parameters:
            literal(value)

    def _reused(self, watch: Watch) -> tuple[Caveat, ...]:
        if not watch.reused:
            return ()
        ago = f"{self._settings.reuse_minutes} min"
        return (Caveat("reused", f"this is the answer of up to {ago} ago; nothing was read again"),)

    def _compact_table(self) -> CompactTable:
        return CompactTable(self._glue, self._settings.database, self._settings.table)

    def _caveats(
        self, query: TrailQuery, reach: Reach, sources: Sources, watch: Watch, *, found: bool
    ) -> tuple[Caveat, ...]:
        from_copy = sources.compact is not None
        whole = query.relation is None or bool(query.relation.records)
        told = unseen(
            reach,
            query.span,
            watch,
            found=found,
            days=None if whole else sources.raw.days,
            relation=query.relation,
        )
        # A copy's own statistics may show that nothing need be read.
        return tuple(one for one in told if not (from_copy and one.code == "nothing-scanned"))

    def _raw(self, query: TrailQuery, reach: Reach) -> Sources:
        return Sources(Part(self.table, query.span.publish_days()), reach.layout)

    def _sources(self, query: TrailQuery, reach: Reach) -> Sources:
        """What stands for the span: copied days, and the raw table for the others."""
        if query.relation is None or not query.relation.columns:
            return self._raw(query, reach)
        days = query.span.publish_days()
        raw, copied = split(days, self._compact.of(reach, days))
        if not copied:
            return self._raw(query, reach)
        return Sources(Part(self.table, raw), reach.layout, Part(compact_name(self.table), copied))

    @cached_property
    def _glue(self) -> Any:
        return client("glue", session=self._session)

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

    def _reach(self) -> Reach:
        """Look at the table, at most once in five minutes: people mend tables while the bot runs."""
        with self._checking:
            if self._seen is None or self._clock() - self._seen[0] > _RECHECK_SECONDS:
                reach = check_table(self._glue, self._settings.database, self._settings.table)
                _ = self._athena, self._connection  # made once, while nobody else can
                self._seen = self._clock(), reach
            return self._seen[1]

    def _rows(
        self, sql: str, parameters: list[str], progress: Progress, reuse_minutes: int
    ) -> tuple[Watch, tuple[dict[str, Any], ...]]:
        watch = Watch(self._athena, self._settings.timeout_seconds, progress)
        cursor = self._connection.cursor(converter=plain_values(), on_poll=watch.look)
        try:
            cursor.execute(
                sql,
                parameters or None,
                paramstyle="qmark" if parameters else None,
                result_reuse_enable=reuse_minutes > 0,
                result_reuse_minutes=reuse_minutes,
                on_start_query_execution=watch.begin,
            )
            names = [column[0] for column in cursor.description or ()]
            return watch, tuple(dict(zip(names, row, strict=True)) for row in cursor.fetchall())
        except PyAthenaError as error:
            meaning = self._meaning(error, watch)
            if isinstance(meaning, QueryFailed) and (watch.timed_out or watch.state == "CANCELLED"):
                meaning.cost_usd = self._price(watch)  # a cancelled query is charged, a failed one is not
            raise meaning from error

    def _meaning(self, error: Exception, watch: Watch) -> NoroshiError:
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

    def _receipt(self, watch: Watch, sql: str, seconds: float) -> Receipt:
        return Receipt(
            engine="athena",
            seconds=round(seconds, 3),
            bytes_scanned=0 if watch.reused else watch.bytes_scanned,
            cost_usd=self._price(watch),
            query_id=watch.query_id,
            sql=sql,
        )

    def _price(self, watch: Watch) -> float:
        return 0.0 if watch.reused else cost_usd(watch.bytes_scanned, self._settings.usd_per_tb)
