"""/trail session asks hop by hop: all of it is one question, agreed to and paid once."""

from dataclasses import dataclass, field, replace

import pytest

from bot.errors import Costly
from bot.trail.estimate import Estimate
from bot.trail.metered import Limits, MeteredEngine
from bot.trail.spending import Spending
from commands.trail import trail
from tests.commands.small_trail import NOW, call, made, role, user, written
from tests.fakes import FakeStore

KEYS = ("ASIAEXAMPLEAAAAAAAAA", "ASIAEXAMPLEBBBBBBBBB")
EACH = 0.06


@dataclass
class Priced:
    """An engine each of whose queries costs the same."""

    engine: object
    runs: list[object] = field(default_factory=list)
    table = "noroshi.cloudtrail"

    def estimate(self, query, progress):
        return Estimate(1, EACH, 1)

    def run(self, query, progress):
        self.runs.append(query)
        answer = self.engine.run(query, progress)
        return replace(answer, receipt=replace(answer.receipt, cost_usd=EACH))


@pytest.fixture
def ports(tmp_path):
    ports = written(
        tmp_path,
        call(role("export", "X", KEYS[0])),
        made(role("jump", "hop", KEYS[1], began="2026-09-08T08:30:00Z"), KEYS[0]),
        made(user("ana"), KEYS[1], "2026-09-08T08:30:00Z"),
    )
    ports.engine = Priced(ports.engine)
    spending = Spending(lambda: FakeStore(NOW), lambda: NOW)
    limits = Limits(ask_above_usd=2.5 * EACH)
    ports.paid_trail = lambda asker, up_to: MeteredEngine(ports.engine, limits, spending, asker, up_to)
    return ports


def test_many_cheap_hops_are_asked_about_as_the_one_dear_question_that_they_are(ports):
    with pytest.raises(Costly) as caught:
        trail.answer(["session", "export/X"], ports)

    assert len(ports.engine.runs) == 2
    assert caught.value.usd == pytest.approx(3 * EACH)


def test_the_yes_to_it_is_a_yes_to_all_its_hops(ports):
    view = trail.answer(["session", "export/X", "--up-to", f"{3 * EACH}"], ports)

    assert view.title.startswith("ana (user) is behind")
    assert view.receipt.cost_usd == pytest.approx(3 * EACH)
