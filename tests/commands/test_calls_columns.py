"""The questions that list calls: which columns are worth their room, and what may be asked next."""

import pytest

from bot.core.buttons import Menu
from bot.core.sections import Table
from bot.core.text import plain
from tests.commands.small_calls import KEY, Engine, ask, row


def columns(view):
    (table,) = (one for one in view.sections if isinstance(one, Table))
    assert all(len(cells) == len(table.columns) for cells in table.rows)
    return [one.name for one in table.columns]


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        (("who-did", "GetObject"), "call"),
        (("resource", "acme-payroll"), "on"),
        (("ip", "198.51.100.7"), "from"),
        (("user", "backup"), "who"),
        (("key", KEY), ""),
    ],
)
def test_a_column_that_holds_only_what_was_asked_for_is_left_out(question, missing):
    every = ["when", "who", "call", "on", "from", "result"]

    assert columns(ask(*question)) == [name for name in every if name != missing]


def test_it_stays_where_it_tells_rows_apart():
    answer = Engine(row(found=2), row(1, found=2, event_name="GetBucketAcl", source_ip="198.51.100.8"))

    assert "call" in columns(ask("who-did", "s3:Get", engine=answer))
    assert "from" in columns(ask("ip", "198.51.100.0/24", engine=answer))


def test_a_column_without_any_value_is_left_out():
    assert "on" not in columns(ask("logins", engine=Engine(row(target=None, resource_arns=None))))


SESSION = "arn:aws:sts::111122223333:assumed-role/ops/nightly"


def groups(view):
    (menu,) = (one for one in view.buttons if isinstance(one, Menu))
    return {choice.group for choice in menu.choices}


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        (("user", "ops/nightly"), "Who"),
        (("key", KEY), "Key"),
        (("ip", "198.51.100.0/24"), "Address"),
        (("resource", "acme-payroll"), "Thing"),
        (("who-did", "GetObject"), "Call"),
        (("session", SESSION), "Who Session"),
        (("denied",), ""),
    ],
)
def test_what_would_ask_the_same_again_is_no_choice(question, missing):
    every = {"Who", "Session", "Key", "Address", "Thing", "Call"}

    found = groups(ask(*question, engine=Engine(row(principal=SESSION))))

    assert found & every == every - set(missing.split())


def test_of_several_that_a_question_found_each_other_one_is_a_choice():
    found = Engine(row(found=2), row(1, found=2, access_key="AKIAOTHER"))
    (menu,) = (one for one in ask("key", KEY, engine=found).buttons if isinstance(one, Menu))

    assert [choice.words[2] for choice in menu.choices if choice.group == "Key"] == ["AKIAOTHER"]


def test_refusals_are_counted_once_and_the_peak_says_of_what():
    names = columns(ask("denied", engine=Engine(row(denied=1, error_code="AccessDenied"))))
    hours = columns(ask("changes", "--since", "2d", engine=Engine(row(read_only="false", writes=1))))

    assert names == ["who", "call", "calls", "peak a day", "last", "on"]
    assert hours == ["call", "calls", "refused", "peak an hour", "last", "on"]


def test_roles_of_one_name_in_two_accounts_are_told_apart():
    roles = [f"arn:aws:sts::{number}:assumed-role/monitor/m" for number in ("111122223333", "444455556666")]
    refused = {"error_code": "AccessDenied", "found": 3, "denied": 3, "principals": 3}
    engine = Engine(
        *(row(n, principal=arn, caller_account=arn.split(":")[4], **refused) for n, arn in enumerate(roles)),
        row(2, **refused),
    )
    (table,) = (one for one in ask("denied", engine=engine).sections if isinstance(one, Table))

    assert {plain(cells[0]) for cells in table.rows} == {
        "m (role monitor) in 111122223333",
        "m (role monitor) in 444455556666",
        "backup (user)",
    }
