"""The end of an intake: what is in hand is finished, what comes later stays on the queue, the store is let alone."""

import threading

from structlog.testing import capture_logs

from tests.edges.test_intake import FINDING, World
from tests.patience import LONGEST


def stopped_while_polling(world):
    """The queue answers a poll that was begun before the end, after it."""
    given = world.queue.receive

    def receive(*, wait=True):
        world.intake.stop()
        assert world.intake.rests(0)
        world.store.failing = True  # it is closed by now
        return given(wait=wait)

    world.queue.receive = receive


def test_what_the_queue_gives_after_the_end_stays_on_it_and_the_store_is_not_asked():
    world = World([FINDING])
    stopped_while_polling(world)

    with capture_logs() as logs:
        world.intake.run()

    assert (world.problems(), world.queue.gone, logs) == ([], [], [])


def test_a_full_batch_after_the_end_stays_on_the_queue_too():
    world = World([FINDING] * 10, [FINDING] * 10)
    stopped_while_polling(world)

    with capture_logs() as logs:
        assert not world.intake.receive()

    assert (world.queue.log, logs) == (["wait"], [])


def test_a_store_that_failed_is_not_probed_after_the_end():
    world = World([FINDING], [FINDING])
    world.store.failing = True
    world.intake.receive()
    world.intake.stop()

    with capture_logs() as logs:
        world.intake.receive()

    assert logs == []


def test_what_is_in_hand_is_waited_for_and_put_on_record():
    world = World([FINDING])
    begun, go_on = threading.Event(), threading.Event()
    write = world.store.write

    def slow(*records):
        begun.set()
        assert go_on.wait(LONGEST)
        write(*records)

    world.store.write = slow
    thread = threading.Thread(target=world.intake.receive)
    thread.start()
    assert begun.wait(LONGEST)

    world.intake.stop()
    assert not world.intake.rests(0)
    go_on.set()

    assert world.intake.rests(LONGEST)
    assert (len(world.problems()), world.queue.gone) == (1, [FINDING])
    thread.join(LONGEST)
