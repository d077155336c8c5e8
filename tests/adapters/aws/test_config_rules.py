"""What rules say: of one resource, of all that one rule breaks, of everything; and since when."""

import json
from datetime import timedelta

import pytest
from botocore.awsrequest import AWSResponse

from bot.adapters.aws.config_refused import refusals
from bot.adapters.aws.config_since import Since
from bot.adapters.aws.config_verdicts import read_evaluation, read_rule
from bot.adapters.aws.pace import Tally
from bot.adapters.aws.ways import Known
from bot.core.configuration.evaluation import Evaluation, Rule
from bot.core.configuration.item import Place
from bot.embedded.aws import HOME, PROD, STAGING
from bot.embedded.aws.config.recordings import Recorder
from bot.embedded.aws.config.rules import BUCKET_LEVEL_BLOCK, RESTRICTED_SSH
from bot.errors import AccessDenied, NotFound
from tests.adapters.aws.config_world import (
    AT_HOME,
    BUCKET,
    FAR,
    GROUP,
    STAGING_ROLE,
    Counted,
    configurations,
    item,
    put,
    resource,
    silent,
)
from tests.aws_world import NOW

SSH, BLOCK = RESTRICTED_SSH.name, BUCKET_LEVEL_BLOCK.name
OTHER, STAGED = Place(PROD.id, FAR), Place(STAGING.id, HOME)
THROUGH_ROLE = Known(STAGING.id, "staging", STAGING_ROLE, (HOME,))


