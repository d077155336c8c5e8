"""An account for our own checks, as boto3's clients tell of it, and what the checks say of it."""

from datetime import UTC, datetime, timedelta

from bot.adapters.aws.own_checks import OwnChecks
from bot.adapters.aws.pace import Tally
from bot.core.advice.classic import BY_ID
from tests.adapters.aws.canned import HOME, PROD, STAGING, Canned, FakeBuckets, Refusal, places

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
FAR = "us-east-1"
REPORT = """user,arn,user_creation_time,password_enabled,access_key_1_active,access_key_1_last_rotated,access_key_2_active,access_key_2_last_rotated
<root_account>,arn:aws:iam::111122223333:root,2019-01-01T00:00:00+00:00,not_supported,true,2019-01-01T00:00:00+00:00,false,N/A
backup,arn:aws:iam::111122223333:user/backup,2023-01-01T00:00:00+00:00,false,true,2023-05-01T08:00:00+00:00,false,N/A
ana,arn:aws:iam::111122223333:user/ana,2026-01-01T00:00:00+00:00,true,true,2026-08-20T08:00:00+00:00,true,no_information
"""
OPEN = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
BY_LIST = {"IpProtocol": "tcp", "FromPort": 3389, "ToPort": 3389, "PrefixListIds": [{"PrefixListId": "pl-1"}]}


def group(number, *permissions, name="web-prod"):
    return {"GroupId": number, "GroupName": name, "IpPermissions": list(permissions)}


def world(more=None, /, **instead):
    """An account where each check but the keys' is green; `instead` replaces answers by operation, `more` adds some."""
    answers = {
        ("ec2", "DescribeRegions"): {"Regions": [{"RegionName": HOME}, {"RegionName": FAR}]},
        ("ec2", "DescribeSecurityGroups"): {"SecurityGroups": [group("sg-1")]},
        ("ec2", "DescribeNetworkInterfaces"): {"NetworkInterfaces": [{"Groups": [{"GroupId": "sg-1"}]}]},
        ("ec2", "DescribeSnapshots"): {"Snapshots": []},
        ("rds", "DescribeDBInstances"): {"DBInstances": []},
        ("rds", "DescribeDBSnapshots"): {"DBSnapshots": []},
        ("rds", "DescribeDBClusterSnapshots"): {"DBClusterSnapshots": []},
        ("iam", "GetAccountSummary"): {"SummaryMap": {"AccountMFAEnabled": 1, "AccountAccessKeysPresent": 0}},
        ("iam", "GetAccountPasswordPolicy"): Refusal("NoSuchEntity", "none"),
        ("iam", "GenerateCredentialReport"): {"State": "COMPLETE"},
        ("iam", "GetCredentialReport"): {
            "Content": REPORT.encode(),
            "GeneratedTime": NOW - timedelta(hours=1),
        },
        ("iam", "ListAccessKeys"): {
            "AccessKeyMetadata": [
                {"AccessKeyId": "AKIAEXAMPLEBACKUP001", "CreateDate": datetime(2023, 5, 1, 8, tzinfo=UTC)}
            ]
        },
        ("cloudtrail", "DescribeTrails"): {
            "trailList": [
                {
                    "Name": "acme",
                    "TrailARN": f"arn:aws:cloudtrail:{HOME}:{PROD}:trail/acme",
                    "HomeRegion": HOME,
                    "IsMultiRegionTrail": True,
                }
            ]
        },
        ("cloudtrail", "GetTrailStatus"): {"IsLogging": True},
        ("cloudtrail", "GetEventSelectors"): {"EventSelectors": [{"IncludeManagementEvents": True}]},
    }
    by_name = {name: key for key in answers for name in [key[1]]}
    return Canned(answers | {by_name[name]: answer for name, answer in instead.items()} | (more or {}))


def judged(canned, *checks, accounts=(PROD,), buckets=None, **ways):
    """Opinions by check; their account too where several are asked."""
    tally = Tally()
    own = OwnChecks(
        places(canned, STAGING, **ways), buckets or FakeBuckets(), now=lambda: NOW, sleep=lambda _: None
    )
    found = own.opinions(checks or tuple(BY_ID), accounts, tally, lambda _: None)
    return {one.check.id if len(accounts) == 1 else (one.account_id, one.check.id): one for one in found}


def colours(found):
    return {check: one.status for check, one in found.items()}
