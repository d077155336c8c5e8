"""Plain recorded answers, broken ones, and a world where nothing but Config can be reached: all are read, none is lost."""

import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from bot.adapters.aws.config_asked import PATIENT
from bot.adapters.aws.config_items import read_item
from bot.core.configuration.item import Place
from bot.core.configuration.said import meant
from bot.core.span import Span
from bot.errors import AccessDenied, Upstream
from tests.adapters.aws.config_world import HOME, MONTH, PROD, configurations, resource, silent
from tests.aws_world import NOW

HERE = Place("", HOME)


def recorded(resource_id="sg-1", days=1.0, **more):
    """An item as AWS sends it."""
    return {
        "version": "1.3",
        "accountId": PROD.id,
        "configurationItemCaptureTime": (NOW - timedelta(days=days)).timestamp(),
        "configurationItemStatus": "OK",
        "configurationStateId": "1788829323456",
        "configurationItemMD5Hash": "",
        "arn": f"arn:aws:ec2:{HOME}:{PROD.id}:security-group/{resource_id}",
        "resourceType": "AWS::EC2::SecurityGroup",
        "resourceId": resource_id,
        "resourceName": "web",
        "awsRegion": HOME,
        "relatedEvents": [],
        "relationships": [],
        "configuration": '{"groupId":"sg-1"}',
        "supplementaryConfiguration": {},
    } | more


class Endpoint:
    """Answers each operation with the text (or status and text) that was recorded for it; the rest is refused."""

    def __init__(self):
        self.answers = {}
        self.asked = []

    def answer(self, operation):
        self.asked.append(operation)
        refusal = 400, json.dumps({"__type": "UnknownOperationException", "message": "no"})
        answer = self.answers.get(operation, refusal)
        status, body = answer if isinstance(answer, tuple) else (200, answer)
        return status, body if isinstance(body, str) else json.dumps(body)

    def history(self, *items, **more):
        self.answers["GetResourceConfigHistory"] = {"configurationItems": list(items)} | more


@pytest.fixture
def endpoint(environment):
    """Only Config is there: STS, and whatever else is asked, refuses connections."""
    known = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            status, body = known.answer(self.headers["X-Amz-Target"].rpartition(".")[2])
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    with serving(Handler) as address:
        environment.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        environment.setenv("AWS_ENDPOINT_URL_CONFIG_SERVICE", address)
        environment.setenv("AWS_REGION", HOME)
        environment.setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLEUSER00001")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "none")
        yield known


@contextmanager
def serving(handler):
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_where_only_config_answers_home_is_still_known_and_the_history_is_read(endpoint):
    endpoint.history(recorded())
    config = configurations()

    assert config.home() == HERE
    found = config.history(resource(place=HERE), MONTH, 20, silent)

    assert found.items[0].configuration == {"groupId": "sg-1"}
    assert found.resource.place == Place(PROD.id, HOME)
    assert config.home() == Place(PROD.id, HOME)
    assert endpoint.asked == ["GetResourceConfigHistory"]


def test_a_recorded_answer_alone_lets_a_resource_be_found(endpoint):
    endpoint.history(recorded())
    config = configurations()

    found = config.find(meant("sg-1"), (), silent)
    history = config.history(found.resources[0], MONTH, 20, silent)

    assert [(each.id, each.name, each.place) for each in found.resources] == [
        ("sg-1", "web", Place(PROD.id, HOME))
    ]
    assert len(history.items) == 1
    assert endpoint.asked == ["GetResourceConfigHistory"]


def test_an_answer_that_always_says_there_is_more_ends(endpoint):
    endpoint.history(recorded(days=1), recorded(days=2), nextToken="again")

    found = configurations().history(resource(place=HERE), MONTH, 20, silent)

    assert len(found.items) == 2
    assert endpoint.asked == ["GetResourceConfigHistory"] * 2


def test_items_come_in_configs_own_order_whatever_the_order_of_the_answer(endpoint):
    endpoint.history(
        recorded(days=3),
        *(recorded(days=1, configurationStateId=number) for number in ("7", "10", "8")),
        recorded(days=2),
    )
    found = configurations().history(resource(place=HERE), MONTH, 20, silent)

    assert [each.state_id for each in found.items[:3]] == [10, 8, 7]
    assert [(NOW - each.captured_at).days for each in found.items] == [1, 1, 1, 2, 3]


def test_two_items_of_one_moment_and_number_that_differ_are_two(endpoint):
    endpoint.history(
        recorded(configurationStateId=None),
        recorded(configurationStateId=None),
        recorded(configurationStateId=None, tags={"Name": "other"}),
    )
    found = configurations().history(resource(place=HERE), MONTH, 20, silent)

    assert sorted(len(each.tags) for each in found.items) == [0, 1]


def test_a_time_that_is_none_does_not_lose_the_page(endpoint):
    odd = recorded(days=2, configurationItemCaptureTime="the day before", resourceCreationTime={})
    endpoint.history(recorded(), odd)

    found = configurations().history(resource(place=HERE), Span(NOW - timedelta(days=3000), NOW), 20, silent)

    assert len(found.items) == 2
    (unread,) = [each.unread for each in found.items if each.unread]
    assert unread == ("when it was captured is not told",)
    assert {each.captured_at for each in found.items} >= {datetime(2026, 9, 8, 1, 2, 3, 456000, tzinfo=UTC)}