def group(resource_id, days, *, is_open, **more):
    ssh = {"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "ipv6Ranges": []}
    ssh["ipv4Ranges"] = [{"cidrIp": "0.0.0.0/0"}]
    return item(resource_id, days, configuration={"ipPermissions": [ssh] if is_open else []}, **more)


@pytest.fixture(scope="module")
def ruled(world):
    for place in (AT_HOME, STAGED):
        world.aws.recordings.open(
            (place.account_id, place.region),
            Recorder(NOW - timedelta(days=900)),
            [RESTRICTED_SSH, BUCKET_LEVEL_BLOCK],
        )
    unrecorded = frozenset({"AWS::Config::ResourceCompliance"})
    world.aws.recordings.open(
        (PROD.id, FAR), Recorder(NOW - timedelta(days=900), excluded=unrecorded), [RESTRICTED_SSH]
    )
    put(
        world,
        group("sg-opened", 60, is_open=True),
        group("sg-opened", 40, is_open=False),
        group("sg-opened", 30, is_open=True),
        group("sg-opened", 3, is_open=True, resourceName="renamed"),
        group("sg-always", 20, is_open=True),
        group("sg-fine", 20, is_open=False),
        item("acme-open", kind=BUCKET, days=5),
    )
    put(world, *(group(f"sg-many-{n:03}", 10, is_open=True) for n in range(120)), place=STAGED)
    put(world, group("sg-other", 6, is_open=True, place=OTHER), place=OTHER)
    return world


@pytest.fixture
def counted(ruled, session):
    return Counted(session)


def ask(session, places=(), of=None, rule="", *accounts):
    return configurations(session, *accounts).evaluations(places, of, rule, silent)


def test_a_resource_hears_every_rules_word_and_since_when(counted, session):
    with counted.within() as sent:
        (found,) = (told := ask(session, of=resource("sg-opened"))).found

    assert (found.rule.name, found.compliance) == (SSH, "NON_COMPLIANT")
    assert timedelta(0) <= found.since - (NOW - timedelta(days=30)) < timedelta(minutes=1)
    assert not found.since_at_least
    assert found.rule.description == RESTRICTED_SSH.description
    assert found.rule.managed == "INCOMING_SSH_DISABLED"
    assert told.api_calls == len(sent)
    assert sent.count("GetComplianceDetailsByResource") == sent.count("DescribeConfigRules") == 1


def test_what_was_never_otherwise_is_so_since_it_was_first_recorded(ruled, session):
    (found,) = ask(session, of=resource("sg-always")).found

    assert timedelta(0) <= found.since - (NOW - timedelta(days=20)) < timedelta(minutes=1)
    assert not found.since_at_least


def test_reading_back_ends_after_half_a_year_of_nothing_and_says_at_least():
    class Endless:
        place, asked = AT_HOME, 0

        def ask(self, _operation, _tally, **_):
            self.asked += 1
            said = {"configRuleList": [{"configRuleName": SSH, "complianceType": "NON_COMPLIANT"}]}
            one = item("x", 9, configuration=json.dumps(said))
            return {"configurationItems": [one] if self.asked == 1 else [], "nextToken": str(self.asked)}

    config, verdict = Endless(), Evaluation(Rule(SSH, AT_HOME), GROUP, "sg-1", "NON_COMPLIANT", NOW, True)
    (found,) = Since(config, resource(), Tally(), refusals()).told([verdict])

    assert (found.since, found.since_at_least) == (NOW - timedelta(days=9), True)
    assert config.asked < 30


def test_a_compliant_resource_says_so(ruled, session):
    (found,) = ask(session, of=resource("sg-fine")).found

    assert found.compliance == "COMPLIANT"


def test_where_compliance_is_not_recorded_it_is_so_at_least_since_its_evaluation(ruled, session):
    (found,) = ask(session, of=resource("sg-other", place=OTHER)).found

    assert found.since_at_least
    assert timedelta(0) <= found.since - (NOW - timedelta(days=6)) < timedelta(minutes=1)


def test_a_resource_that_no_rule_is_about_hears_nothing(ruled, session):
    told = ask(session, of=resource("sg-none"))

    assert (told.found, told.rules, told.caveats) == ((), (), ())


def test_one_rule_tells_what_breaks_it_over_all_pages(ruled, session):
    told = ask(session, (STAGED,), None, SSH, THROUGH_ROLE)

    assert len(told.found) == 120
    assert {each.rule.description for each in told.found} == {RESTRICTED_SSH.description}
    assert told.api_calls == 3  # the rule's own words, and two pages


def test_everything_that_is_not_compliant_is_told_place_by_place(counted, session):
    with counted.within() as sent:
        told = ask(session)

    assert {(each.rule.name, each.resource_id) for each in told.found} == {
        (SSH, "sg-opened"),
        (SSH, "sg-always"),
        (BLOCK, "acme-open"),
    }
    assert {each.name for each in told.rules} == {SSH, BLOCK}
    assert "GetResourceConfigHistory" not in sent

    both = ask(session, (AT_HOME, OTHER, STAGED), None, SSH, THROUGH_ROLE)
    assert {each.rule.place for each in both.found} == {AT_HOME, OTHER, STAGED}


def test_a_rule_that_something_keeps_is_known_and_tells_nothing(ruled, session):
    told = ask(session, (STAGED,), None, BLOCK, THROUGH_ROLE)

    assert told.found == ()
    assert [each.name for each in told.rules] == [BLOCK]


def test_a_rule_that_no_place_has_is_not_found(ruled, session):
    with pytest.raises(NotFound, match="no rule restricted-telnet") as error:
        ask(session, (AT_HOME, OTHER), None, "restricted-telnet")
    assert "/config compliance" in error.value.hint


def refusing(session, operation):
    def refuse(request, **_):
        return AWSResponse(request.url, 400, {"x-amzn-ErrorType": "AccessDeniedException"}, _Raw())

    session.events.register(f"before-send.config-service.{operation}", refuse)


class _Raw:
    def stream(self, *_, **__):
        yield b'{"__type": "AccessDeniedException", "message": "no"}'


def test_rules_that_may_not_be_described_keep_their_names(ruled, session):
    refusing(session, "DescribeConfigRules")
    told = ask(session)

    assert {each.rule.name for each in told.found} == {SSH, BLOCK}
    assert [each.code for each in told.caveats] == ["config-refused"]
    assert "config:DescribeConfigRules" in told.caveats[0].message


def test_a_history_of_compliance_that_may_not_be_read_leaves_the_evaluations_time(ruled, session):
    refusing(session, "GetResourceConfigHistory")
    told = ask(session, of=resource("sg-opened"))

    assert told.found[0].since_at_least
    assert "config:GetResourceConfigHistory" in told.caveats[0].message


def test_where_nobody_may_be_asked_the_refusal_is_raised(ruled, session):
    refusing(session, "DescribeComplianceByConfigRule")
    with pytest.raises(AccessDenied) as error:
        ask(session)
    assert error.value.action == "config:DescribeComplianceByConfigRule"


def test_one_place_that_refuses_among_several_is_a_caveat(ruled, session):
    lost = Place("777777777777", HOME)
    told = ask(session, (AT_HOME, lost), None, "")

    assert told.found
    assert any("777777777777" in each.message for each in told.caveats)


def test_a_rule_of_a_services_own_is_marked():
    arn = f"arn:aws:config:{HOME}:{PROD.id}:config-rule/aws-service-rule/securityhub.amazonaws.com/config-rule-x"
    by_arn = read_rule({"ConfigRuleName": "securityhub-x", "ConfigRuleArn": arn}, AT_HOME)
    by_word = read_rule({"ConfigRuleName": "y", "CreatedBy": "fms.amazonaws.com"}, AT_HOME)

    assert (by_arn.made_by, by_word.made_by) == ("securityhub.amazonaws.com", "fms.amazonaws.com")
    assert (
        read_rule({"Source": {"Owner": "CUSTOM_LAMBDA", "SourceIdentifier": "arn:x"}}, AT_HOME).managed == ""
    )


def test_a_verdict_with_nothing_in_it_breaks_nothing():
    assert read_evaluation({"EvaluationResultIdentifier": None}, AT_HOME).since is None
    annotated = read_evaluation({"Annotation": "port 22 is open", "ComplianceType": "NON_COMPLIANT"}, AT_HOME)
    assert annotated.annotation == "port 22 is open"


def test_the_types_are_those_that_were_asked(ruled, session):
    assert {each.resource_type for each in ask(session).found} == {GROUP, BUCKET}
