"""Who accessed a bucket: what is asked, how groups are folded, how the answer is told."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot
from pydantic import ValidationError

from bot.core.coverage.trails import Refused
from bot.core.span import Span, iso
from bot.core.text import plain
from bot.core.view import Ask, Caveat, Receipt, Table
from bot.errors import BadRequest
from bot.ports import TrailRows
from bot.trail.sources import Part, Sources
from bot.trail.statement import statement
from commands.trail import trail
from commands.trail.who_accessed import WhoAccessed, fold
from tests.core.coverage.trails import EVERYTHING, a_trail, basic, stopped, these

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
ALL, NONE = a_trail(), a_trail(selectors=EVERYTHING)
REFUSED = Refused("what the trail acme-trail records", "AWS refused.", "cloudtrail:GetEventSelectors")
UNKNOWN = a_trail(selectors=None, refused=(REFUSED,))
SOME = a_trail(selectors=basic("All", "arn:aws:s3:::acme-payroll/2026/"))
WRITES = a_trail(selectors=basic("WriteOnly", "arn:aws:s3"))
SPAN = Span(NOW - timedelta(days=7), NOW)
BACKUP = "arn:aws:iam::111122223333:user/backup"
CI = "arn:aws:sts::111122223333:assumed-role/ci-deploy/GitHubActions"


def as_sent(query):
    days = query.span.publish_days()
    compact = Part("noroshi.cloudtrail_compact", days[:-2])
    return statement(query, Sources(Part("noroshi.cloudtrail", days), compact=compact))


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


def marks(sql):
    """The parameters of a statement: question marks outside its own texts."""
    return re.sub(r"'[^']*'", "", sql).count("?")


def ask(*said, engine=None, exists="yes", recorded=ALL):
    return trail.answer(["who-accessed", *said], Ports(engine or Engine(group()), exists, recorded))


@pytest.mark.parametrize(
    ("said", "bucket", "prefix"),
    [
        ("acme-payroll", "acme-payroll", None),
        ("`acme-payroll`", "acme-payroll", None),
        ("s3://acme-payroll", "acme-payroll", None),
        ("s3://acme-payroll/2026/", "acme-payroll", "2026/"),
        ("arn:aws:s3:::acme-payroll", "acme-payroll", None),
        ("arn:aws-cn:s3:::acme-payroll/a/b.csv", "acme-payroll", "a/b.csv"),
    ],
)
def test_a_bucket_may_be_pasted_in_any_form_and_its_key_is_kept(said, bucket, prefix):
    request = ask(said).request

    assert (request["bucket"], request["prefix"]) == (bucket, prefix)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "ab",
        "x" * 400,
        "a..b",
        "<!channel>",
        "a b",
        "-abc",
        "'; DROP TABLE x --",
        "acme\npayroll",
        "é" * 5,
    ],
)
def test_what_cannot_be_a_bucket_is_refused_in_words(name):
    with pytest.raises(ValidationError, match="is no bucket name"):
        WhoAccessed(bucket=name, span=SPAN)


def test_a_bucket_name_of_400_characters_teaches():
    with pytest.raises(BadRequest) as error:
        ask("x" * 400)

    assert error.value.message == snapshot(
        "bucket: “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… (400 characters)” is no bucket name: 3 to 63 letters, digits, dots and hyphens"
    )
    assert error.value.hint == snapshot("/trail help shows what it takes.")


def test_the_query_is_bounded_by_partition_and_by_time():
    engine = Engine(group())
    ask("acme-payroll", engine=engine)

    sent = as_sent(engine.asked)
    assert sent.parameters[:4] == (
        "2026/09/01",
        "2026/09/09",
        "2026-09-01T12:00:00",
        "2026-09-08T12:00:00",
    )
    assert marks(sent.sql) == len(sent.parameters)
    assert engine.asked.needles[0] == "acme-payroll"
    assert {"%61", "%2D", "%2d"} <= set(engine.asked.needles)


def test_no_word_of_the_question_stands_in_the_sql():
    plain_engine, prefixed = Engine(), Engine()
    ask("acme-payroll", engine=plain_engine)
    ask("other-bucket", "--prefix", "x' OR '1'='1", "--since", "1d", engine=prefixed)

    assert "acme-payroll" not in as_sent(plain_engine.asked).sql
    sent = as_sent(prefixed.asked)
    assert "OR '1'='1" not in sent.sql
    assert marks(sent.sql) == len(sent.parameters)


def test_a_copy_into_another_bucket_is_no_call_on_this_one():
    found = fold(
        "acme-payroll", [group(calls=3, denied=1, copied_from="acme-payroll", copied_into="elsewhere")]
    )[0]

    assert (found.calls, found.reads, found.copied_out, found.denied) == (0, 0, 2, 1)


@pytest.mark.parametrize(
    ("source", "target"), [("elsewhere", "acme-payroll"), ("acme-payroll", "acme-payroll")]
)
def test_a_copy_into_this_bucket_is_a_call_on_it(source, target):
    found = fold("acme-payroll", [group(calls=3, reads=0, writes=3, copied_from=source, copied_into=target)])[
        0
    ]

    assert (found.calls, found.writes, found.copied_out) == (3, 3, 0)


def test_the_groups_of_one_principal_become_one_row():
    copies = group(
        calls=2,
        denied=0,
        copied_from="acme-payroll",
        copied_into="x",
        first_seen="2026-09-08T04:00:00",
        last_seen="2026-09-08T04:00:00",
        source_ips='["203.0.113.9"]',
    )
    found = fold(
        "acme-payroll", [group(), copies, group(CI, role="arn:aws:iam::111122223333:role/ci-deploy")]
    )

    assert [one.principal for one in found] == [BACKUP, CI]
    assert (found[0].calls, found[0].copied_out, found[0].source_ips) == (
        17,
        2,
        ("198.51.100.7", "203.0.113.9"),
    )
    assert iso(found[0].last_seen) == "2026-09-08T04:00:00Z"


@given(
    st.lists(
        st.tuples(
            st.sampled_from([BACKUP, CI, None]),
            st.sampled_from([None, "acme-payroll", "b"]),
            st.sampled_from([None, "acme-payroll", "b"]),
            st.integers(1, 9),
        )
    )
)
def test_folding_loses_no_call(drawn):
    groups = [
        group(who, calls=n, denied=0, copied_from=source, copied_into=target)
        for who, source, target, n in drawn
    ]
    found = fold("acme-payroll", groups)

    assert sum(one.calls + one.copied_out for one in found) == sum(n for *_, n in drawn)
    assert len(found) == len({who for who, *_ in drawn})


def test_the_answer_begins_with_the_counts():
    view = ask("acme-payroll", engine=Engine(group(), group(CI, calls=3901, reads=3901, denied=0)))

    assert view.title == "Who accessed acme-payroll — last 7 days"
    assert plain(view.sections[0].lines[0]) == snapshot("2 principals · 3,918 reads · 9 refused")
    assert [[plain(cell) for cell in row] for row in view.sections[1].rows] == snapshot(
        [
            [
                "GitHubActions (role ci-deploy)",
                "3,901",
                "3,901",
                "0",
                "0",
                "2026-09-08 03:11 UTC",
                "2026-09-08 03:19 UTC",
                "198.51.100.7",
            ],
            [
                "backup (user)",
                "17",
                "17",
                "0",
                "9",
                "2026-09-08 03:11 UTC",
                "2026-09-08 03:19 UTC",
                "198.51.100.7",
            ],
        ]
    )
    assert [caveat.code for caveat in view.caveats] == ["not-delivered-yet"]


@pytest.mark.parametrize(
    ("recorded", "codes"),
    [
        (ALL, []),
        (NONE, ["data-events-off"]),
        (SOME, ["data-events-partial"]),
        (WRITES, ["management-reads-off", "data-events-partial"]),
        (UNKNOWN, ["trail-unknown"]),
    ],
)
def test_without_object_events_the_trail_is_asked_why(recorded, codes):
    view = ask("acme-payroll", engine=Engine(group(data_events=0)), recorded=recorded)

    assert [(caveat.code, caveat.weight) for caveat in view.caveats] == [
        (code, "note") for code in [*codes, "not-delivered-yet"]
    ]


def test_object_events_among_the_calls_prove_that_they_are_recorded():
    assert [caveat.code for caveat in ask("acme-payroll", recorded=NONE).caveats] == ["not-delivered-yet"]


def test_a_trail_that_was_stopped_is_told_with_the_calls_before_it():
    view = ask("acme-payroll", recorded=a_trail(status=stopped(3)))

    assert [(one.code, one.weight) for one in view.caveats] == [("logging-stopped", "note")]


def test_what_the_trail_leaves_out_can_be_looked_at_with_a_button():
    words = [button.words for button in ask("acme-archive", recorded=NONE, engine=Engine()).buttons[:1]]

    assert words == [("trail", "coverage", "acme-archive")]


@pytest.mark.parametrize(
    ("exists", "recorded", "title", "blind"),
    [
        ("yes", ALL, "Nobody accessed acme-archive — last 7 days", []),
        (
            "yes",
            NONE,
            "I can’t tell whether anybody accessed acme-archive — last 7 days",
            ["data-events-off"],
        ),
        (
            "yes",
            UNKNOWN,
            "I can’t tell whether anybody accessed acme-archive — last 7 days",
            ["trail-unknown"],
        ),
        ("unknown", ALL, "Nobody accessed acme-archive — last 7 days", []),
        ("no", NONE, "There is no bucket acme-archive — and no call on one, last 7 days", []),
    ],
)
def test_nothing_found_and_nothing_visible_never_look_alike(exists, recorded, title, blind):
    view = ask("acme-archive", engine=Engine(), exists=exists, recorded=recorded)

    assert view.title == title
    assert [caveat.code for caveat in view.caveats if caveat.weight == "blind"] == blind
    assert not any(isinstance(section, Table) for section in view.sections)


def test_a_skipped_file_puts_nobody_in_doubt():
    view = ask("acme-archive", engine=Engine(caveats=(Caveat("files-skipped", "1 file"),)))

    assert view.title.startswith("I can’t tell")
    assert ("files-skipped", "blind") in [(one.code, one.weight) for one in view.caveats]


def test_what_the_engine_could_not_see_is_handed_on():
    view = ask("acme-payroll", engine=Engine(group(), caveats=(Caveat("files-skipped", "1 file"),)))

    assert "files-skipped" in [caveat.code for caveat in view.caveats]


def test_the_buttons_ask_questions_that_make_sense():
    for said in (["acme-payroll"], ["acme-payroll", "--prefix", "a b/<!channel>"]):
        for button in ask(*said).buttons:
            if isinstance(button, Ask):
                assert trail.answer(button.words[1:], Ports(Engine(group()))).rows


def test_the_rows_are_the_contracts():
    row = ask("acme-payroll").rows[0]

    assert list(row) == snapshot(
        [
            "principal",
            "principal_type",
            "account_id",
            "role",
            "calls",
            "reads",
            "writes",
            "deletes",
            "denied",
            "copied_out",
            "first_seen",
            "last_seen",
            "source_ips",
            "user_agents",
            "event_names",
        ]
    )
    assert json.dumps(row["source_ips"]) == '["198.51.100.7"]'


def test_who_called_for_no_account_has_none():
    assert fold("acme-payroll", [group("anonymous", account_id="anonymous")])[0].account_id is None


def test_a_window_of_the_past_is_named_by_its_ends():
    view = ask("acme-payroll", "--until", "2026-09-07")
    assert view.title == "Who accessed acme-payroll — 2026-08-31 00:00 to 2026-09-07 00:00 UTC"


def test_one_is_no_plural():
    view = ask("acme-payroll", engine=Engine(group(calls=3, reads=1, writes=1, deletes=1, denied=1)))

    assert plain(view.sections[0].lines[0]) == "1 principal · 1 read · 1 write · 1 delete · 1 refused"
