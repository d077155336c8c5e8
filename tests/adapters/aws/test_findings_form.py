"""A finding of the API and its event are the same, but for the names."""

from datetime import UTC, datetime

import botocore.session

from bot.adapters.aws.findings_form import detail
from bot.embedded.aws.guardduty.forms import as_api
from tests.sources.guardduty.findings import FIRES

MODEL = botocore.session.get_session().get_service_model("guardduty").shape_for("Finding")


def test_there_and_back_it_is_the_same():
    assert detail(as_api(FIRES["detail"], MODEL), MODEL) == FIRES["detail"]


def test_the_names_that_keep_a_capital_keep_it_and_maps_keep_theirs():
    attributes = [{"User": "root", "FailedLoginAttempts": 3}]
    resources = {"AWS::S3::Bucket": "acme-payroll"}
    told = {
        "Service": {
            "Action": {
                "RdsLoginAttemptAction": {"LoginAttributes": attributes},
                "AwsApiCallAction": {"AffectedResources": resources},
                "KubernetesApiCallAction": {"SourceIps": ["198.51.100.7"]},
            }
        }
    }

    action = detail(told, MODEL)["service"]["action"]

    assert action["rdsLoginAttemptAction"] == {
        "LoginAttributes": [{"user": "root", "failedLoginAttempts": 3}]
    }
    assert action["awsApiCallAction"] == {"affectedResources": resources}
    assert action["kubernetesApiCallAction"] == {"sourceIPs": ["198.51.100.7"]}


def test_times_are_texts_as_an_event_has_them():
    at = datetime(2026, 9, 8, 3, 11, 0, 250_000, tzinfo=UTC)
    told = {"Service": {"Detection": {"Sequence": {"Signals": [{"FirstSeenAt": at}]}}}}

    signals = detail(told, MODEL)["service"]["detection"]["sequence"]["signals"]

    assert signals == [{"firstSeenAt": "2026-09-08T03:11:00.250Z"}]


def test_what_the_model_does_not_know_yet_keeps_its_name():
    assert detail({"QuantumDetails": {"Spin": "up"}}, MODEL) == {"quantumDetails": {"Spin": "up"}}