@pytest.mark.parametrize(
    "body",
    [
        *("", "garbage", "<html>Log in</html>", "[]", "{}", '{"configurationItems": "none"}'),
        *('{"configurationItems": [7, null]}', '{"nextToken": "again"}', '{"message": "no"}'),
    ],
)
def test_an_answer_of_no_known_form_is_an_error_in_words_and_never_no_change(endpoint, body):
    endpoint.answers["GetResourceConfigHistory"] = body

    with pytest.raises(Upstream, match="form that I don't know"):
        configurations().history(resource(place=HERE), MONTH, 20, silent)


def test_a_refusal_names_the_missing_action(endpoint):
    endpoint.answers["GetResourceConfigHistory"] = (
        400,
        {"__type": "AccessDeniedException", "message": "User: arn:aws:iam::1:user/x is not allowed"},
    )
    with pytest.raises(AccessDenied) as error:
        configurations().history(resource(place=HERE), MONTH, 20, silent)

    assert error.value.action == "config:GetResourceConfigHistory"


def test_where_everybody_refuses_the_search_raises_the_refusal(endpoint):
    endpoint.answers = {
        name: (400, {"__type": "AccessDeniedException", "message": "no"})
        for name in ("GetResourceConfigHistory", "SelectResourceConfig", "DescribeConfigurationAggregators")
    }
    with pytest.raises(AccessDenied) as error:
        configurations().find(meant("sg-0abc1234"), (), silent)

    assert error.value.action == "config:GetResourceConfigHistory"


def test_config_is_asked_patiently():
    assert PATIENT.retries["total_max_attempts"] >= 8


def read(**more):
    return read_item(recorded(**more), resource())


def test_an_item_of_300_kb_is_read_whole():
    rules = [{"fromPort": n, "ipRanges": [f"10.0.{n % 256}.0/24"]} for n in range(6000)]
    text = json.dumps({"ipPermissions": rules})
    assert len(text) > 300_000

    assert read(configuration=text).configuration == {"ipPermissions": rules}


@pytest.mark.parametrize("text", ['{"groupId": "sg-1"', "<html>", "7", '"x"', "[" * 100_000])
def test_a_configuration_that_is_no_json_stays_as_it_came_and_says_so(text):
    found = read(configuration=text)

    assert found.configuration == text
    assert "configuration is no JSON that I can read" in found.unread[0]
    assert len(found.unread[0]) < 200


@pytest.mark.parametrize("value", [None, "", "null", " "])
def test_no_configuration_is_none(value):
    found = read(configuration=value, configurationItemStatus="ResourceDeleted")

    assert (found.configuration, found.unread, found.is_deleted) == (None, (), True)


def test_documents_within_documents_are_opened():
    policy = {"Version": "2012-10-17", "Statement": []}
    found = read(
        supplementaryConfiguration={
            "BucketPolicy": json.dumps({"policyText": json.dumps(policy)}),
            "AccessControlList": json.dumps(json.dumps({"grantList": []})),
            "IsRequesterPaysEnabled": "false",
            "Broken": '{"a":',
        }
    )

    assert found.supplementary["BucketPolicy"] == {"policyText": policy}
    assert found.supplementary["AccessControlList"] == {"grantList": []}
    assert found.supplementary["IsRequesterPaysEnabled"] == "false"
    assert found.supplementary["Broken"] == '{"a":'
    assert len(found.unread) == 1


def test_what_an_item_does_not_say_is_what_was_asked_for():
    found = read_item({}, resource())

    assert found.resource == resource()
    assert (found.status, found.tags, found.relationships, found.state_id) == ("", {}, (), 0)


@pytest.mark.parametrize(
    "odd",
    [
        {"tags": None, "relationships": None, "supplementaryConfiguration": None},
        {"tags": "x", "relationships": [7, None, {}], "supplementaryConfiguration": []},
        {"configurationStateId": "not a number", "resourceName": None, "arn": None},
        {"configurationStateId": "9" * 400, "configurationItemCaptureTime": "soon"},
        {"configuration": {"already": "open"}},
    ],
)
def test_fields_of_another_form_break_nothing(odd):
    found = read(**odd)

    assert (found.resource.type, found.resource.id) == ("AWS::EC2::SecurityGroup", "sg-1")
    assert found.captured_at.tzinfo is UTC


def test_relations_daily_recording_and_creation_are_read():
    found = read(
        relationships=[
            {
                "resourceType": "AWS::EC2::VPC",
                "resourceId": "vpc-1",
                "relationshipName": "Is contained in Vpc",
            }
        ],
        recordingFrequency="DAILY",
        resourceCreationTime="2026-01-02T03:04:05Z",
        availabilityZone="Not Applicable",
    )

    (related,) = found.relationships
    assert (related.type, related.id, related.relation) == ("AWS::EC2::VPC", "vpc-1", "Is contained in Vpc")
    assert found.daily
    assert found.created_at == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
