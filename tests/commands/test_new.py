"""/trail new: first uses of an action, a region or an address, against the 30 days before."""

import pytest

from bot.core.buttons import Ask, Menu
from bot.core.sections import Table
from bot.core.text import plain
from commands.trail import trail
from tests.commands.small_trail import ACCOUNT, call, role, user, written
from tests.core.coverage.trails import a_trail, stopped

ANA, BEN = user("ana"), user("ben")
BEFORE, OLDEST, NOW = "2026-08-20T10:00:00Z", "2026-08-02T13:00:00Z", "2026-09-08T10:00:00Z"


def ask(ports, *said):
    return trail.answer(["new", *said], ports)


def told(view, *names):
    return [tuple(row[name] for name in names) for row in view.rows]


def old(*records):
    """History as long as it is compared with."""
    return [call(user("clock"), at=OLDEST), call(user("clock"), at=NOW), *records]


def test_what_was_done_before_is_not_new_and_what_was_not_is(tmp_path):
    ports = written(
        tmp_path,
        *old(call(ANA, at=BEFORE), call(ANA, at=NOW)),
        call(ANA, "iam:CreateUser", at="2026-09-08T10:05:00Z", errorCode="AccessDenied"),
        call(ANA, "iam:CreateUser", at="2026-09-08T10:06:00Z"),
        call(ANA, at="2026-09-08T10:07:00Z", awsRegion="ap-northeast-1"),
        call(ANA, at="2026-09-08T10:08:00Z", sourceIPAddress="2001:db8::1"),
    )

    view = ask(ports)

    assert told(view, "kind", "value", "calls", "denied", "principal_new") == [
        ("address", "2001:db8::1", 1, 0, False),
        ("region", "ap-northeast-1", 1, 0, False),
        ("action", "iam:CreateUser", 2, 1, False),
    ]
    assert view.rows[2]["first_seen"].isoformat() == "2026-09-08T10:05:00+00:00"
    assert view.rows[2]["last_seen"].isoformat() == "2026-09-08T10:06:00+00:00"
    assert view.title == "What was done for the first time — last 7 days"
    assert plain(view.sections[0].lines[0]) == "3 first uses: 1 action, 1 region, 1 address"


def test_the_window_is_compared_with_30_days_before_it_and_no_more(tmp_path):
    ports = written(
        tmp_path,
        *old(call(ANA, at="2026-08-02T11:59:00Z"), call(ANA, at=BEFORE, awsRegion="x-1")),
        call(ANA, at=NOW),
    )

    assert ("action", "s3:ListBuckets") not in told(ask(ports), "kind", "value")
    assert ("region", "eu-west-1") in told(ask(ports), "kind", "value")


def test_who_is_new_altogether_has_one_line_and_all_rows_in_the_file(tmp_path):
    view = ask(written(tmp_path, *old(call(BEN, at=NOW), call(BEN, "iam:ListUsers", at=NOW))))

    table = next(part for part in view.sections if isinstance(part, Table))
    assert [plain(row[2]) for row in table.rows] == ["new altogether"]
    assert table.more == 4
    assert set(told(view, "kind", "principal_new")) == {
        (kind, True) for kind in ("principal", "action", "region", "address")
    }
    assert "1 principal new altogether" in plain(view.sections[0].lines[0])


def test_a_role_is_not_new_with_every_session_but_a_human_of_sso_is(tmp_path):
    sso = "AWSReservedSSO_Admin_0123456789abcdef"
    ports = written(
        tmp_path,
        *old(call(role("web", "one", "ASIA1"), at=BEFORE), call(role(sso, "ana", "ASIA2"), at=BEFORE)),
        call(role("web", "two", "ASIA3"), at=NOW),
        call(role(sso, "ben", "ASIA4"), at=NOW),
    )

    principals = {row["principal"] for row in ask(ports).rows}

    assert principals == {f"arn:aws:sts::{ACCOUNT}:assumed-role/{sso}/ben"}


def test_one_principals_first_uses_are_its_own(tmp_path):
    ports = written(
        tmp_path, *old(call(ANA, at=BEFORE)), call(ANA, "iam:ListUsers", at=NOW), call(BEN, at=NOW)
    )

    view = ask(ports, "ana")

    assert told(view, "kind", "value") == [("action", "iam:ListUsers")]
    assert view.title == "What ana did for the first time — last 7 days"


