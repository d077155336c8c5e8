"""AWS's refusals become our errors: named action, whose turn it is, next step."""

import pytest
from botocore.exceptions import (
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    ReadTimeoutError,
    UnauthorizedSSOTokenError,
)
from botocore.parsers import ResponseParserError

from bot.adapters.aws.errors import asking, translate
from bot.adapters.aws.session import client
from bot.errors import AccessDenied, Throttled, Upstream

ATHENA = (
    "User: arn:aws:sts::111122223333:assumed-role/noroshi/i-1 is not authorized to perform: "
    "athena:StartQueryExecution on resource: arn:aws:athena:eu-west-1:111122223333:workgroup/noroshi "
    "because no identity-based policy allows the athena:StartQueryExecution action"
)


def refused(code: str, message: str = "no") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "Anything")


def test_the_action_principal_and_resource_of_the_message_are_named():
    error = translate(refused("AccessDeniedException", ATHENA), action="athena:*")

    assert isinstance(error, AccessDenied)
    assert error.action == "athena:StartQueryExecution"
    assert "assumed-role/noroshi/i-1" in error.message
    assert "workgroup/noroshi" in error.message
    assert "athena:StartQueryExecution" in error.hint


@pytest.mark.parametrize(
    "code",
    ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "Client.UnauthorizedOperation", "403"],
)
def test_a_bare_refusal_names_the_action_that_was_asked_for(code):
    error = translate(refused(code, "Access Denied"), action="s3:ListBucket")

    assert isinstance(error, AccessDenied)
    assert error.action == "s3:ListBucket"
    assert "s3:ListBucket" in error.message


def test_a_refusal_under_another_code_is_known_by_its_words():
    error = translate(refused("InvalidRequestException", ATHENA), action="athena:*")

    assert isinstance(error, AccessDenied)


@pytest.mark.parametrize(
    "code", ["Throttling", "TooManyRequestsException", "SlowDown", "RequestLimitExceeded"]
)
def test_throttling_is_told_apart(code):
    assert isinstance(translate(refused(code), action="sqs:ReceiveMessage"), Throttled)


@pytest.mark.parametrize("code", ["ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId"])
def test_stale_credentials_tell_how_to_renew_them(code):
    error = translate(refused(code), action="sqs:ReceiveMessage")

    assert "aws sso login" in error.hint


@pytest.mark.parametrize(
    ("raised", "hint"),
    [
        (NoCredentialsError(), "AWS_PROFILE"),
        (UnauthorizedSSOTokenError(), "aws sso login"),
        (EndpointConnectionError(endpoint_url="http://127.0.0.1:1"), "AWS_ENDPOINT_URL"),
        (ReadTimeoutError(endpoint_url="http://127.0.0.1:1"), "AWS_ENDPOINT_URL"),
    ],
)
def test_what_never_reached_aws_has_a_next_step(raised, hint):
    error = translate(raised, action="sqs:ReceiveMessage")

    assert type(error) is Upstream
    assert hint in error.hint


def test_other_refusals_keep_the_code_and_the_words():
    error = translate(
        refused("NoSuchThing", "It is  gone.\n"), action="sqs:ReceiveMessage", what="for messages"
    )

    assert error.message == "AWS said no when asked for messages: It is gone (NoSuchThing)"


def test_the_original_error_stays_in_the_chain():
    original = refused("AccessDenied")
    with pytest.raises(AccessDenied) as caught, asking("s3:ListBucket"):
        raise original

    assert caught.value.__cause__ is original


def test_no_credentials_at_all_is_an_upstream_error(environment):
    sqs = client("sqs", "eu-west-1")

    with pytest.raises(Upstream, match="no AWS credentials"), asking("sqs:ListQueues"):
        sqs.list_queues()


def test_an_answer_in_another_form_is_said_to_be_one():
    with pytest.raises(Upstream) as caught, asking("sts:GetCallerIdentity", "who I am"):
        raise ResponseParserError("Unable to parse response")

    assert "sts answered in a form that I don't know" in caught.value.message
    assert "AWS_ENDPOINT_URL" in caught.value.hint
