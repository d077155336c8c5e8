"""Over an archive whose truth is known, every question's rows are what plain Python finds, in both engines and forms."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.span import Span
from bot.embedded.incident import Incident, write_archive
from bot.embedded.incident import records as theft
from bot.trail.rows import MOST_BINS, Asked, rows
from tests.trail.agreeing import about, about_nobody, places, told, truth
from tests.trail.both_forms import both_forms
from tests.trail.plain_calls import Plain
from tests.trail.plain_records import records_below

NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)
INCIDENT = Incident(3, NOW)
ASKED = Asked(Span(NOW - timedelta(days=2), NOW + timedelta(hours=1)))
ATHENA = ("athena, raw", "athena, compact")
FORMS = ("duckdb, raw", "duckdb, compact", *ATHENA)
PERSON = INCIDENT.people[0]
CASES = [
    *about(PERSON.email, "user"),
    *about("root", "user"),
    *about("cloudtrail.amazonaws.com", "user"),
    *about(f"arn:aws:iam::{INCIDENT.prod.id}:user/{INCIDENT.leaked_user}", "user"),
    *about("getobject", "who_did"),
    *about("sts:AssumeRole", "who_did"),
    *about(INCIDENT.leaked_key_id, "key"),
    *about(INCIDENT.new_key_id, "key"),
    *about(INCIDENT.attacker_ip, "ip"),
    *about("203.0.113.0/24", "ip"),
    *about(INCIDENT.payroll.name, "resource"),
    *about(INCIDENT.gpu_instance_ids[0], "resource"),
    *about_nobody(),
]
NARROWED = {
    "account": {"accounts": (INCIDENT.staging.id,)},
    "regions": {"regions": ("us-east-1", "ap-northeast-1")},
    "event": {"event": "s3:getobject"},
    "errors": {"errors": True},
    "all": {
        "accounts": (INCIDENT.prod.id,),
        "regions": ("eu-west-1",),
        "event": "PutBucketPolicy",
        "errors": True,
    },
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    logs = tmp_path_factory.mktemp("archive") / "logs"
    write_archive(logs, seed=3, now=NOW, days=3, records=1_500, files=30)
    return logs


@pytest.fixture(scope="module")
def records(folder):
    return [Plain(record) for record in records_below(folder)]


@pytest.fixture(scope="module")
def engines(folder):
    files = [(str(path.relative_to(folder)), path.read_bytes()) for path in folder.rglob("*.gz")]
    with both_forms(folder, files, (NOW - timedelta(days=4)).date()) as made:
        yield made


def forms(number):
    """Both of DuckDB's, and one of Athena's by turns: its statements cost the most and are the same text."""
    return (*FORMS[:2], ATHENA[number % 2])


@pytest.mark.parametrize(("number", "case"), list(enumerate(CASES)), ids=str)
def test_every_row_and_every_count_is_what_plain_python_finds(engines, records, number, case):
    true = truth(records, case, ASKED)
    # Root rests at Acme: the real records have what root did.
    assert true or "root" in case.name
    for form in forms(number):
        assert told(engines[form], case, ASKED) == true, form


@pytest.mark.parametrize(("number", "narrowed"), list(enumerate(NARROWED)))
def test_what_narrows_a_question_leaves_what_plain_python_leaves(engines, records, number, narrowed):
    case, asked = about(INCIDENT.payroll.name, "resource")[0], replace(ASKED, **NARROWED[narrowed])
    true = truth(records, case, asked)
    for form in forms(number):
        assert told(engines[form], case, asked) == true, form


@pytest.mark.parametrize("form", FORMS)
def test_the_leaked_key_did_what_the_thief_did(engines, form):
    (case,) = about(INCIDENT.leaked_key_id, "key")
    answer = engines[form].run(rows(replace(ASKED, limit=10_000), case.calls), lambda _: None)
    his = {
        one["eventID"]
        for one in theft(INCIDENT)
        if one["userIdentity"]["accessKeyId"] == INCIDENT.leaked_key_id
    }
    stolen = {row["event_id"] for row in answer.rows if row["source_ip"] == INCIDENT.attacker_ip}
    assert stolen == his
    assert len(his) > 500


@pytest.mark.parametrize(
    ("form", "hours"), [*(("duckdb, raw", hours) for hours in (2, 48, 24 * 40)), ("athena, compact", 48)]
)
@pytest.mark.parametrize("case", [about_nobody()[-1], *about("getobject", "who_did")], ids=str)
def test_few_rows_are_the_newest_and_no_bin_is_without_its_newest_call(engines, records, case, hours, form):
    asked = replace(ASKED, span=Span(NOW - timedelta(hours=hours), NOW), limit=30)
    found = engines[form].run(rows(asked, case.calls), lambda _: None).rows
    assert [(row["place"], row["at"], row["event_id"]) for row in found] == places(records, case, asked)
    assert len(found) <= asked.limit + MOST_BINS


@pytest.mark.parametrize("form", FORMS)
def test_a_call_told_twice_is_one_and_the_copy_that_names_the_caller_stands(engines, records, form):
    asked = replace(ASKED, limit=10_000)
    since, until = (f"{end:%Y-%m-%dT%H:%M:%S}" for end in (asked.span.since, asked.span.until))
    copies = defaultdict(list)
    for one in records:
        if since <= one.at < until and one.text("sharedEventID"):
            copies[one.text("sharedEventID")].append(one)
    # One that names who called, and one that only tells the account: what the caller's own trail has, and the owner's.
    twice = {
        call: {bool(one.who("arn")): one for one in some} for call, some in copies.items() if len(some) > 1
    }
    assert twice
    assert all(some.keys() == {True, False} for some in twice.values())

    (case,) = about("getobject", "who_did")
    found = engines[form].run(rows(asked, case.calls), lambda _: None).rows
    told = Counter((row["event_id"], row["principal"]) for row in found)
    for some in twice.values():
        ids = {one.text("eventID") for one in some.values()}
        mine = {each: times for each, times in told.items() if each[0] in ids}
        assert mine == {(some[True].text("eventID"), some[True].principal): 1}
