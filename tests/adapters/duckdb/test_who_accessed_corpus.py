"""Every kind of caller, written by hand after the CloudTrail user guide, through the whole engine.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
"""

from datetime import UTC, datetime

import pytest

from bot.adapters.duckdb.engine import DuckdbEngine
from bot.core.coverage.trails import Trails
from bot.trail.rows import Asked
from commands.trail.who_accessed import WhoAccessed, who_accessed

ONE, OTHER = "111111111111", "222222222222"
ROLE = f"arn:aws:iam::{ONE}:role/reader"
SESSION = f"arn:aws:sts::{ONE}:assumed-role/reader/ana"
BUCKET = "arn:aws:s3:::acme-payroll"


class Somewhere:
    def __init__(self):
        self.buckets = self.recording = self

    def exists(self, bucket):
        return "yes"

    def trails(self):
        return Trails("eu-west-1")


def session(**more):
    issuer = {"type": "Role", "arn": ROLE, "accountId": ONE, "userName": "reader"}
    return {
        "type": "AssumedRole",
        "arn": SESSION,
        "principalId": "AROAEXAMPLE:ana",
        "accountId": ONE,
        "sessionContext": {"sessionIssuer": issuer},
        **more,
    }


@pytest.fixture
def accessors(tmp_path, tree, log, week):
    """Who accessed acme-payroll in the records, by principal."""

    def ask(*records, prefix=""):
        tree(log(*records))
        request = WhoAccessed(bucket="acme-payroll", asked=Asked(week), prefix=prefix)
        answer = who_accessed(request, DuckdbEngine(str(tmp_path)), Somewhere(), lambda _: None)
        return {one.principal: one for one in answer.accessors}

    return ask


@pytest.mark.parametrize(
    ("identity", "told"),
    [
        (
            {"type": "Root", "arn": f"arn:aws:iam::{ONE}:root", "accountId": ONE, "principalId": ONE},
            (f"arn:aws:iam::{ONE}:root", "Root", ONE, None),
        ),
        (
            {"type": "IAMUser", "arn": f"arn:aws:iam::{ONE}:user/ana", "accountId": ONE},
            (f"arn:aws:iam::{ONE}:user/ana", "IAMUser", ONE, None),
        ),
        (session(), (SESSION, "AssumedRole", ONE, ROLE)),
        (session(invokedBy="athena.amazonaws.com"), (SESSION, "AssumedRole", ONE, ROLE)),
        (
            {"type": "FederatedUser", "arn": f"arn:aws:sts::{ONE}:federated-user/ana", "accountId": ONE},
            (f"arn:aws:sts::{ONE}:federated-user/ana", "FederatedUser", ONE, None),
        ),
        (
            {"type": "AWSService", "invokedBy": "config.amazonaws.com"},
            ("config.amazonaws.com", "AWSService", None, None),
        ),
        (
            {"type": "AWSAccount", "accountId": OTHER, "principalId": "AROAEXAMPLE:x"},
            (f"{OTHER}:AROAEXAMPLE:x", "AWSAccount", OTHER, None),
        ),
        ({"type": "AWSAccount", "accountId": OTHER}, (OTHER, "AWSAccount", OTHER, None)),
        (
            {"type": "AWSAccount", "accountId": "anonymous", "principalId": ""},
            ("anonymous", "AWSAccount", None, None),
        ),
        ({"type": "AWSAccount", "accountId": "ANONYMOUS_PRINCIPAL"}, ("anonymous", "AWSAccount", None, None)),
        (
            {
                "type": "IdentityCenterUser",
                "accountId": ONE,
                "onBehalfOf": {"userId": "u-1"},
                "principalId": "",
            },
            (ONE, "IdentityCenterUser", ONE, None),
        ),
        (
            {"type": "WebIdentityUser", "principalId": "repo:acme/app", "userName": "repo:acme/app"},
            ("repo:acme/app", "WebIdentityUser", None, None),
        ),
        ({"type": "Unknown"}, (None, "Unknown", None, None)),
        ({}, (None, None, None, None)),
        (None, (None, None, None, None)),
        ("gone", (None, None, None, None)),
    ],
)
def test_each_kind_of_caller_has_its_principal(accessors, record, identity, told):
    [one] = accessors(record(userIdentity=identity)).values()
    assert (one.principal, one.principal_type, one.account_id, one.role) == told
    assert (one.calls, one.reads, one.writes, one.deletes, one.denied, one.copied_out) == (1, 1, 0, 0, 0, 0)


def test_one_event_is_one_call_however_often_it_was_delivered(accessors, record):
    twice = record()
    assert [one.calls for one in accessors(twice, twice, record()).values()] == [2]


def test_records_without_any_id_each_count(accessors, record):
    assert [
        one.calls for one in accessors(record(eventID=...), record(eventID=""), record(eventID=None)).values()
    ] == [3]


