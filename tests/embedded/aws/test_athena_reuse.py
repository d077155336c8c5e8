"""A result is had again within the age that was asked: same words, same place, nothing scanned."""

import itertools

import pytest

from tests.aws_asker import Asker

DAY = "'2026/09/08'"
SQL = "SELECT count(*) AS n FROM cloudtrail WHERE day = ?"
_fresh = itertools.count()


@pytest.fixture(scope="module")
def ask(world):
    return Asker(world)


@pytest.fixture
def sql() -> str:
    """A statement that nobody asked before."""
    return f"{SQL} -- {next(_fresh)}"


def aged(minutes: int, *, enabled: bool = True) -> dict[str, object]:
    by_age = {"Enabled": enabled, "MaxAgeInMinutes": minutes}
    return {"ResultReuseConfiguration": {"ResultReuseByAgeConfiguration": by_age}}


def reused(status: dict[str, dict[str, dict[str, object]]]) -> object:
    return status["Statistics"]["ResultReuseInformation"]["ReusedPreviousResult"]


def test_the_same_question_has_the_same_rows_for_nothing(ask, sql):
    first, second = ask.run(sql, DAY, **aged(5)), ask.run(sql, DAY, **aged(5))

    assert (reused(first), reused(second)) == (False, True)
    assert second["Status"]["State"] == "SUCCEEDED"
    assert second["Statistics"]["DataScannedInBytes"] == 0
    assert second["QueryExecutionId"] != first["QueryExecutionId"]
    assert second["ResultConfiguration"] == first["ResultConfiguration"]
    page = ask.athena.get_query_results(QueryExecutionId=second["QueryExecutionId"])["ResultSet"]["Rows"]
    assert page[1]["Data"] == [{"VarCharValue": "42"}]


@pytest.mark.parametrize(
    "change",
    [
        {"WorkGroup": "other"},
        {"QueryExecutionContext": {"Database": "elsewhere"}},
        {"ExecutionParameters": ["'2026/09/07'"]},
        {"ResultReuseConfiguration": {"ResultReuseByAgeConfiguration": {"Enabled": False}}},
    ],
)
def test_another_question_is_asked_anew(ask, sql, change):
    if change.get("WorkGroup") and "other" not in [
        group["Name"] for group in ask.athena.list_work_groups()["WorkGroups"]
    ]:
        place = {"ResultConfiguration": {"OutputLocation": ask.world.seeded.output_location}}
        ask.athena.create_work_group(Name="other", Configuration=place)
    sql = sql.replace("FROM cloudtrail", "FROM noroshi.cloudtrail")
    ask.run(sql, DAY, **aged(5))

    again = {"ExecutionParameters": [DAY]} | aged(5) | change
    assert reused(ask.run(sql, **again)) is False


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT current_timestamp AS t, count(*) FROM cloudtrail WHERE day = ?",
        "SELECT eventid FROM cloudtrail WHERE day = ? LIMIT 3",
        "SELECT nothing FROM cloudtrail WHERE day = ?",
    ],
)
def test_what_may_differ_or_failed_is_asked_anew(ask, sql):
    ask.run(sql, DAY, **aged(5))

    assert reused(ask.run(sql, DAY, **aged(5))) is False


def test_rows_cut_off_in_order_are_had_again(ask, sql):
    sql = sql.replace("count(*) AS n", "eventid").replace(" --", " ORDER BY eventid LIMIT 3 --")
    ask.run(sql, DAY)

    assert reused(ask.run(sql, DAY, **aged(5))) is True


def test_an_age_out_of_bounds_is_refused(ask):
    with pytest.raises(ask.athena.exceptions.InvalidRequestException, match="MaxAgeInMinutes"):
        ask.run(SQL, DAY, **aged(10_081))
