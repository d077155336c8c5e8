"""What a trail's selectors record of management events and of data, basic and advanced alike."""

import pytest

from bot.core.coverage.data_events import data_type, need_of
from bot.core.coverage.kinds import of_management
from bot.core.coverage.need import DYNAMODB, LAMBDA, S3, Need
from bot.core.coverage.selectors import Management, data_types, management, network_sources
from bot.core.recording import NOTHING, Recorded, recorded
from tests.core.coverage.trails import EVERYTHING, advanced, basic

ALL, KMS = Recorded("all", "all"), "kms.amazonaws.com"


def several(*selectors):
    return {"AdvancedEventSelectors": list(selectors)}


def basic_data(kind, *values):
    resources = [{"Type": kind, "Values": list(values)}]
    return {"EventSelectors": [{"ReadWriteType": "All", "DataResources": resources}]}


@pytest.mark.parametrize(
    ("selectors", "expected"),
    [
        (EVERYTHING, [Management()]),
        (basic(), [Management()]),
        (basic("ReadOnly"), [Management(writes=False)]),
        (basic("WriteOnly"), [Management(reads=False)]),
        (basic(management=False), []),
        (basic(excluded=(KMS,)), [Management(excluded=frozenset({KMS}))]),
        ({"EventSelectors": [{}]}, [Management()]),
        (several(advanced()), [Management()]),
        (several(advanced(readOnly="true")), [Management(writes=False)]),
        (several(advanced(readOnly="false")), [Management(reads=False)]),
        (
            several(advanced(eventSource={"NotEquals": [KMS]})),
            [Management(excluded=frozenset({KMS}))],
        ),
        (several(advanced(eventSource=KMS)), [Management(whole=False)]),
        (several(advanced(eventName="RunInstances")), [Management(whole=False)]),
        (several(advanced("Data", resources__type=S3)), []),
        (
            several(advanced(readOnly="true"), advanced(readOnly="false")),
            [Management(writes=False), Management(reads=False)],
        ),
    ],
)
def test_management_events(selectors, expected):
    assert list(management(selectors)) == expected


def test_two_halves_are_a_whole_and_a_condition_makes_it_some():
    assert of_management(several(advanced(readOnly="true"), advanced(readOnly="false"))) == ALL
    assert of_management(several(advanced(eventName="RunInstances"))) == Recorded("some", "some")


@pytest.mark.parametrize(
    ("selectors", "expected"),
    [
        (EVERYTHING, {}),
        (basic_data(LAMBDA, "arn:aws:lambda"), {LAMBDA: ALL}),
        (basic_data(DYNAMODB, "arn:aws-us-gov:dynamodb"), {DYNAMODB: ALL}),
        (basic_data(LAMBDA, "arn:aws:lambda:eu-west-1:1:function:x"), {LAMBDA: Recorded("some", "some")}),
        (basic_data(S3), {}),
        (several(advanced("Data", resources__type="AWS::SQS::Queue")), {"AWS::SQS::Queue": ALL}),
        (
            several(advanced("Data", resources__type=S3, readOnly="true")),
            {S3: Recorded("all", "none")},
        ),
        (
            several(
                advanced("Data", resources__type=S3, readOnly="true"),
                advanced("Data", resources__type=S3, resources__ARN={"StartsWith": ["arn:aws:s3:::a/"]}),
            ),
            {S3: Recorded("all", "some")},
        ),
        (several(advanced("NetworkActivity", eventSource=KMS)), {}),
    ],
)
def test_data_by_type(selectors, expected):
    assert data_types(selectors) == expected


def test_network_activity_by_service():
    assert network_sources(several(advanced("NetworkActivity", eventSource=KMS), advanced())) == (KMS,)


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov"])
def test_every_partition_has_its_own_arns(partition):
    one = basic("All", f"arn:{partition}:s3:::acme/")
    whole = basic("All", f"arn:{partition}:s3")
    arn = {"StartsWith": [f"arn:{partition}:s3:::acme/"]}

    assert recorded(one, "acme") == recorded(whole, "acme") == ALL
    assert recorded(several(advanced("Data", resources__type=S3, resources__ARN=arn)), "acme") == ALL
    assert recorded(one, "other") == NOTHING


@pytest.mark.parametrize(
    ("event", "source", "expected"),
    [
        ("GetObject", "", S3),
        ("getobject", "s3.amazonaws.com", S3),
        ("GetObject", "mediastore.amazonaws.com", None),
        ("Invoke", "", LAMBDA),
        ("PutItem", "dynamodb.amazonaws.com", DYNAMODB),
        ("RunInstances", "", None),
    ],
)
def test_an_event_is_told_to_be_a_call_on_data_by_its_name(event, source, expected):
    assert data_type(event, source) == expected


@pytest.mark.parametrize(
    ("event", "need"),
    [
        ("GetObject", Need(writes=False, management=False, data=(S3,))),
        ("PutObject", Need(reads=False, management=False, data=(S3,))),
        ("ExecuteStatement", Need(management=False, data=(DYNAMODB,))),
        ("DescribeInstances", Need(writes=False)),
        ("AssumeRole", Need()),
        ("RunInstances", Need()),
    ],
)
def test_a_question_about_one_event_needs_what_its_name_says(event, need):
    assert need_of(event) == need
