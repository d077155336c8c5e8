"""From an alert of AWS Config to what changed and who did it; and what else people ask of a resource."""

import json

import pytest

from bot.embedded.happening import tell
from bot.embedded.incident.news import group
from tests.journeys.alert_steps import buttons, press, said, thread
from tests.journeys.steps import MIKA, QUIET, eventually, is_note

pytestmark = pytest.mark.asyncio(loop_scope="module")
SETTINGS = QUIET


async def answer_in_thread(journey, post, *words):
    """The answer under a post that says all of this."""

    def found():
        told = [each for each in thread(journey, post) if not is_note(each)]
        return next((each for each in told if all(one in said(each) for one in words)), None)

    return await eventually(found)


async def test_from_the_alert_of_an_opened_group_to_who_opened_it(journey):
    incident = journey.world.incident
    tell(journey.world.aws, journey.world.topic, *group.opened(incident))

    def opened():
        return next((each for each in journey.messages("security") if "web-prod" in said(each)), None)

    post = await eventually(opened)
    assert "open to the internet" in said(post)
    await press(journey, post, "Investigate")

    answer = await answer_in_thread(journey, post, "web-prod", "+ inbound tcp 22 from 0.0.0.0/0")
    assert "port 22 open to the internet" in said(answer)
    assert incident.leaked_user in said(answer)
    assert "AuthorizeSecurityGroupIngress" in said(answer)
    assert incident.attacker_ip in said(answer)
    assert "exact" in said(answer)
    assert answer.only_for is None


async def test_a_name_that_means_several_asks_which_and_the_button_answers(journey):
    asked = await journey.asks("/config history acme-reports")

    assert asked.body["text"].startswith("3 resources may be meant by acme-reports")
    label = next(each for each in buttons(asked) if each.startswith("function acme-reports"))
    answer = await journey.answer_to(await press(journey, asked, label))

    assert answer.body["text"].startswith("acme-reports — ")
    assert "function · prod" in said(answer)


async def test_a_deleted_group_says_when_and_by_whom_it_went(journey):
    answer = await journey.asks("/config history web-legacy --since 90d")

    assert "deleted" in said(answer).lower()
    assert "DeleteSecurityGroup" in said(answer)
    assert "terraform" in said(answer)


async def test_what_config_does_not_know_is_told_with_what_was_tried(journey):
    answer = await journey.asks("/config history sg-0fffffffffffffff0")

    assert answer.body["text"].startswith("sg-0fffffffffffffff0 is unknown to AWS Config")
    assert "I tried" in said(answer)
    assert "other regions" in said(answer)


async def test_what_config_does_not_record_is_no_empty_history(journey):
    answer = await journey.asks("/config history ami-0abc1234def567890")

    assert "does not record images" in said(answer)
    assert "/trail resource ami-0abc1234def567890" in said(answer)


async def test_a_resource_of_another_account_is_found_and_its_history_comes_from_there(journey):
    answer = await journey.asks("/config history batch-workers --since 30d")

    assert answer.body["text"].startswith("batch-workers")
    assert "jonas.lind@acme.example" in said(answer)


async def test_the_state_then_comes_as_a_file(journey):
    answer = await journey.asks("/config at web-prod 7d")
    await journey.answer_to(await press(journey, answer, "As a file"))

    ((_, text),) = journey.files
    state = json.loads(text)
    assert state["configuration"]["groupName"] == "web-prod"


async def test_what_is_not_compliant_is_told_by_rule(journey):
    answer = await journey.asks("/config compliance")

    assert "restricted-ssh" in said(answer)
    assert "s3-bucket-level-public-access-prohibited" in said(answer)


async def test_slack_and_the_terminal_tell_the_same_changes(journey):
    told = await journey.told("config", "history", "web-prod", "--since", "30d")
    answer = await journey.asks("/config history web-prod --since 30d")

    assert [row["actor"]["confidence"] for row in told["rows"]] == ["exact", "exact"]
    newest = told["rows"][0]
    assert newest["flags"][0]["code"] == "open-to-the-internet"
    assert newest["actor"]["source_ip"] in said(answer)
    assert newest["changes"][0]["kind"] == "added"
    assert answer.only_for == journey.world.slack.world.user(MIKA).id
