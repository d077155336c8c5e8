"""Every next step that an alert proposes is one of our own questions, word for word, with a window of time where it is not about now.

That they run to the end in the embedded world is shown in tests/journeys.
"""

import click
import pytest

from bot.core.alert import Quiet
from bot.pipeline.reading import read
from bot.sources import SOURCES
from commands import COMMANDS
from tests.sources.real import DATA, calls, real
from tests.sources.test_own_words import NAMES, event


def steps(events):
    told = (read(one, SOURCES) for one in events)
    return [step for said in told if not isinstance(said, Quiet) for step in said.next_steps]


def understood(step):
    """The question's own options, read by click as they would be typed."""
    slash = next(slash for slash in COMMANDS if slash.name == step.words[0])
    question = slash.asks()[step.words[1]]
    with click.Context(question, info_name=step.words[1]) as context:
        question.parse_args(context, list(step.words[2:]))
        return context.params


def test_the_next_steps_of_our_own_events_can_be_asked():
    proposed = steps(event(name, "fires") for name in NAMES)

    assert proposed
    assert all(understood(step).get("since", "is now") for step in proposed)
    assert all(len(step.label) <= 75 for step in proposed)


@pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not here")
def test_the_next_steps_of_real_events_can_be_asked():
    proposed = steps([*real(), *calls("panther-rule-tests", "detonation-stratus", "traildiscover")])

    assert len(proposed) >= 5
    assert all(understood(step).get("since", "is now") for step in proposed)
