"""`noroshi setup trail` against a stand-in that has a trail and its files, and nothing else."""

from datetime import date

import pytest

from bot.adapters.aws.glue import check_table
from bot.adapters.aws.trail_setup import TrailSetup
from bot.adapters.aws.workgroup import WorkgroupWish
from bot.embedded.aws import HOME, PROD, STAGING
from bot.trail.compact_table import COMPACT_COLUMNS
from bot.trail.setting_up import Wish
from bot.trail.table import table_input
from tests.adapters.aws.trail_setting_up import LOGS, RESULTS, WORKGROUP, said, table, trail

COMPACT = f"s3://{RESULTS}/noroshi-compact/"


def setup(aws, **more):
    return TrailSetup(aws.client, "noroshi", "cloudtrail", WORKGROUP, **more)


def test_it_makes_everything_that_a_question_needs(aws):
    trail(aws)

    told = said(setup(aws, compact_location=COMPACT).make(Wish()))

    assert [*told] == ["trail", "files", "database", "table", "compact", "workgroup"]
    assert not [done for done in told.values() if done.failed]
    assert told["files"].words == f"s3://{LOGS}/AWSLogs/: 2 accounts, 2 regions, since 2026-09-03"
    seen = check_table(aws.client("glue"), "noroshi", "cloudtrail")
    assert (seen.accounts, seen.regions) == ((PROD.id, STAGING.id), ("eu-west-1", "us-east-1"))
    assert seen.first_day == date(2026, 9, 3)
    assert {
        one["Name"]: one["Type"] for one in table(aws, "cloudtrail_compact")["StorageDescriptor"]["Columns"]
    } == COMPACT_COLUMNS
    made = aws.client("athena").get_work_group(WorkGroup="noroshi")["WorkGroup"]["Configuration"]
    assert made["BytesScannedCutoffPerQuery"] == 10**12
    assert made["EnforceWorkGroupConfiguration"] is True
    assert made["ResultConfiguration"] == {"OutputLocation": f"s3://{RESULTS}/noroshi/"}


def test_the_second_time_all_is_there_already(aws):
    trail(aws)
    [*_] = setup(aws, compact_location=COMPACT).make(Wish())
    before = table(aws)["VersionId"]

    told = said(setup(aws, compact_location=COMPACT).make(Wish()))

    for what in ("database", "table", "compact", "workgroup"):
        assert told[what].words.endswith("is there already")
    assert table(aws)["VersionId"] == before


def test_a_new_account_and_region_are_added_and_nothing_is_taken_away(aws):
    trail(aws)
    [*_] = setup(aws).make(Wish(accounts=("111122223333", "999999999999"), regions=("eu-west-1",)))

    told = said(setup(aws).make(Wish()))

    assert "updated, + account 444455556666, + region us-east-1" in told["table"].words
    seen = check_table(aws.client("glue"), "noroshi", "cloudtrail")
    assert seen.accounts == ("111122223333", "999999999999", "444455556666")


def test_an_organisations_trail_is_preferred_and_read_below_its_own_folder(aws):
    trail(aws)
    trail(aws, "acme-org", IsOrganizationTrail=True, S3KeyPrefix="logs")
    aws.put_logs(LOGS, [(f"logs/AWSLogs/o-abc123/{PROD.id}/CloudTrail/eu-west-1/2025/12/31/a.json.gz", b"x")])

    told = said(setup(aws).make(Wish()))

    assert told["trail"].words.startswith("acme-org (an organisation's, every region, logging)")
    assert "--trail takes another: acme-trail" in told["trail"].words
    assert f"s3://{LOGS}/logs/AWSLogs/o-abc123/: 1 account, 1 region, since 2025-12-31" in told["files"].words
    assert table(aws)["Parameters"]["storage.location.template"] == (
        f"s3://{LOGS}/logs/AWSLogs/o-abc123/${{account}}/CloudTrail/${{region}}/${{day}}"
    )


def test_another_trail_is_taken_by_its_name_or_arn(aws):
    trail(aws)
    trail(aws, "other", logging=False)
    arn = f"arn:aws:cloudtrail:{HOME}:{PROD.id}:trail/other"

    for name in ("other", arn):
        told = said(setup(aws).find(Wish(trail=name)))
        assert told["trail"].words.startswith("other (of account 111122223333, every region, NOT LOGGING)")
        assert told["trail"].fix == f"aws cloudtrail start-logging --name {arn}"


@pytest.mark.parametrize("name", [None, "nobodys"])
def test_without_a_trail_the_rest_is_made_and_what_is_missing_is_said(aws, name):
    if name:
        trail(aws)

    told = said(setup(aws).make(Wish(trail=name)))

    assert told["trail"].failed
    assert told["table"].failed
    assert told["table"].words == "noroshi.cloudtrail was not made: I don't know where the trail's files lie"
    assert told["database"].words == "noroshi: made"
    assert told["workgroup"].words.startswith("noroshi: made")


