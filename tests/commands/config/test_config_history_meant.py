"""/config history: which resource is meant, and what is said where none is, or several are."""

from dataclasses import replace

import pytest

from bot.core.configuration.item import Resource
from bot.errors import BadRequest, NotFound
from commands.config import config
from tests.commands.config.histories import FOUND, STOPPED, ask, ports_over
from tests.commands.config.small_config import (
    ELSEWHERE,
    GROUP,
    HOME,
    group,
    rule,
)

OTHER = Resource("AWS::IAM::Role", "AROAEXAMPLE", HOME, "web-prod")
FAR = replace(GROUP, id="sg-99999999", place=ELSEWHERE)


def test_a_name_of_two_resources_asks_which_one_is_meant(tmp_path):
    items = [FOUND, group("2026-07-01T09:00:00", resource=OTHER), group("2026-07-01T09:00:00", resource=FAR)]
    view = ask(ports_over(tmp_path, items), "web-prod", "--since", "7d")

    assert view.title == "3 resources may be meant by web-prod. Which one?"
    assert [button.label for button in view.buttons] == [
        "security group web-prod · prod · eu-west-1",
        "IAM role web-prod · prod · eu-west-1",
        "security group web-prod · staging · us-east-1",
    ]
    assert view.buttons[2].words == (
        *("config", "history", "sg-99999999", "--type", GROUP.type, "--account", ELSEWHERE.account_id),
        *("--region", "us-east-1", "--since", "7d"),
    )
    assert [row["resource_id"] for row in view.rows] == [GROUP.id, "AROAEXAMPLE", "sg-99999999"]


def test_the_pressed_button_finds_the_one(tmp_path):
    items = [FOUND, group("2026-07-01T09:00:00", resource=OTHER), group("2026-07-01T09:00:00", resource=FAR)]
    ports = ports_over(tmp_path, items)
    which = ask(ports, "web-prod").buttons[2]

    view = config.answer(which.words[1:], ports)

    assert view.request["type"] == GROUP.type
    assert "web-prod (sg-99999999)" in view.title


def test_what_nobody_knows_says_what_was_tried(tmp_path):
    with pytest.raises(NotFound) as caught:
        ask(ports_over(tmp_path, [FOUND]), "nobody")

    assert caught.value.message == "nobody is unknown to AWS Config."
    assert "I tried its name in eu-west-1" in caught.value.hint


def test_what_can_not_have_been_seen_is_not_called_unknown(tmp_path):
    with pytest.raises(
        NotFound, match="I can’t tell anything of sg-11111111: the recorder of eu-west-1 has been stopped"
    ):
        ask(ports_over(tmp_path, [FOUND], recorders=[STOPPED]), "sg-11111111")


def test_what_config_never_records_is_asked_elsewhere(tmp_path):
    with pytest.raises(NotFound) as caught:
        ask(ports_over(tmp_path, [FOUND]), "ami-0123456789abcdef0")

    assert "/trail resource" in caught.value.hint


@pytest.mark.parametrize(
    "words",
    [
        ("web'prod",),
        ("web-prod", "--account", "who"),
        ("web-prod", "--region", "x"),
        ("web-prod", "--limit", "0"),
    ],
)
def test_what_makes_no_sense_is_said(tmp_path, words):
    with pytest.raises(BadRequest):
        ask(ports_over(tmp_path, [FOUND]), *words)


def test_an_account_alone_is_asked_in_the_regions_that_the_settings_name(tmp_path):
    there = Resource(GROUP.type, "sg-88888888", ELSEWHERE, "staging-web")
    ports = ports_over(tmp_path, [group("2026-09-07T10:03:00", rule(443), resource=there)])

    view = ask(ports, "sg-88888888", "--account", "staging")

    assert view.title.startswith("staging-web (sg-88888888)")
    assert ports.configurations.asked == [("history", "sg-88888888")]
