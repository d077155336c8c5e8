"""What the tests of the compact copy share: its world on a true Athena (the stand-in's), and clients that can be broken."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count

from botocore.exceptions import ClientError

from bot.adapters.athena import AthenaEngine, AthenaSettings
from bot.adapters.aws.compact_copy import AthenaCompactor, CompactSettings
from bot.adapters.aws.compact_partitions import CompactTable
from bot.adapters.aws.glue_tables import make_compact
from bot.adapters.aws.session import client
from bot.core.span import Span
from bot.trail.who_accessed import who_accessed
from tests.aws_world import NOW, AwsWorld, furnished

PLACE = "s3://acme-compact/noroshi/"
WEEK = Span(NOW - timedelta(days=7), NOW)
DAYS = [date(2026, 9, day) for day in (7, 6, 5, 4, 3)]
"""The days that are over and hold files, newest first."""


def silent(_):
    pass


class Clients:
    """boto3's clients by service; `break_` lets one operation of one fail."""

    def __init__(self, session):
        self._session = session
        self._broken = {}

    def __call__(self, service):
        made = client(service, session=self._session)
        return Broken(made, self._broken) if self._broken else made

    def refuse(self, operation, code="AccessDeniedException", message=""):
        self._broken[operation] = ClientError({"Error": {"Code": code, "Message": message}}, operation)

    def kill(self, operation):
        self._broken[operation] = Killed()

    def mend(self):
        self._broken.clear()


class Killed(BaseException):
    """The process is gone."""


class Broken:
    def __init__(self, made, broken):
        self._made, self._broken = made, broken

    def __getattr__(self, name):
        if name in self._broken:

            def fail(**_):
                raise self._broken[name]

            return fail
        return getattr(self._made, name)


@contextmanager
def uncopied() -> Iterator[AwsWorld]:
    """A furnished stand-in with a place for the copy, and nothing in it yet."""
    with furnished(first_day=date(2026, 9, 1)) as made:
        made.aws.make_bucket("acme-compact")
        make_compact(made.client("glue"), "noroshi", "cloudtrail", PLACE)
        yield made


def fresh_engine(session):
    """One that looks at Glue for each question anew."""
    return AthenaEngine(
        AthenaSettings(workgroup="noroshi", poll_seconds=0.1), session=session, clock=count(0, 1000).__next__
    )


def compacting(clients, now=NOW, **more):
    given = {"database": "noroshi", "table": "cloudtrail", "workgroup": "noroshi", "compact_location": PLACE}
    return AthenaCompactor(CompactSettings(**given | {"poll_seconds": 0.1} | more), clients, now=lambda: now)


def states(compacted):
    return {one.day: one.state for one in compacted.days}


def copies(world):
    return CompactTable(world.client("glue"), "noroshi", "cloudtrail").copies()


def parquet(world):
    return [
        one["Key"] for one in world.client("s3").list_objects_v2(Bucket="acme-compact").get("Contents", [])
    ]


def ask(engine):
    return engine.run(who_accessed("acme-payroll", WEEK), silent)
