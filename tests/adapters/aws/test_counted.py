"""Every request to AWS is counted once, by what came of it, whichever client and account it went through."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.exceptions import ConnectionError as NoConnection

from bot.adapters.aws.accounts import session_as
from bot.adapters.aws.counted import outcome
from bot.adapters.aws.session import client, make_session
from bot.embedded.aws import STAGING
from tests.counts import Counts

HASTY = Config(retries={"mode": "standard", "total_max_attempts": 2})


@pytest.fixture
def counts():
    return Counts()


@pytest.fixture
def own(session, counts):
    """Ours, over the stand-in that `session` has set the environment for."""
    return make_session(counting=counts)


def test_a_request_is_counted_with_its_service_and_operation(own, counts):
    client("sts", None, own).get_caller_identity()
    client("s3", None, own).head_bucket(Bucket="acme-payroll")

    assert counts.aws_calls == [("sts", "GetCallerIdentity", "ok"), ("s3", "HeadBucket", "ok")]
    assert all(0 <= seconds < 60 for seconds in counts.seconds)


def test_what_is_asked_through_a_role_is_counted_too(own, counts):
    there = session_as(f"arn:aws:iam::{STAGING.id}:role/NoroshiReadOnly", own)

    client("sts", None, there).get_caller_identity()

    assert counts.aws_calls == [("sts", "AssumeRole", "ok"), ("sts", "GetCallerIdentity", "ok")]


def test_that_there_is_no_such_thing_is_an_answer_and_no_error(own, counts):
    with pytest.raises(ClientError):
        client("s3", None, own).head_bucket(Bucket="acme-nothing")

    assert counts.aws_calls == [("s3", "HeadBucket", "absent")]


def test_each_try_is_counted_where_one_call_is_tried_again(environment, counts):
    """Cost Explorer charges each, and throttling is seen only so."""
    with answering(400, b'{"__type": "ThrottlingException", "message": "slow down"}') as url:
        environment.setenv("AWS_ENDPOINT_URL", url)
        environment.setenv("AWS_REGION", "us-east-1")
        environment.setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "example")
        explorer = client("ce", None, make_session(counting=counts), HASTY)
        with pytest.raises(ClientError):
            explorer.get_cost_and_usage(
                TimePeriod={"Start": "2026-09-01", "End": "2026-09-02"},
                Granularity="DAILY",
                Metrics=["UnblendedCost"],
            )

    assert counts.aws_calls == [("cost-explorer", "GetCostAndUsage", "throttled")] * 2


def test_no_answer_is_counted(environment, counts):
    environment.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    environment.setenv("AWS_REGION", "eu-west-1")
    environment.setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
    environment.setenv("AWS_SECRET_ACCESS_KEY", "example")
    once = HASTY.merge(Config(retries={"total_max_attempts": 1}))
    with pytest.raises(NoConnection):
        client("sts", None, make_session(counting=counts), once).get_caller_identity()

    assert counts.aws_calls == [("sts", "GetCallerIdentity", "unanswered")]


def test_where_nobody_counts_a_session_has_no_more_handlers_than_botocores_own(environment):
    plain, watched = make_session(), make_session(counting=Counts())

    def handlers(session):
        emitter = session._session.get_component("event_emitter")
        return len(emitter._emitter._handlers.prefix_search("response-received.s3.ListBuckets"))

    assert handlers(watched) == handlers(plain) + 1


@pytest.mark.parametrize(
    ("status", "code", "wanted"),
    [
        (200, "", "ok"),
        (200, "InternalError", "refused"),  # S3 may begin with 200 and fail after it
        (403, "AccessDenied", "denied"),
        (403, "403", "denied"),
        (400, "Client.UnauthorizedOperation", "denied"),
        (400, "ThrottlingException", "throttled"),
        (503, "SlowDown", "throttled"),
        (503, "ServiceUnavailable", "unanswered"),
        (500, "InternalFailure", "unanswered"),
        (404, "404", "absent"),
        (400, "NoSuchConfigRuleException", "absent"),
        (400, "ValidationException", "refused"),
    ],
)
def test_codes_become_few_outcomes(status, code, wanted):
    parsed = {"Error": {"Code": code}} if code else {}

    assert outcome({"status_code": status}, parsed) == wanted


def test_no_response_at_all_is_no_answer():
    assert outcome(None, None) == "unanswered"


def answering(status, body):
    """A server that says the same to everybody; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return _Serving(HTTPServer(("127.0.0.1", 0), Handler))


class _Serving:
    def __init__(self, server):
        self.server = server

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
