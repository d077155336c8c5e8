"""What doctor finds of who may fix: two different people, whom Slack knows."""

import asyncio

import pytest

from bot.adapters.slack_fix_checks import fix_checks
from bot.deploy.manifest import SCOPES
from bot.embedded.slack import SlackStandIn
from bot.errors import Upstream

MANIFEST = {
    "settings": {"socket_mode_enabled": True},
    "features": {"bot_user": {"display_name": "noroshi"}},
    "oauth_config": {"scopes": {"bot": list(SCOPES)}},
}


@pytest.fixture
async def slack():
    async with SlackStandIn(MANIFEST).serve() as served:
        yield served


async def found(slack, change, approve, token=None):
    ids = {person.name: person.id for person in slack.world.users.values()}
    ids["oncall"] = group(slack)
    change, approve = ([ids.get(name, name) for name in names] for names in (change, approve))
    (check,) = fix_checks(
        bot_token=token or slack.bot_token, api_url=slack.api_url, change=change, approve=approve
    )
    return await asyncio.to_thread(check.look)


def group(slack):
    return next(iter(slack.world.usergroups))


MIKA, BEN = "mika.sato", "ben.okafor"


@pytest.mark.parametrize("approve", [(BEN,), ("oncall",), (MIKA, BEN)])
async def test_one_who_asks_and_another_who_approves_are_enough(slack, approve):
    one = await found(slack, (MIKA,), approve)

    assert one.state == "ok"
    assert one.message.startswith("1 person may ask, ")
    assert "noroshi setup policy --for-fixes" in one.message


async def test_a_group_of_the_one_who_asks_alone_is_not(slack):
    slack.world.usergroups[group(slack)] = ("oncall", [slack.world.user(MIKA).id])

    one = await found(slack, (MIKA,), ("oncall",))

    assert (one.state, one.message) == ("missing", "nobody may approve what another asks for")


@pytest.mark.parametrize("nobody", ["U0NOBODY", "S0NOBODY"])
async def test_an_id_that_slack_does_not_know_is_named(slack, nobody):
    one = await found(slack, (MIKA,), (BEN, nobody))

    assert (one.state, one.message) == ("missing", f"Slack knows no {nobody}")


async def test_what_slack_refuses_is_raised(slack):
    with pytest.raises(Upstream):
        await found(slack, (MIKA,), (BEN,), token="xoxb-wrong")


def test_without_a_token_nobody_is_looked_for():
    assert fix_checks(bot_token=None, api_url="http://127.0.0.1:9/", change=(), approve=()) == []