def test_a_service_that_calls_for_somebody_is_no_address(tmp_path):
    ports = written(
        tmp_path,
        *old(call(ANA, at=BEFORE)),
        call(ANA, at=NOW, sourceIPAddress="cloudformation.amazonaws.com"),
    )

    assert not ask(ports).rows


def test_nothing_new_is_told_as_such(tmp_path):
    ports = written(tmp_path, *old())

    view = ask(ports)
    assert view.title == "Nothing that was done is new — last 7 days"
    assert ask(ports, "ana").title == "Nothing that ana did is new — last 7 days"
    assert Ask("What is recorded", ("trail", "coverage")) in view.buttons


def test_nothing_new_and_nothing_recorded_never_look_alike(tmp_path):
    ports = written(tmp_path, *old())
    ports.recorded = a_trail(status=stopped(3))

    assert ask(ports).title.startswith("I can’t tell what is new")


@pytest.mark.parametrize(
    ("oldest", "weights", "title"),
    [
        (OLDEST, [], "What was done"),
        ("2026-08-29T12:00:00Z", ["note"], "What was done"),
        ("2026-09-08T09:00:00Z", ["blind"], "I can’t tell what is new"),
    ],
)
def test_records_that_are_younger_than_the_history_are_told(tmp_path, oldest, weights, title):
    view = ask(written(tmp_path, call(ANA, at=oldest), call(BEN, at=NOW)))

    short = [one for one in view.caveats if one.code == "history-short"]
    assert [one.weight for one in short] == weights
    assert all("3.0 days before" in one.message for one in short if one.weight == "note")
    assert view.title.startswith(title)


def test_more_than_the_limit_is_counted_and_told(tmp_path):
    calls = [call(ANA, f"ec2:Do{number}", at=NOW) for number in range(5)]

    view = ask(written(tmp_path, *old(call(ANA, at=BEFORE)), *calls), "--limit", "2")

    assert len(view.rows) == 2
    assert "5 first uses were found and counted; 2 are listed" in next(
        one.message for one in view.caveats if one.code == "truncated"
    )


def test_what_somebody_new_did_fills_no_place_of_what_others_did(tmp_path):
    late = [call(BEN, f"ec2:Do{number}", at="2026-09-08T11:00:00Z") for number in range(5)]
    ports = written(tmp_path, *old(call(ANA, at=BEFORE)), call(ANA, "iam:ListUsers", at=NOW), *late)

    view = ask(ports, "--limit", "2")

    assert [row["value"] for row in view.rows] == [BEN["arn"], "iam:ListUsers"]


def test_one_principals_rest_is_no_end_of_the_records(tmp_path):
    view = ask(written(tmp_path, *old(call(ANA, at=NOW))), "ana")

    assert "history-short" not in {one.code for one in view.caveats}
    assert view.rows


def test_it_is_narrowed_like_any_question(tmp_path):
    ports = written(
        tmp_path,
        *old(call(ANA, at=BEFORE)),
        call(ANA, "iam:ListUsers", at=NOW, errorCode="AccessDenied"),
        call(ANA, "ec2:RunInstances", at=NOW),
    )

    def actions(*said):
        return {row["value"] for row in ask(ports, *said).rows if row["kind"] == "action"}

    assert actions("ana") == {"iam:ListUsers", "ec2:RunInstances"}
    assert actions("ana", "--errors") == {"iam:ListUsers"}
    assert actions("ana", "--event", "runinstances") == {"ec2:RunInstances"}
    assert actions("ana", "--region", "us-east-1") == set()


def test_one_query_reads_the_window_and_the_history(tmp_path):
    ports = written(tmp_path, *old())

    ask(ports)

    (query,) = ports.engine.queries
    assert (query.span.until - query.span.since).days == 37


def test_its_menu_asks_who_and_what_else(tmp_path):
    ports = written(
        tmp_path,
        *old(call(ANA, at=BEFORE)),
        call(ANA, "iam:ListUsers", at=NOW, sourceIPAddress="203.0.113.9"),
    )

    menu = next(one for one in ask(ports).buttons if isinstance(one, Menu))

    assert [one.words[1:3] for one in menu.choices] == [
        ("user", f"arn:aws:iam::{ACCOUNT}:user/ana"),
        ("who-did", "iam:ListUsers"),
        ("ip", "203.0.113.9"),
    ]
    for choice in menu.choices:
        assert trail.answer(choice.words[1:], ports).rows