def test_a_trail_without_a_file_is_told_with_what_to_do(aws):
    aws.client("cloudtrail").create_trail(Name="young", S3BucketName=RESULTS)

    told = said(setup(aws).make(Wish(trail="young")))

    assert told["files"].failed
    assert told["files"].words == f"There is no log file under s3://{RESULTS}/AWSLogs/ yet."


def test_somebody_elses_table_is_never_touched(aws):
    trail(aws)
    glue = aws.client("glue")
    glue.create_database(DatabaseInput={"Name": "noroshi"})
    theirs = table_input("cloudtrail", "s3://elsewhere/AWSLogs/", [PROD.id], ["eu-west-1"], "2024/01/01")
    glue.create_table(DatabaseName="noroshi", TableInput=theirs)

    told = said(setup(aws).make(Wish()))

    assert "is used as it is" in told["table"].words
    assert "s3://elsewhere/AWSLogs/, the trail writes to s3://acme-trail-logs/AWSLogs/" in told["table"].words
    assert table(aws)["VersionId"] == "1"


def test_a_table_that_no_question_may_read_is_told_as_such(aws):
    trail(aws)
    glue = aws.client("glue")
    glue.create_database(DatabaseInput={"Name": "noroshi"})
    glue.create_table(DatabaseName="noroshi", TableInput={"Name": "cloudtrail", "PartitionKeys": []})

    told = said(setup(aws).make(Wish()))

    assert told["table"].failed
    assert "would read the whole trail. It was left as it is." in told["table"].words


def test_a_workgroup_without_a_limit_is_changed_only_when_asked(aws):
    trail(aws)
    athena = aws.client("athena")
    athena.create_work_group(
        Name="noroshi", Configuration={"ResultConfiguration": {"OutputLocation": "s3://x/"}}
    )

    told = said(setup(aws).make(Wish()))["workgroup"]
    assert told.words.startswith("noroshi is there, with no limit on what one query reads")
    assert told.fix == "noroshi setup trail --apply-workgroup"

    told = said(setup(aws).make(Wish(apply_workgroup=True)))["workgroup"]
    settings = athena.get_work_group(WorkGroup="noroshi")["WorkGroup"]["Configuration"]
    assert told.words.startswith("noroshi: updated")
    assert settings["BytesScannedCutoffPerQuery"] == 10**12
    assert settings["ResultConfiguration"] == {"OutputLocation": "s3://x/"}


def test_everybodys_workgroup_is_never_changed(aws):
    trail(aws)
    own = TrailSetup(aws.client, "noroshi", "cloudtrail", WorkgroupWish("primary", None, 10**12))

    told = said(own.make(Wish(apply_workgroup=True)))["workgroup"]

    settings = aws.client("athena").get_work_group(WorkGroup="primary")["WorkGroup"]["Configuration"]
    assert "everybody's" in told.words
    assert "BytesScannedCutoffPerQuery" not in settings


def test_without_a_place_for_results_no_workgroup_is_made(aws):
    trail(aws)
    bare = TrailSetup(aws.client, "noroshi", "cloudtrail", WorkgroupWish("noroshi", None, 10**12))

    told = said(bare.make(Wish()))["workgroup"]

    assert told.failed
    assert "NOROSHI_TRAIL__OUTPUT_LOCATION" in told.fix


@pytest.mark.parametrize("keys", [[], [{"Name": "day", "Type": "string"}]])
def test_a_compact_copy_of_other_columns_is_told_and_left(aws, keys):
    trail(aws)
    glue = aws.client("glue")
    glue.create_database(DatabaseInput={"Name": "noroshi"})
    glue.create_table(
        DatabaseName="noroshi", TableInput={"Name": "cloudtrail_compact", "PartitionKeys": keys}
    )

    told = said(setup(aws, compact_location=COMPACT).make(Wish()))["compact"]

    assert told.failed
    assert "DROP TABLE noroshi.cloudtrail_compact" in told.fix


def test_a_place_said_for_once_is_to_be_set_for_good(aws):
    trail(aws)

    told = said(setup(aws).make(Wish(compact=COMPACT.rstrip("/"))))["compact"]

    assert told.words == "noroshi.cloudtrail_compact: made"
    assert told.fix == f"export NOROSHI_TRAIL__COMPACT_LOCATION={COMPACT}"


def test_the_statements_are_printed_and_nothing_is_made(aws):
    trail(aws)
    made = setup(aws, compact_location=COMPACT)
    finding = made.find(Wish())
    try:
        while True:
            next(finding)
    except StopIteration as end:
        place = end.value

    database, raw, compact, workgroup = made.statements(place, Wish())

    assert database == "CREATE DATABASE IF NOT EXISTS noroshi"
    assert raw.startswith("CREATE EXTERNAL TABLE noroshi.cloudtrail (")
    assert compact.startswith("CREATE EXTERNAL TABLE noroshi.cloudtrail_compact (")
    assert '"BytesScannedCutoffPerQuery": 1000000000000' in workgroup
    shared = TrailSetup(aws.client, "noroshi", "cloudtrail", WorkgroupWish("primary", None, 10**12))
    assert [*shared.statements(place, Wish())] == [database, raw]
    assert aws.client("glue").get_databases()["DatabaseList"] == []
