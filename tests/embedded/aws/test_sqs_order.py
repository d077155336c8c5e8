"""Whatever order things happen in, a standard queue loses no message and gives none twice while it is hidden."""

from dataclasses import dataclass

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from moto.sqs.models import Message

from bot.embedded.aws import HOME, PROD
from bot.embedded.aws.sqs.queue import StandardQueue

MOST = 3
"""How often a message is given before it goes to the dead-letter queue."""


@dataclass
class Known:
    """What anyone may expect of a message: hidden while `now` is below `until`, `handles` the receives so far."""

    until: float
    handles: list[str]
    delayed: bool = False

    @property
    def receives(self) -> int:
        return len(self.handles)


class OneQueue(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = 1_000.0
        self.dead = StandardQueue("dead", HOME, PROD.id)
        self.queue = StandardQueue("queue", HOME, PROD.id)
        self.queue.dead_letter_queue = self.dead
        self.queue.redrive_policy = {"maxReceiveCount": MOST}
        self.queue.clock = self.dead.clock = lambda: self.now
        self.known: dict[str, Known] = {}
        self.moved: set[str] = set()
        self.sent = 0

    @rule(delay=st.sampled_from([0, 0, 0, 2]))
    def send(self, delay):
        self.sent += 1
        message = Message(f"message-{self.sent}", "body")
        message.sent_timestamp = int(self.now * 1000)
        message.delayed_until = (self.now + delay) * 1000 if delay else 0
        self.queue.add_message(message)
        self.known[message.id] = Known(self.now + delay, [], delayed=bool(delay))

    @rule(at_most=st.integers(1, 10), visibility=st.sampled_from([0, 1, 3, 30]))
    def receive(self, at_most, visibility):
        visible = {each for each, known in self.known.items() if known.until <= self.now}
        spent = {each for each in visible if self.known[each].receives == MOST}

        taken = self.queue.receive(at_most, 0, visibility)

        ids = [message.id for message in taken]
        assert len(ids) == len(set(ids)) == min(at_most, len(visible - spent))
        assert set(ids) <= visible - spent
        for message in taken:
            known = self.known[message.id]
            known.until, known.delayed = self.now + visibility, False
            known.handles.append(message.receipt_handle)
            assert message.approximate_receive_count == known.receives
        self._see_moved(spent)

    @precondition(lambda self: any(known.handles for known in self.known.values()))
    @rule(data=st.data())
    def delete(self, data):
        message_id, handle = self._one_of_the_handles(data)

        self.queue.delete_message(handle)

        if handle == self.known[message_id].handles[-1]:
            del self.known[message_id]

    @precondition(lambda self: any(known.handles for known in self.known.values()))
    @rule(data=st.data(), seconds=st.sampled_from([0, 1, 5]))
    def change_visibility(self, data, seconds):
        message_id, handle = self._one_of_the_handles(data)
        known = self.known[message_id]

        self.queue.change_visibility(handle, seconds)

        if handle == known.handles[-1] and known.until > self.now:
            known.until = self.now + seconds

    @rule(seconds=st.sampled_from([0.5, 1, 4, 40]))
    def wait(self, seconds):
        self.now += seconds

    @invariant()
    def every_message_is_counted_once(self):
        hidden = [known for known in self.known.values() if known.until > self.now]
        delayed = sum(known.delayed for known in hidden)

        assert self.queue.approximate_number_of_messages == len(self.known) - len(hidden)
        assert self.queue.approximate_number_of_messages_delayed == delayed
        assert self.queue.approximate_number_of_messages_not_visible == len(hidden) - delayed
        assert self.dead.approximate_number_of_messages == len(self.moved)

    def _one_of_the_handles(self, data):
        handles = [(each, handle) for each, known in self.known.items() for handle in known.handles]
        return data.draw(st.sampled_from(handles))

    def _see_moved(self, spent):
        """A receive that found enough beforehand need not have come to them all."""
        gone = {each for each in spent if self.queue._shelf.find(each) is None}
        if self.queue.approximate_number_of_messages == 0:
            assert gone == spent
        self.moved |= gone
        for each in gone:
            del self.known[each]


def test_no_message_is_lost_or_given_twice_while_it_is_hidden():
    run_state_machine_as_test(
        OneQueue, settings=settings(max_examples=100, stateful_step_count=40, deadline=None)
    )
