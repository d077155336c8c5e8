"""One small world for all tests here: the same life, a thirtieth of it."""

import gzip
from dataclasses import dataclass
from datetime import UTC, datetime

import orjson
import pytest

from bot.embedded.incident import Incident, LogFile, Volume, log_files

SMALL = Volume(records=1 / 30, files=0.3)


@dataclass(frozen=True)
class Log:
    """A file of the log bucket, opened."""

    key: str
    records: list


def _opened(file: LogFile) -> Log:
    body = orjson.loads(gzip.decompress(file.body))
    return Log(file.key, body.get("Records", []))


@pytest.fixture(scope="session")
def opened():
    return _opened


@pytest.fixture(scope="session")
def small():
    return SMALL


@pytest.fixture(scope="session")
def incident():
    # 02:40 in the morning: the theft began yesterday.
    return Incident(seed=7, now=datetime(2026, 11, 23, 2, 40, 12, tzinfo=UTC))


@pytest.fixture(scope="session")
def files(incident):
    return list(log_files(incident, None, SMALL))


@pytest.fixture(scope="session")
def logs(files):
    return [_opened(file) for file in files if "/CloudTrail/" in file.key]


@pytest.fixture(scope="session")
def everything(logs):
    return [record for log in logs for record in log.records]
