"""The questions that list calls: what is asked of the engine, what is counted, how it is shown."""

import json
from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.buttons import Ask, Csv, Menu
from bot.core.sections import Activity, Paragraph, Table
from bot.core.text import plain
from bot.core.view import Caveat
from bot.errors import BadRequest
from commands.trail import trail
from tests.commands.small_calls import BACKUP, KEY, Engine, Ports, ask, row
from tests.core.coverage.trails import NOW


def shown(view):
    found = [line for section in view.sections if isinstance(section, Paragraph) for line in section.lines]
    return "\n".join(map(plain, found))


def test_the_counts_are_of_all_that_was_found_whatever_is_listed():
    view = ask("key", KEY, "--limit", "1", engine=Engine(row(found=2843, denied=11, failed=12, writes=36)))

    assert "2,843 calls · 11 refused · 1 failed otherwise · 36 writes" in shown(view)
    assert [one.code for one in view.caveats if one.code == "truncated"] == ["truncated"]
    assert len(view.rows) == 1


def test_one_is_no_plural():
    view = ask("key", KEY, engine=Engine(row(found=3, denied=1, failed=2, writes=1)))

    assert "3 calls · 1 refused · 1 failed otherwise · 1 write" in shown(view).splitlines()


def test_writes_are_not_counted_apart_where_every_call_is_one():
    view = ask("changes", engine=Engine(row(found=3, writes=3, principals=2)))

    assert "3 calls · 2 principals" in shown(view).splitlines()


def test_a_row_that_stands_for_its_bin_alone_is_counted_but_not_listed():
    engine = Engine(row(0, found=3, bin_calls=2), row(300, place=1001, found=3, bin_calls=1))
    view = ask("key", KEY, "--since", "1d", engine=engine)

    assert [one["event_id"] for one in view.rows] == ["id-0"]
    (activity,) = (one for one in view.sections if isinstance(one, Activity))
    assert (sum(activity.counts), len(activity.counts)) == (3, 6)


@given(minutes=st.lists(st.integers(0, 3 * 1440), min_size=1, max_size=60))
def test_the_bars_lose_no_call(minutes):
    at = [NOW - timedelta(minutes=one + 1) for one in minutes]
    bins = Counter(f"{one:%Y-%m-%dT%H}" for one in at)
    rows = [
        row(number, at=f"{one:%Y-%m-%dT%H:%M:%S}", bin_calls=bins[f"{one:%Y-%m-%dT%H}"], found=len(at))
        for number, one in enumerate(at)
    ]
    view = ask("key", KEY, "--since", "4d", engine=Engine(*rows))

    bars = [section for section in view.sections if isinstance(section, Activity)]
    assert sum(bars[0].counts) == len(at) if bars else len(bins) == 1


def test_a_row_has_what_the_contract_names():
    (found,) = ask("user", "backup").rows

    assert found["time"] == NOW
    assert found["resources"] == ("arn:aws:s3:::acme-payroll/x",)
    assert (found["read_only"], found["account_id"], found["error_code"]) == (True, "111122223333", None)


def test_who_has_no_account_of_their_own_is_told_where_the_call_was_recorded():
    (found,) = ask("user", "backup", engine=Engine(row(caller_account="anonymous"))).rows

    assert found["account_id"] == "111122223333"


def test_the_key_that_made_another_is_not_told_as_its_own_maker():
    rows = (
        row(0, event_name="CreateAccessKey", made_key=KEY, access_key="ASIAIOSFODNN7EXAMPLE", found=2),
        row(1, event_name="CreateAccessKey", made_key="AKIAI44QH8DHBEXAMPLE", found=2),
    )
    said = shown(ask("key", KEY, engine=Engine(*rows)))

    assert said.count("Made by backup (user)") == 1
    assert "It made key AKIAI44QH8DHBEXAMPLE" in said


