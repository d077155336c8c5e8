"""What our own checks read of an account, over boto3's clients with canned answers; each denial darkens just its own."""

from datetime import UTC, datetime

import pytest

from bot.adapters.aws.own_checks_iam import read_report
from bot.core.advice.people import Key
from bot.errors import AccessDenied, Upstream
from tests.adapters.aws.canned import HOME, PROD, STAGING, Canned, FakeBuckets, denied
from tests.adapters.aws.own_checks_world import BY_LIST, FAR, OPEN, REPORT, colours, group, judged, world


def test_every_check_is_made_and_each_says_what_it_saw():
    assert colours(judged(world())) == {
        "HCP4007jGY": "ok",
        "1iG5NDGVre": "ok",
        "Pfx0RwqBli": "ok",
        "7DAFEmoDos": "ok",
        "c2vlfg0f4h": "ok",
        "DqdJqYeRm5": "error",
        "Yw2K9puPzl": "warning",
        "12Fnkpl8Y5": "not_available",
        "ePs02jT06w": "ok",
        "rSs93HQwa1": "ok",
        "nNauJisYIT": "ok",
        "c25hn9x03v": "ok",
    }


def test_only_what_the_wanted_checks_need_is_asked():
    canned = world()
    judged(canned, "7DAFEmoDos")

    assert [asked[:2] for asked in canned.asked] == [("iam", "GetAccountSummary")]


def test_every_region_that_is_switched_on_is_looked_into():
    regional = {("ec2", "DescribeSecurityGroups", FAR): {"SecurityGroups": [group("sg-1", OPEN)]}}
    (flagged,) = judged(world(regional), "HCP4007jGY")["HCP4007jGY"].flagged

    assert (flagged.resource, flagged.region, flagged.status) == ("sg-1", FAR, "error")


def test_the_regions_that_the_settings_name_are_the_only_ones():
    canned = world()
    judged(canned, "HCP4007jGY", regions={PROD: ("ap-northeast-1",)})

    assert {asked[2].region for asked in canned.asked} == {"ap-northeast-1"}
    assert not canned.count("DescribeRegions")


def test_regions_that_nobody_would_name_leave_the_check_dark_and_not_green():
    one = judged(world(DescribeRegions=denied("UnauthorizedOperation")), "HCP4007jGY")["HCP4007jGY"]

    assert one.status == "not_available"
    assert one.unknown_because == ("every other region: AWS refused (ec2:DescribeRegions)",)


def test_pages_are_read_to_the_end():
    def pages(params):
        if "NextToken" not in params:
            return {"SecurityGroups": [group("sg-0")], "NextToken": "more"}
        return {"SecurityGroups": [group("sg-9", OPEN)]}

    found = judged(world(DescribeSecurityGroups=pages), "HCP4007jGY", regions={PROD: (HOME,)})["HCP4007jGY"]

    assert [one.resource for one in found.flagged] == ["sg-9"]
    assert found.looked_at == 2


def test_a_prefix_list_is_read_for_what_it_holds():
    canned = world(
        {("ec2", "GetManagedPrefixListEntries"): {"Entries": [{"Cidr": "0.0.0.0/0"}]}},
        DescribeSecurityGroups={"SecurityGroups": [group("sg-1", BY_LIST)]},
    )

    assert judged(canned, "HCP4007jGY")["HCP4007jGY"].status == "error"


def test_only_our_own_public_snapshots_are_asked_for_and_their_regions_block():
    canned = world(
        {("ec2", "GetSnapshotBlockPublicAccessState"): {"State": "block-all-sharing"}},
        DescribeSnapshots={"Snapshots": [{"SnapshotId": "snap-1"}]},
    )
    one = judged(canned, "ePs02jT06w", regions={PROD: (HOME,)})["ePs02jT06w"]
    (asked,) = [each[3] for each in canned.asked if each[1] == "DescribeSnapshots"]

    assert (one.status, [each.resource for each in one.flagged]) == ("warning", ["snap-1"])
    assert (asked["OwnerIds"], asked["RestorableByUserIds"]) == (["self"], ["all"])


def attributes(*values):
    return {
        "DBSnapshotAttributesResult": {
            "DBSnapshotAttributes": [{"AttributeName": "restore", "AttributeValues": list(values)}]
        }
    }


def test_snapshots_of_databases_are_asked_one_by_one_but_for_encrypted_ones():
    canned = world(
        {
            ("rds", "DescribeDBSnapshotAttributes"): lambda params: attributes(
                *(["all"] if params["DBSnapshotIdentifier"] == "dump" else ["444455556666"])
            )
        },
        DescribeDBSnapshots={
            "DBSnapshots": [
                {"DBSnapshotIdentifier": "dump"},
                {"DBSnapshotIdentifier": "sealed", "Encrypted": True},
                {"DBSnapshotIdentifier": "shared"},
            ]
        },
    )
    one = judged(canned, "rSs93HQwa1", regions={PROD: (HOME,)})["rSs93HQwa1"]

    assert [each.resource for each in one.flagged] == ["dump"]
    assert (one.looked_at, canned.count("DescribeDBSnapshotAttributes")) == (3, 2)


def test_a_clusters_snapshots_are_looked_at_too():
    canned = world(
        {
            ("rds", "DescribeDBClusterSnapshotAttributes"): {
                "DBClusterSnapshotAttributesResult": {
                    "DBClusterSnapshotAttributes": [{"AttributeName": "restore", "AttributeValues": ["all"]}]
                }
            }
        },
        DescribeDBClusterSnapshots={"DBClusterSnapshots": [{"DBClusterSnapshotIdentifier": "orders"}]},
    )

    assert judged(canned, "rSs93HQwa1")["rSs93HQwa1"].status == "error"


