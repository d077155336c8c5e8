"""The doctor looks at what the bill can be seen by, and pays for nothing."""

from datetime import date

import boto3
import pytest
from botocore.stub import Stubber

from bot.adapters.aws.billing_checks import budgets, estimates, explorer
from bot.adapters.aws.estimated_charges import SWITCH
from bot.errors import AccessDenied, NotConfigured
from tests.adapters.aws.estimates_stub import OWN, FakeEstimates
from tests.adapters.bills_world import BillsWorld

SEP, TOMORROW = date(2026, 9, 1), date(2026, 9, 9)


class FakeSession:
    """A session whose clients are these."""

    region_name = "eu-west-1"

    def __init__(self, **clients):
        self._clients = clients
        self.regions = []

    def client(self, service, region_name, config):
        self.regions.append(region_name)
        return self._clients[service]


@pytest.fixture
def world():
    return BillsWorld(2026, 9, 8, 14)


def budget(name):
    return {"BudgetName": name, "TimeUnit": "MONTHLY", "BudgetType": "COST"}


def session_with(*names, refused=""):

    made = {
        service: boto3.client(
            service, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="s"
        )
        for service in ("sts", "budgets")
    }
    stubs = {service: Stubber(client) for service, client in made.items()}
    stubs["sts"].add_response("get_caller_identity", {"Account": OWN})
    if refused:
        stubs["budgets"].add_client_error("describe_budgets", refused)
    else:
        stubs["budgets"].add_response("describe_budgets", {"Budgets": [budget(name) for name in names]})
    for stub in stubs.values():
        stub.activate()
    return FakeSession(**made)


def test_estimates_are_counted_where_the_bills_are():
    cloudwatch = FakeEstimates()
    cloudwatch.count("2026-09-03", 1.0)
    for service, account in (("AmazonS3", ""), ("AWSLambda", ""), ("AmazonS3", OWN)):
        cloudwatch.count("2026-09-03", 1.0, service, account)
    session = FakeSession(cloudwatch=cloudwatch.client)

    found = estimates(session)

    assert (found.state, found.message) == ("ok", "2 services in 1 account, next to free")
    assert session.regions == ["us-east-1"]


def test_without_estimates_the_switch_is_named():
    found = estimates(FakeSession(cloudwatch=FakeEstimates().client))

    assert (found.state, found.fix) == ("off", SWITCH)


def test_cost_explorer_is_not_asked_in_order_to_look(world):
    found = explorer(world.bills)

    assert (found.state, found.fix) == ("off", "noroshi billing by-service")
    assert world.ce.asked == []


def test_what_it_said_last_and_what_it_has_cost_is_told(world):
    world.costs(SEP, TOMORROW)

    found = explorer(world.another().bills)

    assert found.state == "ok"
    assert found.message == "answered 2026-09-08T14:00:00Z; 1 request (USD 0.01) in 31 days, 50 a day at most"


def test_its_refusal_is_told_with_the_way_out(world):
    world.ce.failing = NotConfigured("Not switched on.", "Open it once.")
    with pytest.raises(NotConfigured):
        world.costs(SEP, TOMORROW)

    found = explorer(world.another().bills)

    assert found.state == "missing"
    assert found.message.startswith("Not switched on.")
    assert found.fix == "Open it once."


def test_where_it_is_off_that_is_meant():
    found = explorer(BillsWorld(2026, 9, 8, 14, explorer=False).bills)

    assert (found.state, found.fix) == ("off", "NOROSHI_BILLING__EXPLORER=true")


def test_budgets_are_counted():
    assert budgets(session_with("a", "b")).message == "2 budgets"
    assert budgets(session_with()).state == "off"


def test_budgets_that_may_not_be_seen_name_the_action_that_iam_has():
    with pytest.raises(AccessDenied) as refused:
        budgets(session_with(refused="AccessDeniedException"))

    assert refused.value.action == "budgets:ViewBudget"