def test_of_the_copies_in_two_accounts_the_callers_own_counts(accessors, record):
    shared = "99999999-0000-4000-8000-000000000000"
    owners = record(
        sharedEventID=shared,
        recipientAccountId=ONE,
        userIdentity={"type": "AWSAccount", "accountId": OTHER, "principalId": "AIDAEXAMPLE"},
    )
    callers = record(
        sharedEventID=shared,
        recipientAccountId=OTHER,
        userIdentity={"type": "IAMUser", "arn": f"arn:aws:iam::{OTHER}:user/eve", "accountId": OTHER},
    )
    found = accessors(owners, callers)
    assert list(found) == [f"arn:aws:iam::{OTHER}:user/eve"]
    assert found[f"arn:aws:iam::{OTHER}:user/eve"].calls == 1


def test_deeds_are_told_apart_and_refusals_counted(accessors, record):
    [one] = accessors(
        record(),
        record(eventName="ListObjects", readOnly="true"),
        record(eventName="HeadObject", readOnly=...),
        record(eventName="PutObject", readOnly=False, errorCode=None),
        record(eventName="DeleteObjects", readOnly=False),
        record(errorCode="AccessDenied"),
        record(errorCode="Client.UnauthorizedOperation"),
        record(errorCode="NoSuchKey"),
    ).values()
    assert (one.calls, one.reads, one.writes, one.deletes, one.denied) == (8, 6, 1, 1, 2)


def test_a_call_is_found_by_its_resources_too(accessors, record):
    through_a_point = record(
        requestParameters={"bucketName": f"arn:aws:s3:eu-west-1:{ONE}:accesspoint/desk"},
        resources=[
            {"type": "AWS::S3::Object", "ARN": f"{BUCKET}/x.csv"},
            {"type": "AWS::S3::AccessPoint", "ARN": f"arn:aws:s3:eu-west-1:{ONE}:accesspoint/desk"},
        ],
    )
    of_another = record(
        requestParameters={"bucketName": "acme-payroll-old"},
        resources=[{"type": "AWS::S3::Bucket", "ARN": f"{BUCKET}-old"}],
    )
    odd = record(requestParameters=None, resources=[{"ARNPrefix": f"{BUCKET}/"}, {"ARN": BUCKET}])
    as_text = record(requestParameters='{"bucketName":"acme-payroll"}')
    no_json = record(requestParameters="acme-payroll {")
    [one] = accessors(through_a_point, of_another, odd, as_text, no_json).values()
    assert one.calls == 3


@pytest.mark.parametrize(
    "source",
    [
        "acme-payroll/2026/a.csv",
        "/acme-payroll/a.csv?versionId=1",
        "acme-payroll%2Fa.csv",
        "%2Facme-payroll%2Fa.csv",
        "%61cme-payroll/a.csv",
        "acme%2dpayro%6C%6c/a.csv",
        f"{BUCKET}/a.csv",
    ],
)
def test_a_copy_out_is_no_call_on_the_bucket(accessors, record, source):
    copy = {"bucketName": "mallory", "key": "k", "x-amz-copy-source": source}
    [one] = accessors(record(eventName="CopyObject", readOnly=False, requestParameters=copy)).values()
    assert (one.calls, one.writes, one.copied_out) == (0, 0, 1)


def test_a_copy_within_the_bucket_and_one_into_it_are_calls(accessors, record):
    within = {"bucketName": "acme-payroll", "key": "k", "x-amz-copy-source": "acme-payroll/a.csv"}
    into = {"bucketName": "acme-payroll", "key": "k", "x-amz-copy-source": "elsewhere/a.csv"}
    copies = [record(eventName="CopyObject", readOnly=False, requestParameters=p) for p in (within, into)]
    [one] = accessors(*copies).values()
    assert (one.calls, one.writes, one.copied_out) == (2, 2, 0)


def test_the_window_is_exact_to_the_second(accessors, record):
    times = ["2026-08-31T23:59:59Z", "2026-09-01T00:00:00Z", "2026-09-07T23:59:59Z", "2026-09-08T00:00:00Z"]
    [one] = accessors(*[record(eventTime=time) for time in times]).values()
    assert one.calls == 2
    assert one.first_seen == datetime(2026, 9, 1, tzinfo=UTC)
    assert one.last_seen == datetime(2026, 9, 7, 23, 59, 59, tzinfo=UTC)


def test_where_from_and_with_what_is_told_once_each(accessors, record):
    hostile = 'x"],["<!channel>`\\ \u202eé😀'
    [one] = accessors(
        record(), record(userAgent=hostile), record(sourceIPAddress=None, userAgent="")
    ).values()
    assert one.source_ips == ("192.0.2.7",)
    assert set(one.user_agents) == {"[aws-cli/2.15]", hostile}


def test_only_what_is_under_the_prefix_counts_if_one_is_given(accessors, record):
    def of(**parameters):
        return record(requestParameters={"bucketName": "acme-payroll", **parameters})

    inside = [
        of(key="2026/a.csv"),
        of(prefix="2026/09"),
        of(**{"x-amz-copy-source": "acme-payroll/2026/b.csv"}),
    ]
    copied = record(requestParameters={"bucketName": "m", "x-amz-copy-source": "acme-payroll%2F2026%2Fb.csv"})
    by_resource = record(requestParameters=None, resources=[{"ARN": f"{BUCKET}/2026/c.csv"}])
    outside = [of(key="2025/a.csv"), of(), of(prefix="20")]
    [one] = accessors(*inside, copied, by_resource, *outside, prefix="2026/").values()
    assert (one.calls, one.copied_out) == (4, 1)
