"""From the queue to the channel: a message leaves the queue only when Slack has it."""

from pathlib import Path

from bot.edges.intake import Intake
from bot.errors import Upstream
from bot.ports import Message
from bot.sources import SOURCES

FINDING = (Path(__file__).parents[1] / "events/guardduty/fires.json").read_text()
QUIET = (Path(__file__).parents[1] / "events/guardduty/quiet.json").read_text()


class Queue:
    """A queue of rounds; an error among them is raised. The intake is stopped when they are used up."""

    def __init__(self, *rounds):
        self.rounds, self.gone, self.intake = list(rounds), [], None

    def receive(self):
        if not self.rounds:
            self.intake.stop()
            return []
        given = self.rounds.pop(0)
        if isinstance(given, Exception):
            raise given
        return [Message(body, f"handle-{body[:5]}", f"id-{n}") for n, body in enumerate(given)]

    def done(self, message):
        self.gone.append(message.body)


class Board:
    def __init__(self, *troubles):
        self.troubles, self.posted = list(troubles), []

    def post(self, channel, view, *, mention=""):
        if self.troubles and (trouble := self.troubles.pop(0)):
            raise trouble
        self.posted.append(view.title)
        return "1"


def run(queue, board, channel="#security"):
    queue.intake = Intake(queue, SOURCES, board, channel)
    queue.intake.run()


def test_a_message_is_deleted_once_it_is_posted():
    queue, board = Queue([FINDING]), Board()

    run(queue, board)

    assert (len(board.posted), queue.gone) == (1, [FINDING])


def test_a_message_that_slack_refuses_stays_on_the_queue():
    queue, board = Queue([FINDING, "what"]), Board(Upstream("channel_not_found"))

    run(queue, board)

    assert queue.gone == ["what"]


def test_a_message_that_breaks_something_stays_and_the_rest_goes_on():
    queue, board = Queue([FINDING, "what"]), Board(ZeroDivisionError())

    run(queue, board)

    assert (queue.gone, len(board.posted)) == (["what"], 1)


def test_what_is_deliberately_dropped_leaves_the_queue():
    queue, board = Queue([QUIET]), Board()

    run(queue, board)

    assert (board.posted, queue.gone) == ([], [QUIET])


def test_without_a_channel_nothing_is_lost():
    queue, board = Queue([FINDING]), Board()

    run(queue, board, channel=None)

    assert (board.posted, queue.gone) == ([], [])
