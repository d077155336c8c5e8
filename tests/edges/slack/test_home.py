"""The Home tab shows how the accounts stand as it is kept, to who may ask, at once; below it what can be asked."""

import asyncio
from dataclasses import replace

import pytest

from bot.core.buttons import Ask
from bot.core.standing.view import show
from bot.core.view import View
from bot.edges.slack import Pace
from bot.embedded.slack.faults import Fault
from tests.core.standing.overviews import BUSY
from tests.edges.slack.conftest import BEN, GUEST, MIKA
from tests.glanced import NOW
from tests.patience import LONGEST

ANSWERED = (Ask("What time?", ("look", "now")), Ask("Nobody knows", ("guardduty", "list")))
QUICK = Pace(pauses=(0.0, 0.0), stop=5, home_looks=200, home_pause=0.01)


class State:
    """Kept state; a wish for a fresh look is granted at once, and counted."""

    def __init__(self):
        self.seen, self.wishes = replace(show(BUSY, NOW), buttons=ANSWERED), 0

    def view(self):
        return self.seen

    def look_again(self):
        self.wishes += 1
        self.seen = View("All is quiet", totals={"as_of": self.wishes})


@pytest.fixture
def state():
    return State()


@pytest.fixture
async def workspace(open_workspace, state):
    return await open_workspace(home=state, pace=QUICK)


def page(workspace, user=MIKA):
    return workspace.slack.world.modals.homes.get(workspace.slack.world.user(user).id)


def shown(workspace, user=MIKA):
    found = page(workspace, user)
    return str(found.body) if found else ""


async def opened(workspace, user=MIKA):
    await workspace.visitor.open_home(user)
    await workspace.until(lambda: page(workspace, user))
    return shown(workspace, user)


async def test_how_the_accounts_stand_comes_first_and_the_commands_below(workspace):
    told = await opened(workspace)

    first = page(workspace).body["blocks"][0]["text"]["text"]
    assert first.startswith("2 critical alerts nobody acknowledged")
    assert (
        told.index("Public buckets")
        < told.index("Ask about your AWS accounts")
        < told.index("/look at THING")
    )


async def test_it_is_shown_as_it_is_kept_whenever_it_is_opened(workspace, state):
    await opened(workspace)
    state.seen = View("1 public bucket")
    await workspace.visitor.open_home(MIKA)
    await workspace.until(lambda: "1 public bucket" in shown(workspace))

    assert state.wishes == 0


async def test_a_guest_is_told_neither_how_things_stand_nor_what_can_be_asked(workspace):
    told = await opened(workspace, GUEST)

    assert "I don't answer guests" in told
    assert "Public buckets" not in told


async def test_a_button_asks_in_full_and_the_answer_comes_as_a_direct_message(workspace):
    await opened(workspace)
    await workspace.visitor.click(MIKA, page(workspace), "ask:0")
    await workspace.until(workspace.dm)

    assert "It is 12:00" in str(workspace.dm()[-1].blocks)


async def test_what_no_command_answers_has_no_button(workspace):
    told = await opened(workspace)

    assert "What time?" in told
    assert "Nobody knows" not in told


async def test_refresh_has_it_looked_at_and_shows_what_was_seen_anew(workspace, state):
    await opened(workspace)
    await workspace.visitor.click(MIKA, page(workspace), "refresh")
    await workspace.until(lambda: "All is quiet" in shown(workspace))
    assert "Looking again" in shown(workspace)
    await workspace.until(lambda: "Looking again" not in shown(workspace))

    assert state.wishes == 1
    assert "Refresh" in shown(workspace)


async def test_who_presses_refresh_again_and_again_is_followed_once(workspace, state):
    await opened(workspace)
    stands = page(workspace)
    for presses in (4, 1):  # when what the last one began has ended, all others have
        for _ in range(presses):
            await workspace.visitor.click(MIKA, stands, "refresh")
        await workspace.until(lambda: "Looking again" in shown(workspace))
        await workspace.until(lambda: "Looking again" not in shown(workspace))

    ends = [each for each in workspace.calls("views.publish") if "Looking again" not in str(each)]
    assert len(ends) == 3, "as it was opened, and as it stood in the end, twice"


async def test_who_is_followed_keeps_no_bot_from_its_end_and_is_promised_nothing(open_workspace, state):
    workspace = await open_workspace(home=state, pace=replace(QUICK, stop=LONGEST, home_pause=LONGEST))
    await opened(workspace)
    await workspace.visitor.click(MIKA, page(workspace), "refresh")
    await workspace.until(lambda: "Looking again" in shown(workspace))

    async with asyncio.timeout(LONGEST / 2):
        await workspace.edge.stop()

    assert "All is quiet" in shown(workspace)
    assert "Looking again" not in shown(workspace)


async def test_who_may_not_ask_any_more_can_have_nothing_looked_at(open_workspace, state):
    seconds = [1_000_000.0]
    workspace = await open_workspace(home=state, pace=QUICK, clock=lambda: seconds[0])
    await opened(workspace, BEN)
    workspace.slack.world.user(BEN).is_restricted = True
    seconds[0] += 301
    await workspace.visitor.click(BEN, page(workspace, BEN), "refresh")
    await workspace.until(lambda: "I don't answer guests" in shown(workspace, BEN))

    assert state.wishes == 0
    assert "Public buckets" not in shown(workspace, BEN)


async def test_where_channels_are_named_their_members_alone_are_shown_it(open_workspace, state):
    workspace = await open_workspace(home=state, pace=QUICK, channels=("#security",))
    world = workspace.slack.world
    world.channel("security").members.discard(world.user(BEN).id)

    seen = await opened(workspace, MIKA)
    assert "Public buckets" in seen
    assert "What time?" not in seen, "it could not be answered here"
    told = await opened(workspace, BEN)
    assert "Public buckets" not in told
    assert "told to members of #security alone" in told
    assert "/look at THING" in told
    assert "Refresh" not in told


async def test_who_left_the_channels_has_nothing_looked_at_by_a_button_that_still_stands(
    open_workspace, state
):
    workspace = await open_workspace(home=state, pace=QUICK, channels=("#security",))
    world = workspace.slack.world
    await opened(workspace, BEN)
    stands = page(workspace, BEN)
    world.channel("security").members.discard(world.user(BEN).id)
    await workspace.visitor.click(BEN, stands, "refresh")
    await workspace.until(lambda: "told to members of #security alone" in shown(workspace, BEN))

    assert state.wishes == 0


async def test_where_slack_does_not_say_who_is_a_member_nobody_is_shown_it(open_workspace, state):
    workspace = await open_workspace(home=state, pace=QUICK, channels=("#security",))
    workspace.slack.world.faults.next_calls("users.conversations", Fault(error="missing_scope"), times=9)

    assert "Public buckets" not in await opened(workspace, MIKA)


async def test_a_bot_that_keeps_nothing_shows_the_commands_alone(open_workspace):
    workspace = await open_workspace()
    told = await opened(workspace)

    assert "/look at THING" in told
    assert "Refresh" not in told


async def test_nothing_stands_between_opening_and_the_page_but_slacks_own_call(workspace, state):
    await opened(workspace)
    before = len(workspace.slack.world.calls)
    await workspace.visitor.open_home(MIKA)
    await workspace.until(lambda: len(workspace.calls("views.publish")) == 2)

    called = [method for method, _ in list(workspace.slack.world.calls)[before:]]
    assert called == ["views.publish"]
    assert (state.wishes, workspace.ports.trail.asked) == (0, [])
