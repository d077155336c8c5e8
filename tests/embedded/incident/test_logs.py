"""The log bucket looks as CloudTrail writes it, and holds one coherent story."""

import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from bot.embedded.incident import Incident, log_files, records

KEY = re.compile(
    r"AWSLogs/(?P<account>\d{12})/CloudTrail/(?P<region>[a-z0-9-]+)/(?P<day>\d{4}/\d\d/\d\d)/"
    r"(?P=account)_CloudTrail_(?P=region)_(?P<stamp>\d{8}T\d{4}Z)_[A-Za-z0-9]{16}\.json\.gz"
)


def stamp(key):
    return datetime.strptime(KEY.fullmatch(key)["stamp"], "%Y%m%dT%H%MZ").replace(tzinfo=UTC)


def happened(record):
    return datetime.fromisoformat(record["eventTime"])


def test_every_key_is_as_cloudtrail_writes_it_and_filed_under_its_day_of_publishing(logs):
    for log in logs:
        assert KEY.fullmatch(log.key)["day"] == f"{stamp(log.key):%Y/%m/%d}"
    assert len({log.key for log in logs}) == len(logs)


def test_records_are_delivered_5_to_15_minutes_late_and_never_in_the_future(logs, incident):
    for log in logs:
        at = stamp(log.key)
        assert at <= incident.now
        for record in log.records:
            assert timedelta(minutes=5) < at - happened(record) <= timedelta(minutes=15)


def test_some_records_lie_under_the_day_after_they_happened(logs):
    late = [log for log in logs if f"{happened(log.records[0]):%Y/%m/%d}" != KEY.fullmatch(log.key)["day"]]

    assert len(late) >= 30


def test_each_file_holds_records_of_its_own_account_and_region(logs):
    for log in logs:
        key = KEY.fullmatch(log.key)
        assert {record["recipientAccountId"] for record in log.records} == {key["account"]}
        assert {record["awsRegion"] for record in log.records} == {key["region"]}


def test_records_have_all_that_cloudtrail_always_writes_and_begin_with_the_version(everything):
    always = {
        "userIdentity",
        "eventTime",
        "eventSource",
        "eventName",
        "awsRegion",
        "sourceIPAddress",
        "userAgent",
    }
    always |= {
        "requestParameters",
        "responseElements",
        "eventID",
        "eventType",
        "recipientAccountId",
        "eventCategory",
    }

    for record in everything:
        assert next(iter(record)) == "eventVersion"
        assert always <= record.keys()
        assert "<<" not in str(record)
    assert {record["eventVersion"] for record in everything} == {"1.08", "1.09", "1.10", "1.11"}


def test_records_span_thirty_days_two_accounts_and_three_regions(everything, incident):
    first = min(happened(record) for record in everything)

    assert timedelta(days=30) <= incident.now - first < timedelta(days=31)
    assert {record["recipientAccountId"] for record in everything} == {a.id for a in incident.accounts}
    assert {record["awsRegion"] for record in everything} == set(incident.regions)


def test_a_call_between_accounts_is_delivered_to_both_under_one_shared_id(everything):
    shared = defaultdict(list)
    for record in everything:
        if "sharedEventID" in record and record["userIdentity"]["type"] != "AWSService":
            shared[record["sharedEventID"]].append(record)

    assert shared
    for copies in shared.values():
        once = {record["eventID"]: record for record in copies}.values()
        assert len(once) == 2
        assert len({record["recipientAccountId"] for record in once}) == 2
        assert {record["userIdentity"]["type"] for record in once} == {"AssumedRole", "AWSAccount"}
        assert len({record["eventTime"] for record in once}) == 1


def test_some_records_are_delivered_twice_word_for_word(everything):
    times = Counter(record["eventID"] for record in everything)
    twice = {event for event, count in times.items() if count > 1}

    assert twice
    for event in twice:
        first, *others = (record for record in everything if record["eventID"] == event)
        assert others == [first] * len(others)


def test_buckets_without_data_events_show_only_bucket_level_calls(everything, incident):
    silent = {bucket.name for bucket in incident.buckets if not bucket.data_events}
    seen = {
        (bucket, record["eventCategory"])
        for record in everything
        if (bucket := (record["requestParameters"] or {}).get("bucketName")) in silent
    }

    assert silent == {"acme-archive", "acme-trail-logs"}
    assert seen == {(bucket, "Management") for bucket in silent}


