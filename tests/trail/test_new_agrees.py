"""First uses and chains are the same in both engines and both forms; first uses are those that plain Python finds."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.span import Span, iso
from bot.embedded.incident import Incident, write_archive
from bot.trail.new import new
from bot.trail.questions import HISTORY
from bot.trail.rows import Asked
from commands.trail.session import trace
from tests.core.coverage.trails import a_trail, these
from tests.trail import plain_calls
from tests.trail.both_forms import both_forms
from tests.trail.plain_calls import Plain
from tests.trail.plain_records import records_below

NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)
INCIDENT = Incident(3, NOW)
ASKED = Asked(Span(NOW - timedelta(days=1), NOW), limit=10_000)
FORMS = ("duckdb, raw", "duckdb, compact", "athena, raw", "athena, compact")
_ADDRESS = re.compile(r"[0-9A-Fa-f]*[.:][0-9A-Fa-f.:]*")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    logs = tmp_path_factory.mktemp("archive") / "logs"
    write_archive(logs, seed=3, now=NOW, days=3, records=1_500, files=30)
    return logs


@pytest.fixture(scope="module")
def engines(folder):
    files = [(str(path.relative_to(folder)), path.read_bytes()) for path in folder.rglob("*.gz")]
    with both_forms(folder, files, (NOW - timedelta(days=4)).date()) as made:
        yield made


@pytest.fixture(scope="module")
def truth(folder):
    """Calls by principal, kind and value, where the first of them is in the window."""
    since, begins, until = (iso(end)[:19] for end in (ASKED.span.since, ASKED.span.since - HISTORY, NOW))
    every = [one for one in map(Plain, records_below(folder)) if begins <= one.at < until]
    first, calls, denied = {}, Counter(), Counter()
    for one in plain_calls.once(every):
        for use in uses(one):
            first[use] = min(first.get(use, one.at), one.at)
            calls[use] += 1
            denied[use] += bool(one.refused)
    return {(*use, at, calls[use], denied[use]) for use, at in first.items() if at >= since}


def uses(one):
    issuer = one.who("sessionContext", "sessionIssuer", "arn") or ""
    is_role = ":role/" in issuer and "/AWSReservedSSO" not in issuer
    who = issuer if is_role else one.principal
    service = (one.text("eventSource") or "").replace(".amazonaws.com", "")
    address = one.text("sourceIPAddress") or ""
    yield who, "principal", who
    yield who, "action", f"{service}:{one.text('eventName')}"
    yield who, "region", one.text("awsRegion")
    if _ADDRESS.fullmatch(address):
        yield who, "address", address


@pytest.mark.parametrize("form", FORMS)
def test_first_uses_are_what_plain_python_finds(engines, truth, form):
    found = engines[form].run(new(ASKED), lambda _: None).rows

    names = ("principal", "kind", "value", "first_seen", "calls", "denied")
    told = {tuple(row[name] for name in names) for row in found}
    assert told == truth
    assert len(told) == len(found) == found[0]["found"] > 15


class _Recording:
    def trails(self):
        return these(a_trail())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("said", "actions"),
    [
        (INCIDENT.new_key_id, ["iam:CreateAccessKey"]),
        ("ci-deploy/GitHubActions", ["sts:AssumeRoleWithWebIdentity"]),
    ],
)
def test_a_chain_is_the_same_whatever_the_form(engines, said, actions, form):
    told = trace(said, ASKED, engines[form], _Recording(), lambda _: None)

    assert [one.call.action for one in told.chains[0].makers] == actions
    assert told.calls
