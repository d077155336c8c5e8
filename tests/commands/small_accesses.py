"""An engine that gives groups of accesses, and the question who accessed a bucket."""

from datetime import UTC, datetime

from bot.core.view import Receipt
from bot.ports import TrailRows
from commands.trail import trail
from tests.core.coverage.trails import EVERYTHING, a_trail, these

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
ALL, NONE = a_trail(), a_trail(selectors=EVERYTHING)
BACKUP = "arn:aws:iam::111122223333:user/backup"


def group(principal=BACKUP, **changes):
    return {
        "principal": principal,
        "principal_type": "IAMUser",
        "account_id": "111122223333",
        "role": None,
        "copied_into": None,
        "copied_from": None,
        "calls": 17,
        "reads": 17,
        "writes": 0,
        "deletes": 0,
        "denied": 9,
        "data_events": 17,
        "first_seen": "2026-09-08T03:11:00",
        "last_seen": "2026-09-08T03:19:00",
        "source_ips": '["198.51.100.7"]',
        "user_agents": '["[aws-cli/2]"]',
        "event_names": '["GetObject"]',
    } | changes


class Engine:
    """An engine with its answer ready; remembers what it was asked."""

    table = "noroshi.cloudtrail"

    def __init__(self, *groups, caveats=()):
        self.groups, self.caveats, self.asked = groups, caveats, None

    def run(self, query, progress):
        self.asked = query
        return TrailRows(self.groups, Receipt("athena", 2.1, 41_000_000, 0.0002, "5f2c"), self.caveats)


class Ports:
    zone = UTC

    def __init__(self, engine, exists="yes", recorded=ALL):
        self.trail, self.buckets, self.found = engine, self, exists
        self.recording, self.recorded, self.accounts = self, recorded, {}

    def paid_trail(self, asker, up_to):
        return self.trail

    def exists(self, bucket):
        return self.found

    def trails(self):
        return these(self.recorded)

    def now(self):
        return NOW


def ask(*said, engine=None, exists="yes", recorded=ALL):
    return trail.answer(["who-accessed", *said], Ports(engine or Engine(group()), exists, recorded))
