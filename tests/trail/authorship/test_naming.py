"""How a call names a resource."""

import json

import pytest

from bot.core.configuration.item import Resource
from bot.trail.authorship.naming import is_it, named, parsed
from bot.trail.authorship.writers import Writer
from tests.trail.authorship.making import GROUP, PLACE

SETS, MAKES, LISTS = Writer("sets"), Writer("creates"), Writer("sets", many=True)
ROLE = Resource("AWS::IAM::Role", "AROAEXAMPLE", PLACE, "app", "arn:aws:iam::111122223333:role/team/app")
FUNCTION = Resource(
    "AWS::Lambda::Function",
    "worker",
    PLACE,
    "worker",
    "arn:aws:lambda:eu-west-1:111122223333:function:worker",
)


@pytest.mark.parametrize(
    ("resource", "writer", "request_", "response", "expected"),
    [
        (GROUP, SETS, {"groupId": "sg-0abc"}, None, "itself"),
        (GROUP, SETS, {"groupId": "sg-0abcd"}, None, ""),
        (GROUP, SETS, {"groupName": "web"}, None, "by-name"),
        (GROUP, SETS, {"groupName": "web"}, {"groupId": "sg-0abc"}, "itself"),
        (GROUP, SETS, {"a": {"b": [{"groupId": "sg-0abc"}]}}, None, ""),
        (GROUP, LISTS, {"a": {"items": [{"resourceId": "sg-0abc"}]}}, None, "listed"),
        (GROUP, LISTS, {"tagSet": {"items": [{"key": "of", "value": "sg-0abc"}]}}, None, ""),
        (GROUP, MAKES, {"groupName": "other"}, {"groupId": "sg-0abc"}, "made"),
        (GROUP, SETS, {"groupId": "sg-9"}, {"groupId": "sg-0abc"}, ""),
        (ROLE, SETS, {"roleName": "app"}, None, "itself"),
        (ROLE, SETS, {"roleName": "App"}, None, ""),
        (ROLE, SETS, {"roleArn": "arn:aws:iam::111122223333:role/team/app"}, None, "itself"),
        (ROLE, SETS, {"userArn": "arn:aws:s3:::app"}, None, ""),
        (FUNCTION, SETS, {"functionName": "worker"}, None, "itself"),
        (FUNCTION, SETS, {"functionName": "111122223333:function:worker"}, None, "itself"),
        (FUNCTION, SETS, {"functionName": "arn:aws:lambda:eu-west-1:1:function:worker:7"}, None, "itself"),
        (FUNCTION, SETS, {"functionName": "arn:aws:lambda:eu-west-1:1:function:worker-2"}, None, ""),
        (Resource("AWS::S3::Bucket", "b", PLACE), SETS, {"policy": ""}, None, ""),
        (GROUP, SETS, None, None, ""),
        (GROUP, SETS, [], "x", ""),
    ],
)  # fmt: skip
def test_a_call_is_about_what_it_is_called_on(resource, writer, request_, response, expected):
    assert named(resource, writer, request_, response, ()) == expected


def test_where_the_parameters_are_lost_the_records_resources_tell():
    assert named(ROLE, SETS, None, None, (ROLE.arn,)) == "itself"
    assert named(ROLE, SETS, {"roleName": "other"}, None, (ROLE.arn,)) == ""


def test_parameters_are_opened_and_unwrapped():
    said = {"ModifyThingRequest": {"GroupId": "sg-1", "Doc": '{"a": [1]}'}}

    assert parsed(json.dumps(said)) == {"groupId": "sg-1", "doc": {"a": [1]}}


@pytest.mark.parametrize("broken", [None, "", "{", "null", "7", '"x"', "[" * 5_000])
def test_broken_parameters_say_nothing(broken):
    assert named(GROUP, SETS, parsed(broken), None, ()) == ""


def test_an_empty_text_is_no_name():
    assert not is_it(Resource("AWS::S3::Bucket", "b", PLACE), "")
