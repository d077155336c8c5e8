"""Who accessed a bucket: what is asked, how groups are folded, how the answer is told."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from bot.core.buttons import Ask
from bot.core.coverage.trails import Refused
from bot.core.sections import Table
from bot.core.span import iso
from bot.core.text import plain
from bot.core.view import Caveat
from commands.trail import trail
from commands.trail.who_accessed import fold
from tests.commands.small_accesses import ALL, BACKUP, NONE, Engine, Ports, ask, group
from tests.core.coverage.trails import a_trail, basic, stopped

REFUSED = Refused("what the trail acme-trail records", "AWS refused.", "cloudtrail:GetEventSelectors")
UNKNOWN = a_trail(selectors=None, refused=(REFUSED,))
SOME = a_trail(selectors=basic("All", "arn:aws:s3:::acme-payroll/2026/"))
WRITES = a_trail(selectors=basic("WriteOnly", "arn:aws:s3"))
CI = "arn:aws:sts::111122223333:assumed-role/ci-deploy/GitHubActions"


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
        ("no", NONE, "There is no bucket acme-archive, and no call on one — last 7 days", []),
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


def test_a_question_is_narrowed_as_every_other():
    engine = Engine(group())
    said = ("--account", "111122223333", "--region", "eu-west-1", "--event", "s3:GetObject", "--errors")
    view = ask("acme-payroll", *said, engine=engine)

    relation = engine.asked.relation
    assert (relation.accounts, relation.regions) == (("111122223333",), ("eu-west-1",))
    assert [one.sql for one in relation.where] == [
        "lower(event_name) = ?",
        "event_source = ?",
        "error_code IS NOT NULL",
    ]
    assert view.request["event"] == "s3:GetObject"
    assert "other-accounts-trails" in [one.code for one in view.caveats]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (["--event", "GetObject"], "Only GetObject: Nobody accessed acme-archive — last 7 days"),
        (["--errors"], "Only calls that failed: Nobody accessed acme-archive — last 7 days"),
        (
            ["--event", "GetObject", "--errors", "--region", "eu-west-1"],
            "Only GetObject that failed, in eu-west-1: Nobody accessed acme-archive — last 7 days",
        ),
        (
            ["--account", "111122223333"],
            "By the trail of 111122223333: Nobody accessed acme-archive — last 7 days",
        ),
    ],
)
def test_nobody_is_said_of_no_more_than_was_asked(said, title):
    view = ask("acme-archive", *said, engine=Engine())
    assert view.title == title
    assert "; no such call on it was found" in plain(view.sections[0].lines[0])


def test_what_narrows_it_is_asked_again_with_a_wider_window():
    view = ask("acme-payroll", "--prefix", "a/", "--event", "GetObject", "--errors", "--region", "eu-west-1")
    (wider,) = (button.words for button in view.buttons if isinstance(button, Ask))
    kept = ("--prefix", "a/", "--errors", "--region", "eu-west-1", "--event", "GetObject")
    assert wider == ("trail", "who-accessed", "acme-payroll", *kept, "--since", "30d")


def test_all_principals_are_counted_however_few_are_listed():
    view = ask("acme-payroll", "--limit", "1", engine=Engine(group(), group(CI, calls=3901)))

    assert [row["principal"] for row in view.rows] == [CI]
    assert plain(view.sections[0].lines[0]).startswith("2 principals")
    assert view.sections[1].more == 0  # the file has no more rows either
    (cut,) = (one.message for one in view.caveats if one.code == "truncated")
    assert cut == "2 principals were found and counted, 1 listed, the busiest first: raise --limit"


def test_who_was_left_out_by_the_query_does_not_hide_who_was_left_out_by_the_limit():
    many = (group(principal=f"arn:aws:iam::111122223333:user/u{number}") for number in range(5000))
    view = ask("acme-payroll", engine=Engine(*many))

    assert len(view.rows) == 1000
    left_out, cut = (one.message for one in view.caveats if one.code == "truncated")
    assert left_out.startswith("more than 5,000 groups")
    assert cut.startswith("5,000 principals were found and counted, 1,000 listed")
