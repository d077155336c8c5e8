"""What the edge remembers is bounded, and given only to whom it belongs."""

import threading

import pytest

from bot.core.buttons import Form
from bot.core.view import View
from bot.edges.slack.answers import Answers
from bot.edges.slack.once import Once
from bot.edges.slack.place import Place
from bot.edges.slack.pool import Pool
from bot.edges.slack.words import problems, understand
from bot.errors import BadRequest, Forbidden, HelpWanted, NotFound, Throttled
from tests.edges.slack.conftest import FakePorts, look
from tests.patience import LONGEST

MINE, THEIRS = Place("U1", "C1"), Place("U2", "C1")


@pytest.fixture
def seconds():
    return [0.0]


@pytest.fixture
def answers(seconds):
    return Answers(lambda: seconds[0], most=3, rows=10)


def test_an_answer_is_given_back_to_its_person_in_its_channel(answers):
    """In the channel it was given in, or in direct messages, which nobody else sees."""
    key = answers.keep(View("one"), MINE)

    assert answers.get(key, MINE).view.title == "one"
    assert answers.get(key, Place("U1", "D9")).view.title == "one"


@pytest.mark.parametrize("place", [THEIRS, Place("U1", "C2"), Place("U2", "D9"), Place("", "")])
def test_an_answer_is_refused_elsewhere(answers, place):
    """Another person, or the same one in front of others."""
    key = answers.keep(View("one"), MINE)
    with pytest.raises(Forbidden):
        answers.get(key, place)


def test_a_public_answer_is_for_everybody_in_its_channel_only(answers):
    """A shared answer belongs to the channel."""
    key = answers.keep(View("one"), MINE, public=True)

    assert answers.get(key, THEIRS).view.title == "one"
    with pytest.raises(Forbidden):
        answers.get(key, Place("U2", "C2"))


def test_the_oldest_answers_go_first(answers):
    """Too many answers, or too many rows, push out what was not asked for lately."""
    first, second = answers.keep(View("1"), MINE), answers.keep(View("2"), MINE)
    answers.get(first, MINE)
    answers.keep(View("3"), MINE)
    answers.keep(View("4"), MINE)
    assert answers.get(first, MINE)
    with pytest.raises(NotFound):
        answers.get(second, MINE)

    big = answers.keep(View("big", rows=({"a": 1},) * 11), MINE)
    assert answers.get(big, MINE)
    with pytest.raises(NotFound):
        answers.get(first, MINE)


def test_an_old_answer_is_gone(answers, seconds):
    """After half a day the data is stale."""
    key = answers.keep(View("one"), MINE)
    seconds[0] = 12 * 3600 + 1
    with pytest.raises(NotFound, match="no longer"):
        answers.get(key, MINE)


def test_ids_cannot_be_guessed(answers):
    """Each has 128 bits of chance."""
    assert len({answers.keep(View("x"), MINE) for _ in range(100)}) == 100
    assert len(answers.keep(View("x"), MINE)) >= 22


def test_what_came_before_is_known_for_a_while(seconds):
    """By event or trigger; what has neither is always new."""
    once = Once(lambda: seconds[0])
    assert once.is_new({"event_id": "Ev1"})
    assert not once.is_new({"event_id": "Ev1"})
    assert once.is_new({"trigger_id": "1.2"})
    assert not once.is_new({"trigger_id": "1.2"})
    assert once.is_new({})
    assert once.is_new({})

    seconds[0] = 901
    assert once.is_new({"event_id": "Ev1"})


async def test_a_full_pool_says_so():
    """Workers and queue are bounded; a place that becomes free is taken again."""
    pool, gate = Pool(1, 1), threading.Event()
    jobs = [pool.submit(lambda: gate.wait(LONGEST)) for _ in range(2)]
    with pytest.raises(Throttled, match="busy"):
        pool.submit(print)

    gate.set()
    assert [await job for job in jobs] == [True, True]
    assert await pool.submit(lambda: 7) == 7
    pool.close()


def test_words_are_understood_without_asking_anybody():
    """Good words reach the first port and no further; a question without ports is answered."""
    ports = FakePorts()

    assert understand(look, ("at", "payroll"), ports) is None
    assert understand(look, ("now",), ports).title == "It is 12:00"
    with pytest.raises(BadRequest):
        understand(look, ("at", "payroll", "--since", "soon"), ports)
    with pytest.raises(HelpWanted):
        understand(look, (), ports)
    assert ports.trail.asked == []


FORM = Form("Change", ("look", "at", "x"), (("--since", "From", ""), ("--rows", "Rows", "")))


def _state(**given):
    return {f"--{name}": {"value": {"value": value}} for name, value in given.items()}


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"since": "soon"}, ["--since"]),
        ({"since": "3d", "rows": "x"}, ["--rows"]),
        ({"since": "soon", "rows": "x"}, ["--since", "--rows"]),
    ],
)
def test_the_fields_at_fault_are_found(given, fields):
    """However many there are."""
    assert list(problems(look, FORM, _state(**given), FakePorts())) == fields


def test_a_good_form_has_no_problems():
    """Nor has an empty one."""
    assert problems(look, FORM, _state(since="3d", rows="2"), FakePorts()) == {}
    assert problems(look, FORM, {}, FakePorts()) == {}


def test_words_under_a_field_are_harmless():
    """What somebody pasted is shown without what hides in it."""
    wrong = problems(look, FORM, _state(since="\u202esoon" + "x" * 900), FakePorts())

    assert "\u202e" not in wrong["--since"]
    assert len(wrong["--since"]) <= 300
