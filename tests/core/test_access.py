"""Who may ask, and where: every rule of the floor."""

import dataclasses

import pytest

from bot.core.access import Person, Spot, Workspace, refusal

ACME = Workspace("T1", "Acme")
GRID = Workspace("E1", "Acme Group", enterprise_id="E1")
MIKA = Person("U1", "mika", frozenset({"T1"}))
OPS = Spot("C1", "ops")


def reason(person, spot=OPS, workspace=ACME, channels=()):
    no = refusal(person, spot, workspace, channels)
    assert no is None or (no.message and no.hint)
    return no and no.reason


def test_a_member_may_ask_anywhere_when_no_channel_is_named():
    """In channels, direct messages, and the Home tab."""
    assert reason(MIKA) is None
    assert reason(MIKA, Spot("D1", "directmessage")) is None
    assert reason(MIKA, None) is None


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ({"is_guest": True}, "guest"),
        ({"is_bot": True}, "bot"),
        ({"is_deactivated": True}, "deactivated"),
        ({"is_stranger": True}, "other-workspace"),
        ({"teams": frozenset({"T2"})}, "other-workspace"),
        ({"teams": frozenset()}, "other-workspace"),
        ({"teams": frozenset({"T2"}), "enterprise_id": "E1"}, "other-workspace"),
    ],
)
def test_everybody_else_is_refused(mark, expected):
    """Each mark alone is enough, in a channel and at Home."""
    person = dataclasses.replace(MIKA, **mark)

    assert reason(person) == expected
    assert reason(person, None) == expected


def test_a_member_of_several_workspaces_of_a_grid_may_ask():
    """What counts is being a member of the token's own."""
    assert reason(dataclasses.replace(MIKA, teams=frozenset({"T2", "T1"}), enterprise_id="E1")) is None


def test_a_token_of_a_whole_grid_answers_the_grid():
    """And no other organisation."""
    of_grid = dataclasses.replace(MIKA, teams=frozenset({"T7"}), enterprise_id="E1")
    assert reason(of_grid, workspace=GRID) is None
    assert reason(dataclasses.replace(of_grid, enterprise_id="E2"), workspace=GRID) == "other-workspace"
    assert reason(MIKA, workspace=GRID) == "other-workspace"


@pytest.mark.parametrize(
    ("channels", "allowed"),
    [(("C1",), True), (("#ops",), True), (("ops",), True), (("C2", "#security"), False), (("#op",), False)],
)
def test_channels_are_named_by_id_or_name(channels, allowed):
    """A name with or without its `#`."""
    assert (reason(MIKA, channels=channels) is None) is allowed


@pytest.mark.parametrize(
    "spot",
    [Spot("D1", "ops"), Spot("G1", "privategroup"), Spot("G1", "mpdm-a--b-1"), Spot("C9", "")],
)
def test_what_has_no_name_of_its_own_is_never_named(spot):
    """Direct messages, group messages, and private channels by Slack's word for them all."""
    named = ("#ops", "privategroup", "#privategroup", "directmessage", "#mpdm-a--b-1", "")

    assert reason(MIKA, spot, channels=named) == "channel"
    if not spot.channel_id.startswith("D"):
        assert reason(MIKA, spot, channels=(spot.channel_id,)) is None


def test_what_comes_from_no_conversation_is_never_named():
    """An empty id is no named channel, whatever name comes with it; where none is named it may ask."""
    for spot in (Spot(""), Spot("", "ops"), Spot("", "")):
        assert reason(MIKA, spot, channels=("#ops", "C1", "", "#")) == "channel"
        assert reason(MIKA, spot) is None
    assert reason(MIKA, None, channels=("#ops",)) is None


def test_a_refusal_says_where_to_ask():
    """So that the next step is known."""
    no = refusal(MIKA, OPS, ACME, ("#security",))

    assert "#security" in no.hint