@pytest.mark.parametrize("kind", ["IAMUser", "AssumedRole", "AWSService", "AWSAccount", "WebIdentityUser"])
def test_every_kind_of_caller_occurs(everything, kind):
    assert any(record["userIdentity"]["type"] == kind for record in everything)


def test_the_odd_shapes_that_readers_stumble_over_occur(everything):
    def some(what):
        return any(what(record) for record in everything)

    assert some(lambda r: r["requestParameters"] is None)
    assert some(lambda r: r["userIdentity"].get("accountId") == "anonymous")
    assert some(lambda r: r["userIdentity"].get("invokedBy") and r["userIdentity"]["type"] == "AssumedRole")
    assert some(lambda r: r.get("errorCode") == "Client.UnauthorizedOperation")
    assert some(lambda r: ":accesspoint/" in str((r["requestParameters"] or {}).get("bucketName")))
    assert some(lambda r: "acme-payroll/" in (r["requestParameters"] or {}).get("x-amz-copy-source", ""))
    assert some(lambda r: r["eventType"] == "AwsConsoleSignIn")


def test_the_leaked_key_works_from_the_office_every_night_until_a_stranger_uses_it(everything, incident):
    used = [
        record for record in everything if record["userIdentity"].get("accessKeyId") == incident.leaked_key_id
    ]
    before = {r["sourceIPAddress"] for r in used if happened(r) < incident.start}

    assert before == {incident.office_ip}
    assert len({happened(r).date() for r in used if r["sourceIPAddress"] == incident.office_ip}) >= 30
    assert min(happened(r) for r in used if r["sourceIPAddress"] == incident.attacker_ip) == incident.start


def test_the_whole_theft_is_in_the_bucket_exactly_once(everything, incident):
    stolen = [record for record in everything if record["sourceIPAddress"] == incident.attacker_ip]

    assert sorted(stolen, key=lambda r: r["eventID"]) == sorted(records(incident), key=lambda r: r["eventID"])


def test_prod_runs_nothing_in_tokyo_but_for_the_thief(everything, incident):
    runs = [
        r for r in everything if r["eventName"] == "RunInstances" and r["awsRegion"] == incident.gpu_region
    ]

    assert {r["sourceIPAddress"] for r in runs} == {incident.attacker_ip}


def test_web_prod_is_opened_by_terraform_to_its_port_and_by_the_thief_to_the_world(everything, incident):
    opened = [r for r in everything if r["eventName"] == "AuthorizeSecurityGroupIngress"]
    web_prod = [r for r in opened if r["requestParameters"]["groupId"] == incident.security_group_id]

    assert len(opened) > 20
    assert [r["userIdentity"]["type"] for r in web_prod] == ["AssumedRole", "IAMUser"]
    assert web_prod[-1]["sourceIPAddress"] == incident.attacker_ip


def test_digests_and_an_insight_lie_beside_the_logs(files, incident, opened):
    others = [file for file in files if "/CloudTrail/" not in file.key]

    assert Counter(file.key.split("/")[2] for file in others) == {
        "CloudTrail-Digest": 3,
        "CloudTrail-Insight": 1,
    }
    (insight,) = (opened(file).records[0] for file in others if "Insight" in file.key)
    assert insight["eventType"] == "AwsCloudTrailInsight"
    assert insight["awsRegion"] == incident.gpu_region


def test_the_same_seed_and_moment_give_the_same_bytes(incident, small):
    again = Incident(incident.seed, incident.now)

    assert list(log_files(incident, None, small, days=2)) == list(log_files(again, None, small, days=2))


def test_another_seed_gives_another_key_and_other_records(incident, opened, small):
    other = Incident(8, incident.now)

    first, second = (opened(next(log_files(i, None, small, days=1))) for i in (incident, other))
    assert first.records[0]["eventID"] != second.records[0]["eventID"]
    assert incident.security_group_id != other.security_group_id


@pytest.mark.parametrize("hour", [0, 5, 12, 23])
def test_the_theft_is_delivered_by_now_at_any_hour(hour, opened, small):
    now = datetime(2026, 3, 1, hour, 3, tzinfo=UTC)
    logs = [
        opened(file)
        for file in log_files(Incident(1, now), None, small, days=0)
        if "/CloudTrail/" in file.key
    ]

    assert all(stamp(log.key) <= now for log in logs)
    assert (
        sum("acme-payroll" in str(r) and "198.51.100.7" in str(r) for log in logs for r in log.records) > 400
    )