def test_only_users_and_root_can_have_signed_in_without_mfa():
    rows = (
        row(0, event_name="ConsoleLogin", login="Success", login_mfa="No", found=3),
        row(1, login="Success", login_mfa="No", principal_type="AssumedRole", found=3),
        row(2, login="Failure", login_mfa="No", found=3),
    )

    assert "1 failed · 1 without MFA" in shown(ask("logins", engine=Engine(*rows)))


def test_refusals_are_shown_by_who_and_call_the_highest_peak_first():
    rows = (
        row(0, error_code="AccessDenied", group_calls=2, group_peak=1, found=9, denied=9),
        row(
            1,
            error_code="AccessDenied",
            event_name="ListUsers",
            group_calls=7,
            group_peak=7,
            found=9,
            denied=9,
        ),
    )
    (table,) = (one for one in ask("denied", engine=Engine(*rows)).sections if isinstance(one, Table))

    assert [plain(cells[1]) for cells in table.rows] == ["s3:ListUsers", "s3:GetObject"]


def test_nothing_found_speaks_of_the_record_and_of_what_is_not_on_it():
    view = ask("root", engine=Engine())

    assert view.title.startswith("No call by root is on record")
    assert any(isinstance(one, Ask) and one.words == ("trail", "coverage") for one in view.buttons)
    assert not any(isinstance(one, Csv) for one in view.buttons)


def test_nothing_found_where_files_were_skipped_can_not_be_told_from_nothing_seen():
    view = ask("root", engine=Engine(caveats=(Caveat("files-skipped", "3 files could not be read"),)))

    assert view.title.startswith("I can’t tell whether root did anything")


def test_any_row_leads_on_to_its_principal_key_address_and_thing():
    view = ask("who-did", "GetObject")
    (menu,) = (one for one in view.buttons if isinstance(one, Menu))

    asked = {choice.words[1:3] for choice in menu.choices}
    assert {("user", BACKUP), ("key", KEY), ("ip", "198.51.100.7"), ("resource", "acme-payroll")} <= asked
    for choice in menu.choices:
        trail.answer(list(choice.words[1:]), Ports(Engine(row())))


def test_what_begins_with_a_dash_is_no_choice():
    view = ask("who-did", "GetObject", engine=Engine(row(target="--until", principal="-x")))
    (menu,) = (one for one in view.buttons if isinstance(one, Menu))

    assert not [choice for choice in menu.choices if choice.words[2].startswith("-")]


def test_an_account_is_said_by_its_name_and_a_region_by_its_own():
    engine = Engine(row())
    ask(
        "user",
        "backup",
        "--account",
        "Staging",
        "--region",
        "eu-west-1",
        "--event",
        "s3:GetObject",
        "--errors",
        engine=engine,
    )

    relation = engine.asked.relation
    assert (relation.accounts, relation.regions) == (("444455556666",), ("eu-west-1",))
    said = json.dumps([[one.sql, one.parameters] for one in relation.where])
    assert "getobject" in said
    assert "s3.amazonaws.com" in said
    assert "error_code IS NOT NULL" in said


@pytest.mark.parametrize(
    "said",
    [
        ("user", "x", "--account", "nobody"),
        ("user", "x", "--region", "mars"),
        ("user", "x", "--event", "Get Object'"),
        ("key", "nonsense"),
        ("ip", "999.1.1.1"),
        ("user", "x", "--limit", "0"),
        ("user", "x", "--since", "soon"),
    ],
)
def test_words_that_make_no_sense_are_told_in_words(said):
    engine = Engine(row())
    with pytest.raises(BadRequest) as error:
        ask(*said, engine=engine)

    assert error.value.hint
    assert engine.asked is None


def test_the_window_of_the_answer_is_the_one_that_was_asked():
    view = ask("user", "backup", "--since", "2026-09-01T00:00Z", "--until", "2026-09-02T00:00Z")

    assert view.request["since"] == "2026-09-01T00:00:00Z"
    assert view.request["until"] == "2026-09-02T00:00:00Z"
    assert datetime.fromisoformat(view.request["until"]).tzinfo
