"""Each row of the table: its words, its severity, and the pattern that all of them make."""

import pytest

from bot.sources.cloudtrail import source
from bot.sources.cloudtrail.call import Call
from bot.sources.cloudtrail.rule import _PAST
from bot.sources.cloudtrail.rules import RULES
from tests.event_pattern import sent
from tests.sources.cloudtrail.calls import FIRES, ROOT, SSO, call, sign_in, told


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (sign_in(ROOT), ("critical", "Root (account 111122223333) signed in to the console")),
        (sign_in(ROOT, mfa="Yes"), ("high", "Root (account 111122223333) signed in to the console")),
        (sign_in(ROOT, "Failure"), ("medium", "Root (account 111122223333) tried to sign in to the console")),
        (
            sign_in(FIRES["detail"]["userIdentity"]),
            ("high", "backup (user) signed in to the console without MFA"),
        ),
        (sign_in(FIRES["detail"]["userIdentity"], mfa="Yes"), None),
        (sign_in(FIRES["detail"]["userIdentity"], "Failure"), None),
        (sign_in(SSO), None),
    ],
)
def test_a_sign_in_is_told_for_root_and_for_users_without_mfa(event, said):
    """Federated sign-ins always say No: their second factor is elsewhere."""
    assert told(event) == said


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (call("cloudtrail", "StopLogging", {"name": "main"}), ("critical", "stopped the trail main")),
        (
            call("cloudtrail", "DeleteTrail", {"name": "arn:aws:cloudtrail:eu-west-1:1:trail/main"}),
            ("critical", "deleted the trail main"),
        ),
        (
            call("cloudtrail", "PutEventSelectors", {"trailName": "main", "eventSelectors": []}),
            ("medium", "changed what the trail main records"),
        ),
        (
            call(
                "cloudtrail",
                "PutEventSelectors",
                {"trailName": "main", "eventSelectors": [{"includeManagementEvents": False}]},
            ),
            ("high", "changed what the trail main records"),
        ),
        (call("guardduty", "DeleteDetector", {"detectorId": "d1"}), ("critical", "switched GuardDuty off")),
        (
            call("guardduty", "UpdateDetector", {"detectorId": "d1", "enable": False}),
            ("critical", "switched GuardDuty off"),
        ),
        (call("guardduty", "UpdateDetector", {"detectorId": "d1", "enable": True}), None),
        (
            call(
                "guardduty",
                "UpdateDetector",
                {"detectorId": "d1", "features": [{"name": "S3_DATA_EVENTS", "status": "DISABLED"}]},
            ),
            ("high", "weakened GuardDuty"),
        ),
        (
            call("config", "StopConfigurationRecorder", {"configurationRecorderName": "default"}),
            ("high", "stopped the Config recorder default"),
        ),
        (call("kms", "DisableKey", {"keyId": "1234abcd"}), ("high", "disabled the key 1234abcd")),
        (
            call("kms", "ScheduleKeyDeletion", {"keyId": "arn:aws:kms:eu-west-1:1:key/1234abcd"}),
            ("high", "scheduled the key 1234abcd for deletion"),
        ),
        (call("iam", "CreateAccessKey"), ("medium", "created an access key for themselves")),
        (call("iam", "CreateAccessKey", {"userName": "ci"}), ("medium", "created an access key for ci")),
        (call("iam", "CreateLoginProfile", {"userName": "ci"}), ("medium", "gave ci a console password")),
        (call("iam", "DeactivateMFADevice"), ("medium", "disabled the MFA device for themselves")),
        (
            call("account", "EnableRegion", {"RegionName": "ap-east-1"}),
            ("medium", "enabled the region ap-east-1"),
        ),
        (call("s3", "GetBucketPolicy", {"bucketName": "acme"}), None),
        (call("ec2", "CreateAccessKey"), None),
    ],
)
def test_each_row_is_told_in_its_words(event, said):
    assert told(event) == (said and (said[0], f"backup (user) {said[1]}"))


def test_every_row_speaks_and_can_be_conjugated():
    for rule in RULES:
        call_ = Call(eventSource=rule.event_source, eventName=rule.event_name)
        assert rule.words.split()[0] in _PAST, rule
        for words in (rule.done(None), rule.tried(None), rule.done("x"), rule.tried("x")):
            assert "{" not in words, rule
            assert "  " not in words, rule
        assert rule.of(call_) is None


def test_the_pattern_selects_the_table_and_root_and_nothing_else():
    for rule in RULES:
        detail = {"eventSource": rule.event_source, "eventName": rule.event_name}
        if rule.event_name == "RunInstances":
            detail["requestParameters"] = {"instanceType": "p4d.24xlarge"}
        assert sent(source, FIRES | {"detail": detail}), rule
    boring = FIRES["detail"] | {"eventName": "DescribeInstances"}
    assert not sent(source, FIRES | {"detail": boring})
    assert sent(source, FIRES | {"detail": boring | {"userIdentity": ROOT}})
    served = boring | {"userIdentity": ROOT | {"invokedBy": "backup.amazonaws.com"}}
    assert not sent(source, FIRES | {"detail": served})
