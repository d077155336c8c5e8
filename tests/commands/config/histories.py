"""/config history, asked about a group that somebody opened."""

from dataclasses import replace
from datetime import timedelta

from commands.config import config
from tests.commands.config.small_config import (
    NOW,
    RECORDS,
    FakeConfigurations,
    Ports,
    group,
    rule,
)
from tests.commands.small_trail import call, user, written

FOUND = group("2026-07-01T09:00:00", rule(443), status="ResourceDiscovered")


def ask(ports, *words):
    return config.answer(["history", *words], ports, asker="U1")


def ports_over(folder, items, *calls, **more):
    engine = written(folder, *(calls or [call(user("nobody"), at="2026-09-01T00:00:00Z")])).engine
    return Ports(FakeConfigurations(items, **more), engine)


STOPPED = replace(RECORDS, recording=False, stopped_at=NOW - timedelta(days=3))
