"""What a new command or source must bring; a failure here names what is missing."""

import json
from pathlib import Path

import pytest

from bot.core.alert import Quiet
from bot.core.source import Source
from bot.deploy.manifest import manifest, text
from bot.pipeline.reading import unwrap
from bot.sources import SOURCES
from commands import COMMANDS
from tests.event_pattern import sent

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("slash", COMMANDS, ids=lambda slash: slash.name)
def test_every_question_says_what_it_answers(slash):
    assert slash.short_help
    for name, question in slash.asks().items():
        assert question.help, f"/{slash.name} {name} has no docstring"
        assert question.short_help, f"/{slash.name} {name} has no short help"
        assert all(option.help for option in question.params if option.param_type_name == "option"), name


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_every_source_has_an_event_that_fires(source: Source):
    event = unwrap((ROOT / f"tests/events/{source.name}/fires.json").read_text())

    assert source.accepts(event)
    assert source.alert(event).source == source.name


@pytest.mark.parametrize(
    "source", [source for source in SOURCES if source.name != "unknown"], ids=lambda source: source.name
)
def test_every_source_has_an_event_that_must_not_fire(source: Source):
    event = unwrap((ROOT / f"tests/events/{source.name}/quiet.json").read_text())

    assert not source.accepts(event) or isinstance(source.alert(event), Quiet)


ON_EVENTBRIDGE = [source for source in SOURCES if source.patterns()]


@pytest.mark.parametrize("source", ON_EVENTBRIDGE, ids=lambda source: source.name)
def test_every_pattern_selects_what_its_source_accepts(source: Source):
    event = json.loads((ROOT / f"tests/events/{source.name}/fires.json").read_text())

    assert sent(source, event)
    assert not sent(source, event | {"source": "acme.forged"})


@pytest.mark.parametrize("source", ON_EVENTBRIDGE, ids=lambda source: source.name)
def test_every_pattern_keeps_within_eventbridges_length(source: Source):
    """Quota: docs, Amazon EventBridge quotas, event pattern size."""
    for pattern in source.patterns():
        assert len(json.dumps(pattern, separators=(",", ":"))) <= 2048


def test_unknown_is_asked_last():
    assert [source.name for source in SOURCES if not source.event_source] == [SOURCES[-1].name]


def test_the_manifest_is_made_from_the_commands():
    assert (ROOT / "manifest.yaml").read_text() == text(COMMANDS)


def test_the_manifest_keeps_within_slacks_lengths():
    """Limits: docs.slack.dev, App manifest reference."""
    made = manifest(COMMANDS)

    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    for command in made["features"]["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 2000
