"""An engine that gives calls, and the questions that list them."""

from datetime import UTC, timedelta

from bot.core.view import Receipt
from bot.ports import TrailRows
from commands.trail import trail
from tests.core.coverage.trails import NOW, a_trail, these

ALL = a_trail()
KEY = "AKIAIOSFODNN7EXAMPLE"
BACKUP = "arn:aws:iam::111122223333:user/backup"


def row(number=0, **changes):
    at = f"{NOW - timedelta(minutes=number):%Y-%m-%dT%H:%M:%S}"
    return {
        "at": at,
        "event_id": f"id-{number}",
        "event_name": "GetObject",
        "event_source": "s3.amazonaws.com",
        "event_type": "AwsApiCall",
        "region": "eu-west-1",
        "recorded_in": "111122223333",
        "read_only": "true",
        "error_code": None,
        "error_message": None,
        "principal": BACKUP,
        "principal_type": "IAMUser",
        "caller_account": "111122223333",
        "role": None,
        "access_key": KEY,
        "session_name": None,
        "source_identity": None,
        "via": None,
        "source_ip": "198.51.100.7",
        "user_agent": "aws-cli/2",
        "resource_arns": '["arn:aws:s3:::acme-payroll/x"]',
        "target": "acme-payroll",
        "made_key": None,
        "named_key": None,
        "login": None,
        "login_mfa": None,
        "new_since": None,
        "group_calls": 1,
        "group_denied": 0,
        "group_first": at,
        "group_peak": 1,
        "bin_calls": 1,
        "bin_failed": 0,
        "found": 1,
        "denied": 0,
        "failed": 0,
        "writes": 0,
        "new_calls": 0,
        "principals": 1,
        "first_at": at,
        "last_at": at,
        "place": number + 1,
    } | changes


class Engine:
    table = "noroshi.cloudtrail"

    def __init__(self, *rows, caveats=()):
        self.rows, self.caveats, self.asked = rows, caveats, None

    def run(self, query, progress):
        self.asked = query
        return TrailRows(self.rows, Receipt("athena", 2.1, 41_000_000, 0.0002, "5f2c"), self.caveats)


class Ports:
    zone = UTC

    def __init__(self, engine, recorded=ALL):
        self.accounts = {"444455556666": "staging"}
        self.trail, self.recording, self.recorded = engine, self, recorded

    def paid_trail(self, asker, up_to):
        return self.trail

    def trails(self):
        return these(self.recorded)

    def now(self):
        return NOW


def ask(*said, engine=None, recorded=ALL):
    return trail.answer(list(said), Ports(engine or Engine(row()), recorded))
