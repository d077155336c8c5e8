"""IAM Access Analyzer reads a policy before anybody puts it."""

import json

import pytest

from bot.app.production import Production
from bot.embedded.aws import HOME, PROD
from bot.settings import Settings

RIGHT = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::acme/*"}],
}


@pytest.fixture
def remarks(world, session):
    validation = Production(Settings()).policy_validation
    return lambda policy: validation.remarks(
        policy if isinstance(policy, str) else json.dumps(policy), PROD.id, HOME
    )


def test_it_has_nothing_against_a_policy_that_is_right(remarks):
    assert remarks(RIGHT) == ()


def test_what_is_wrong_comes_with_its_code_and_its_place_errors_first(remarks):
    found = remarks({"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "GetObject"}]})

    assert [(one.kind, one.code, one.where) for one in found] == [
        ("error", "MISSING_RESOURCE", "Statement.0"),
        ("error", "INVALID_ACTION", "Statement.0.Action"),
        ("warning", "MISSING_VERSION", ""),
    ]


def test_what_is_no_json_is_an_error_of_the_policy_not_of_the_asking(remarks):
    assert [one.code for one in remarks("{")] == ["JSON_SYNTAX_ERROR"]
