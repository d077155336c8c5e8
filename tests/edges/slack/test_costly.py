"""A question that would cost much is asked back first, with a button that says the price."""

import click
import pytest

from bot.command import Slash
from bot.core.alert import NextStep
from bot.core.buttons import Ask, Form
from bot.edges.slack.costly import ways_on
from bot.errors import Costly
from tests.edges.slack.alerts import alert, open_alerts
from tests.edges.slack.conftest import BEN, MIKA, action, look, text


def costly(usd):
    return Costly("This would read 84 GB.", "Ask for less.", usd=usd, bytes=84_000_000_000)


def anyway(usd, *words):
    return next((way.words for way in ways_on(costly(usd), words, look) if isinstance(way, Ask)), None)


async def test_the_price_is_said_and_a_press_asks_all_the_same(workspace):
    workspace.ports.trail.price = 0.4123
    told = await workspace.answer("/look wide payroll --since 30d")

    assert "This would read 84 GB." in text(told)
    assert "Ask for less." in text(told)
    assert workspace.ports.trail.asked == []
    await workspace.visitor.click(MIKA, told, action(told, "Ask anyway (up to $0.42)"))
    answer = await workspace.settled(count=2)

    assert "All who touched payroll" in text(answer)
    assert workspace.ports.trail.asked == ["payroll 30d 0.42"]


async def test_a_form_narrows_the_question(workspace):
    workspace.ports.trail.price = 0.4123
    told = await workspace.answer("/look wide payroll --since 30d")

    await workspace.visitor.click(MIKA, told, action(told, "Change…"))
    world = workspace.slack.world
    mika = world.user(MIKA).id
    await workspace.until(lambda: world.modals.stacks.get(mika))
    [window] = world.modals.stacks[mika]
    assert [
        block["element"].get("initial_value") for block in window.body["blocks"] if block["type"] == "input"
    ] == ["30d"]
    workspace.ports.trail.price = 0.0
    assert (await workspace.visitor.submit(window, {"--since": {"value": "1d"}})).ok
    await workspace.settled(count=2)

    assert workspace.ports.trail.asked == ["payroll 1d None"]


async def test_a_price_that_rose_meanwhile_is_asked_for_again(workspace):
    workspace.ports.trail.price = 0.42
    told = await workspace.answer("/look wide payroll")
    workspace.ports.trail.price = 0.5

    await workspace.visitor.click(MIKA, told, action(told, "Ask anyway (up to $0.42)"))
    again = await workspace.settled(count=2)

    assert action(again, "Ask anyway (up to $0.50)")
    assert workspace.ports.trail.asked == []


async def test_under_an_alert_the_thread_asks_and_who_presses_is_answered(tmp_path):
    async with open_alerts(tmp_path) as alerts:
        alerts.workspace.ports.trail.price = 0.42
        post = await alerts.tell(alert(next_steps=(NextStep("All", ("look", "wide", "payroll")),)))

        pressed = await alerts.press(post, "Investigate")
        [told] = alerts.thread(post)
        await alerts.visitor.click(BEN, told, action(told, "Ask anyway (up to $0.42)"))
        answer = await alerts.told(BEN)

    assert pressed["result"] == "0 of 1 answered"
    assert "/look wide payroll: This would read 84 GB." in text(told)
    assert "All who touched payroll" in text(answer)


@pytest.mark.parametrize(
    ("usd", "up_to"),
    [(0.42, "0.42"), (0.4200001, "0.43"), (1.1, "1.10"), (0.0001, "0.01"), (12.0, "12.00"), (1e-9, "0.01")],
)
def test_the_yes_is_never_below_the_price_and_at_most_a_cent_above(usd, up_to):
    asked = anyway(usd, "look", "wide", "x")

    assert asked == ("look", "wide", "x", "--up-to", up_to)
    assert usd <= float(asked[-1]) < usd + 0.011


@pytest.mark.parametrize("usd", [0.0, -1.0, float("nan"), float("inf")])
def test_a_price_that_is_none_has_no_yes(usd):
    assert anyway(usd, "look", "wide", "x") is None


@pytest.mark.parametrize("earlier", [("--up-to", "0.1"), ("--up-to=0.1",), ("--up-to",)])
def test_an_earlier_yes_is_replaced(earlier):
    assert anyway(0.42, "look", "wide", "x", *earlier) == ("look", "wide", "x", "--up-to", "0.42")


def test_words_behind_two_dashes_stay_words():
    asked = anyway(0.42, "look", "wide", "--", "--up-to")

    assert asked == ("look", "wide", "--up-to", "0.42", "--", "--up-to")


def _form(*words, slash=look):
    return next((way for way in ways_on(costly(1), words, slash) if isinstance(way, Form)), None)


def test_the_form_holds_what_was_asked_and_no_yes():
    fields = (("--since", "From when", "30d"),)

    for said in (("--since", "30d", "--up-to", "1"), ("--up-to=1", "--since=30d")):
        assert _form("look", "wide", "x", *said) == Form("Change…", ("look", "wide", "x"), fields)
    assert _form("look", "wide", "x").fields == (("--since", "From when", "7d"),)


@pytest.mark.parametrize("words", [("look", "now"), ("look", "what"), ("look",), ("look", "wide", "--", "x")])
def test_a_question_that_cannot_be_narrowed_has_no_form(words):
    assert _form(*words) is None


def test_an_option_that_may_stand_twice_is_no_field():
    """A field holds one value, and the others would be lost."""

    @click.group(name="many", cls=Slash)
    def many():
        pass

    @many.command("ask")
    @click.option("--region", multiple=True)
    @click.option("--until")
    def _ask(region, until):
        pass

    form = _form("many", "ask", "--region", "a", "--region", "b", slash=many)
    assert form == Form(
        "Change…", ("many", "ask", "--region", "a", "--region", "b"), (("--until", "Until", ""),)
    )
