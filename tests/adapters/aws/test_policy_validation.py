"""IAM Access Analyzer reads a policy before anybody puts it."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.awsrequest import AWSResponse

from bot.adapters.aws.policy_validation import AccessAnalyzer
from bot.app.production import Production
from bot.embedded.aws import HOME, PROD
from bot.errors import AccessDenied, Throttled, Upstream
from bot.settings import Settings

RIGHT = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::acme/*"}],
}


class Ways:
    """One session for every account; `asked` whose was wanted."""

    region = HOME

    def __init__(self, session):
        self._session, self.asked = session, []

    def session(self, account_id):
        self.asked.append(account_id)
        return self._session


class Raw:
    def __init__(self, said):
        self._said = said

    def stream(self, *_, **__):
        yield json.dumps(self._said).encode()


def answering(session, *bodies, code=""):
    """Access Analyzer answers each call with the next of these, the last one for good; gives what it was asked."""
    left, asked = list(bodies), []

    def answer(request, **_):
        asked.append((request.url, str(request.headers["Authorization"]), json.loads(request.body)))
        body = left.pop(0) if len(left) > 1 else left[0]
        headers = {"x-amzn-ErrorType": code} if code else {}
        return AWSResponse(request.url, 403 if code else 200, headers, Raw(body))

    session.events.register("before-send.accessanalyzer.ValidatePolicy", answer)
    return asked


def found(code, kind="WARNING"):
    return {
        "findingType": kind,
        "issueCode": code,
        "findingDetails": "words",
        "learnMoreLink": "x",
        "locations": [],
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


def test_a_bucket_policy_is_asked_about_in_its_own_account_and_region(session):
    asked, ways = answering(session, {"findings": []}), Ways(session)
    AccessAnalyzer(ways).remarks("{}", PROD.id, "eu-central-1")

    ((_, signed, body),) = asked
    assert ways.asked == [PROD.id]
    assert "/eu-central-1/access-analyzer/" in signed
    assert (body["policyType"], body["validatePolicyResourceType"]) == ("RESOURCE_POLICY", "AWS::S3::Bucket")


def test_every_page_is_read_and_errors_come_first_however_they_are_told(session):
    pages = (
        {"findings": [found("A"), found("B", "SOMETHING_NEW")], "nextToken": "2"},
        {"findings": [found("C", "ERROR")]},
    )
    asked = answering(session, *pages)

    remarks = AccessAnalyzer(Ways(session)).remarks("{}", PROD.id, HOME)

    assert [(one.kind, one.code) for one in remarks] == [("error", "C"), ("warning", "A"), ("warning", "B")]
    assert parse_qs(urlsplit(asked[1][0]).query)["nextToken"] == ["2"]


def test_an_answer_without_an_end_is_given_up(session):
    asked = answering(session, {"findings": [], "nextToken": "again"})

    with pytest.raises(Upstream, match="does not end"):
        AccessAnalyzer(Ways(session)).remarks("{}", PROD.id, HOME)
    assert len(asked) == 10


def test_a_refusal_names_the_right_that_is_missing(session):
    answering(session, {"message": "no"}, code="AccessDeniedException")

    with pytest.raises(AccessDenied) as caught:
        AccessAnalyzer(Ways(session)).remarks("{}", PROD.id, HOME)
    assert caught.value.action == "access-analyzer:ValidatePolicy"
    assert "access-analyzer:ValidatePolicy" in caught.value.message


def test_an_invalid_call_says_what_was_wrong_with_it(session):
    answering(session, {"message": "The policy is too large."}, code="ValidationException")

    with pytest.raises(Upstream, match="too large") as caught:
        AccessAnalyzer(Ways(session)).remarks("{}", PROD.id, HOME)
    assert not isinstance(caught.value, (AccessDenied, Throttled))