def test_a_database_whose_group_lets_the_internet_in_is_red():
    port = OPEN | {"FromPort": 5432, "ToPort": 5432}
    canned = world(
        DescribeSecurityGroups={"SecurityGroups": [group("sg-1", port)]},
        DescribeDBInstances={
            "DBInstances": [
                {
                    "DBInstanceIdentifier": "orders",
                    "Endpoint": {"Port": 5432},
                    "PubliclyAccessible": True,
                    "VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-1"}],
                }
            ]
        },
    )

    assert judged(canned, "nNauJisYIT")["nNauJisYIT"].status == "error"


def test_an_old_key_has_its_own_id_so_that_one_can_ask_what_it_did():
    (flagged,) = judged(world(), "DqdJqYeRm5")["DqdJqYeRm5"].flagged

    assert flagged.resource == "AKIAEXAMPLEBACKUP001"
    assert flagged.why == "key 1 of backup: 1,226 days old"


def test_an_old_key_whose_id_nobody_may_list_is_told_by_its_user():
    found = judged(world(ListAccessKeys=denied()), "DqdJqYeRm5")["DqdJqYeRm5"]

    assert [one.resource for one in found.flagged] == ["key 1 of backup"]
    assert found.unknown_because == ("key 2 of ana: IAM doesn't say when it was made",)


def test_the_report_gives_active_keys_of_users_alone():
    assert list(read_report(REPORT.encode())) == [
        Key("backup", 1, datetime(2023, 5, 1, 8, tzinfo=UTC)),
        Key("ana", 1, datetime(2026, 8, 20, 8, tzinfo=UTC)),
        Key("ana", 2, None),
    ]


def test_a_report_that_is_being_made_is_waited_for_and_not_for_ever():
    states = iter(["STARTED", "INPROGRESS", "COMPLETE"])
    soon = judged(world(GenerateCredentialReport=lambda _: {"State": next(states)}), "DqdJqYeRm5")
    never = judged(world(GenerateCredentialReport={"State": "INPROGRESS"}), "DqdJqYeRm5", "7DAFEmoDos")

    assert soon["DqdJqYeRm5"].status == "error"
    assert never["DqdJqYeRm5"].unknown_because == ("IAM is still making its credential report",)


@pytest.mark.parametrize(
    ("check", "operation", "action"),
    [
        ("HCP4007jGY", "DescribeSecurityGroups", "ec2:DescribeSecurityGroups"),
        ("1iG5NDGVre", "DescribeSecurityGroups", "ec2:DescribeSecurityGroups"),
        ("7DAFEmoDos", "GetAccountSummary", "iam:GetAccountSummary"),
        ("c2vlfg0f4h", "GetAccountSummary", "iam:GetAccountSummary"),
        ("DqdJqYeRm5", "GenerateCredentialReport", "iam:GenerateCredentialReport"),
        ("DqdJqYeRm5", "GetCredentialReport", "iam:GetCredentialReport"),
        ("Yw2K9puPzl", "GetAccountPasswordPolicy", "iam:GetAccountPasswordPolicy"),
        ("ePs02jT06w", "DescribeSnapshots", "ec2:DescribeSnapshots"),
        ("rSs93HQwa1", "DescribeDBSnapshots", "rds:DescribeDBSnapshots"),
        ("rSs93HQwa1", "DescribeDBClusterSnapshots", "rds:DescribeDBClusterSnapshots"),
        ("nNauJisYIT", "DescribeDBInstances", "rds:DescribeDBInstances"),
        ("c25hn9x03v", "DescribeTrails", "cloudtrail:DescribeTrails"),
        ("c25hn9x03v", "GetTrailStatus", "cloudtrail:GetTrailStatus"),
        ("c25hn9x03v", "GetEventSelectors", "cloudtrail:GetEventSelectors"),
    ],
)
def test_what_is_denied_darkens_its_own_check_alone_and_names_the_action(check, operation, action):
    found = judged(world(**{operation: denied()}))
    grey = {each for each, status in colours(found).items() if status == "not_available"} - {"12Fnkpl8Y5"}

    assert check in grey
    assert action in " ".join(found[check].unknown_because)
    assert all(action in " ".join(found[each].unknown_because) for each in grey)


def test_denied_buckets_darken_their_check():
    refused = AccessDenied("AWS refused.", "Allow it.", action="s3:ListAllMyBuckets")
    one = judged(world(), "Pfx0RwqBli", "7DAFEmoDos", buckets=FakeBuckets(fails=refused))["Pfx0RwqBli"]

    assert (one.status, one.unknown_because) == ("not_available", ("AWS refused (s3:ListAllMyBuckets)",))


def test_each_account_has_opinions_of_its_own():
    opened = {("iam", "GetAccountSummary", STAGING): {"SummaryMap": {"AccountMFAEnabled": 0}}}
    found = judged(world(opened), "7DAFEmoDos", accounts=(PROD, STAGING))

    assert colours(found) == {(PROD, "7DAFEmoDos"): "ok", (STAGING, "7DAFEmoDos"): "error"}


def test_where_nothing_at_all_answers_it_is_an_error_and_no_grey_table():
    with pytest.raises(Upstream, match="may not"):
        judged(Canned({}), "7DAFEmoDos", "DqdJqYeRm5")
