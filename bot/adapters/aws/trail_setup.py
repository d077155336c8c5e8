"""Sets the trail's tables up, part by part: one that is refused does not stop the others."""

import json
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Any

from bot.adapters.aws.adopting import adopt
from bot.adapters.aws.glue_tables import (
    as_it_is,
    make_compact,
    make_database,
    make_raw,
    no_compact,
    table_there,
)
from bot.adapters.aws.log_folders import LogFolders, survey
from bot.adapters.aws.log_trails import log_trails
from bot.adapters.aws.workgroup import SHARED, WorkgroupWish, make_workgroup
from bot.errors import NoroshiError
from bot.trail.compact_table import compact_ddl, compact_location
from bot.trail.log_trail import choose
from bot.trail.setting_up import Done, LogPlace, Wish
from bot.trail.table import ddl

Client = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class TrailSetup:
    """What the settings name; `client` gives a client of a service."""

    client: Client
    database: str
    table: str
    workgroup: WorkgroupWish
    compact_location: str | None = None

    def make(self, wish: Wish) -> Iterator[Done]:
        """Make, or let grow, whatever is missing; each line once it is done."""
        place = yield from self.find(wish)
        yield self._told("database", lambda: make_database(self.client("glue"), self.database))
        yield self._told("table", lambda: self._raw(place))
        yield self._told("compact", lambda: self._compact(wish))
        yield self._told(
            "workgroup",
            lambda: make_workgroup(self.client("athena"), self.workgroup, apply=wish.apply_workgroup),
        )

    def adopt(self, wish: Wish) -> Iterator[Done]:
        """Add the partitions that a table partitioned by hand is missing."""
        try:
            yield from adopt(self.client("glue"), self.client("s3"), self.database, self.table, wish.since)
        except NoroshiError as error:
            yield _failed("partitions", error)

    def find(self, wish: Wish) -> Generator[Done, None, LogPlace | None]:
        """Find the trail and what its bucket holds; gives a LogPlace, or None where that failed."""
        try:
            trail, why = choose(log_trails(self.client("cloudtrail")), wish.trail)
        except NoroshiError as error:
            yield _failed("trail", error)
            return None
        fix = f"aws cloudtrail start-logging --name {trail.arn}" if trail.logging is False else ""
        yield Done("trail", f"{trail.words()}: {why}", fix)
        try:
            place = survey(LogFolders(self.client("s3"), trail.bucket), trail, wish)
        except NoroshiError as error:
            yield _failed("files", error)
            return None
        yield Done("files", place.words())
        return place

    def statements(self, place: LogPlace, wish: Wish) -> Iterator[str]:
        """What would be made, for Athena's editor and the aws command line; raises BadRequest."""
        yield f"CREATE DATABASE IF NOT EXISTS {self.database}"
        yield ddl(self.database, self.table, place.location, place.accounts, place.regions, place.since)
        location = wish.compact or self.compact_location
        if location:
            yield compact_ddl(self.database, self.table, location)
        if self.workgroup.name != SHARED and self.workgroup.output_location:
            asked = json.dumps(self.workgroup.request())
            yield f"-- aws athena create-work-group --cli-input-json '{asked}'"

    def _raw(self, place: LogPlace | None) -> Done:
        glue = self.client("glue")
        if place:
            return make_raw(glue, self.database, self.table, place)
        found = table_there(glue, self.database, self.table)
        if found:
            return as_it_is(glue, self.database, self.table, found)
        name = f"{self.database}.{self.table}"
        return Done("table", f"{name} was not made: I don't know where the trail's files lie", "", True)

    def _compact(self, wish: Wish) -> Done:
        location = wish.compact or self.compact_location
        if not location:
            return no_compact(self.client("glue"), self.database, self.table)
        done = make_compact(self.client("glue"), self.database, self.table, location)
        if location == self.compact_location or done.failed:
            return done
        return Done(
            done.what, done.words, f"export NOROSHI_TRAIL__COMPACT_LOCATION={compact_location(location)}"
        )

    @staticmethod
    def _told(what: str, make: Callable[[], Done]) -> Done:
        try:
            return make()
        except NoroshiError as error:
            return _failed(what, error)


def _failed(what: str, error: NoroshiError) -> Done:
    return Done(what, error.message, error.hint, failed=True)
