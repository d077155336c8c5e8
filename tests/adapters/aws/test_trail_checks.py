"""The doctor says what `noroshi setup trail` would mend."""

from datetime import date, timedelta

import pytest

from bot.adapters.aws.checks import aws_checks, records, workgroup
from bot.adapters.aws.trail_checks import compact_copy, table
from bot.errors import NotConfigured
from bot.settings_parts import Trail
from bot.trail.compact_table import compact_input, compact_storage
from bot.trail.table import table_input
from tests.aws_world import NOW

PLACE = "s3://acme-results/noroshi-compact/"
SET = Trail(compact_location=PLACE)


@pytest.fixture
def glue(world):
    """Glue, where what a test makes is gone behind it."""
    made = world.client("glue")
    before = {one["Name"] for one in made.get_tables(DatabaseName="noroshi")["TableList"]}
    yield made
    for one in made.get_tables(DatabaseName="noroshi")["TableList"]:
        if one["Name"] not in before:
            made.delete_table(DatabaseName="noroshi", Name=one["Name"])


def register(glue, name, *values, storage=None):
    glue.batch_create_partition(
        DatabaseName="noroshi",
        TableName=name,
        PartitionInputList=[
            {"Values": [*each], "StorageDescriptor": storage or {"Location": "s3://x/"}} for each in values
        ],
    )


def days_back(*numbers):
    return [NOW.date() - timedelta(days=n) for n in numbers]


def test_a_projected_table_is_well(glue):
    found = table(glue, "noroshi", "cloudtrail", NOW)

    assert (found.state, found.message) == ("ok", "noroshi.cloudtrail: 2 accounts, 3 regions, every day")


def test_a_table_that_is_not_there_is_told_with_how_to_make_it(glue):
    with pytest.raises(NotConfigured) as caught:
        table(glue, "noroshi", "gone", NOW)

    assert "noroshi setup trail" in caught.value.hint


def test_days_that_nobody_added_are_counted(glue):
    made = table_input("by_hand", "s3://acme/AWSLogs/111122223333/CloudTrail/", [], [], "2024/01/01")
    made["PartitionKeys"] = [{"Name": key, "Type": "string"} for key in ("region", "year", "month", "day")]
    glue.create_table(DatabaseName="noroshi", TableInput=made | {"Parameters": {}})
    register(glue, "by_hand", *(["eu-west-1", *f"{day:%Y/%m/%d}".split("/")] for day in days_back(1, 2, 5)))

    found = table(glue, "noroshi", "by_hand", NOW)

    assert found.state == "missing"
    assert "no partition of 4 of the last 7 days" in found.message
    assert found.fix == "noroshi setup trail --adopt"

    register(
        glue, "by_hand", *(["eu-west-1", *f"{day:%Y/%m/%d}".split("/")] for day in days_back(3, 4, 6, 7))
    )
    assert table(glue, "noroshi", "by_hand", NOW).state == "ok"


def test_no_compact_copy_is_off_until_a_place_is_set(glue):
    assert compact_copy(glue, Trail(), NOW).state == "off"

    found = compact_copy(glue, SET, NOW)
    assert (found.state, found.fix) == ("missing", "noroshi setup trail")


def test_a_compact_copy_that_is_behind_is_told(glue):
    glue.create_table(DatabaseName="noroshi", TableInput=compact_input("cloudtrail", PLACE))
    assert "has none of the last 7 days" in compact_copy(glue, SET, NOW).message

    register(glue, "cloudtrail_compact", ["2026/09/06"], storage=compact_storage(PLACE))
    found = compact_copy(glue, SET, NOW)
    assert (found.state, found.fix) == ("missing", "noroshi trail compact")
    assert "it has no day after 2026-09-06" in found.message

    register(glue, "cloudtrail_compact", ["2026/09/07"], storage=compact_storage(PLACE))
    assert compact_copy(glue, SET, NOW).message == "noroshi.cloudtrail_compact: up to 2026-09-07"


def test_a_day_that_has_just_ended_may_still_be_missing(glue):
    glue.create_table(DatabaseName="noroshi", TableInput=compact_input("cloudtrail", PLACE))
    register(glue, "cloudtrail_compact", ["2026/09/06"], storage=compact_storage(PLACE))

    assert compact_copy(glue, SET, NOW.replace(hour=2)).state == "ok"
    assert date(2026, 9, 8) == NOW.date()


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("unbounded", "noroshi setup trail --apply-workgroup"),
        ("primary", "NOROSHI_TRAIL__WORKGROUP=noroshi noroshi setup trail"),
    ],
)
def test_a_workgroup_without_a_limit_works_and_is_told(world, session, name, fix):
    if name == "unbounded":
        place = {"ResultConfiguration": {"OutputLocation": "s3://x/"}}
        world.client("athena").create_work_group(Name=name, Configuration=place)

    found = workgroup(session, name, "s3://x/")

    assert (found.state, found.fix) == ("ok", fix)
    assert "no limit on what one query reads" in found.message


def test_a_workgroup_that_is_not_there_is_made_by_setup(session):
    found = workgroup(session, "gone", None)

    assert found.state == "missing"
    assert found.fix.startswith("noroshi setup trail makes it")


def test_tables_are_looked_at_for_athena_alone(session):
    def names(**more):
        return [check.name for check in aws_checks(lambda: session, lambda: None, Trail(**more), [])]

    assert "table" in names()
    assert "table" not in names(engine="duckdb")


def test_records_are_asked_for_as_a_question_does():
    class Engine:
        table = "noroshi.cloudtrail"

        def run(self, query, progress):
            progress("")
            self.asked = query
            return type("Rows", (), {"rows": ({"at": "x"},), "caveats": ()})()

    engine = Engine()

    assert records(engine).state == "ok"
    assert engine.asked.relation.columns == ("at",)
