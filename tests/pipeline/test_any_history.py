"""Whatever happens in whatever order, in the end everybody knows of everything, once."""

from collections import Counter
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.problem import Mark, Problem
from bot.core.severity import Severity
from bot.errors import BadForm, Gone, Throttled, Unanswered, Upstream
from bot.pipeline import mutes
from tests.pipeline.world import CHANNEL, World, alert

KEYS = st.sampled_from(["one", "two", "three"])
TELL = st.builds(
    lambda key, n, severity, resolved: ("tell", alert(key, n, severity=severity, resolved=resolved)),
    KEYS,
    st.integers(1, 3000),
    st.sampled_from(Severity),
    st.booleans(),
)
FAULT = st.builds(
    lambda error, done: ("fault", error, done),
    st.sampled_from([Unanswered("x"), Throttled("x", retry_after=3), Upstream("x"), BadForm("x"), Gone("x")]),
    st.booleans(),
)
OTHER = st.sampled_from(
    [("burst",), ("archive",), ("open",), ("mute",), ("crash",), ("wait", 1), ("wait", 700)]
)
HISTORY = st.lists(st.one_of(TELL, TELL, FAULT, OTHER), max_size=25)


def play(world, history):
    for what, *rest in history:
        match what:
            case "tell":
                world.tell(*rest)
            case "burst":
                world.tell(*(alert(f"b{n}", severity=Severity.LOW) for n in range(20)))
            case "fault":
                # Only an answer that never came leaves in doubt what was done.
                error, done = rest
                world.channels.fail(error, done=done and isinstance(error, Unanswered))
            case "archive":
                world.channels.closed.add(CHANNEL)
            case "open":
                world.channels.closed.clear()
            case "mute":
                mark = Mark("U1", "Mika", world.now())
                mute = mutes.mute_from(alert("two"), "problem", "x", mark, world.now() + timedelta(minutes=5))
                mutes.begin(world.ledger, mute, CHANNEL)
            case "crash":
                world.tellers = [world.teller(each.channel, str(world.time)) for each in world.tellers]
            case "wait":
                world.run(rest[0])


@settings(max_examples=60, deadline=None)
@given(HISTORY)
def test_in_the_end_everything_is_told_and_nothing_twice(history):
    world = World()
    play(world, history)
    world.channels.closed.clear()
    world.channels._faults.clear()
    world.run(4000)

    problems = [
        world.ledger.entry(record).thing
        for record in world.store.records.values()
        if record.id.startswith("problem-")
    ]
    assert all(isinstance(problem, Problem) for problem in problems)
    for problem in problems:
        assert problem.told.intent is None
        known = problem.told.memory
        assert problem.folded or known.tellings == problem.tellings or problem.over, problem
        assert not problem.worse or problem.folded, problem
    tokens = Counter(each.sending.token for each in world.channels.messages)
    assert all(count == 1 for count in tokens.values())
    assert not world.store.lane(f"now:{CHANNEL}", 1)


NEAR = st.builds(lambda key, n: ("tell", alert(key, n)), KEYS, st.integers(1, 500))
DOUBT = st.builds(
    lambda error, done: ("fault", error, done),
    st.sampled_from([Unanswered("x"), Throttled("x"), Upstream("x")]),
    st.booleans(),
)
LULL = st.sampled_from([("crash",), ("wait", 2), ("wait", 700)])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(NEAR, DOUBT, LULL), max_size=25))
def test_as_long_as_its_channel_stands_a_problem_has_one_post(history):
    world = World()
    play(world, history)
    world.channels._faults.clear()
    world.run(4000)
    posts = Counter(post.sending.key for post in world.channels.posts(CHANNEL))

    assert posts == {key: 1 for what, *rest in history if what == "tell" for key in [rest[0].key]}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(KEYS, st.integers(1, 20)), max_size=40))
def test_a_telling_is_counted_once_in_whatever_order_and_however_often_it_comes(tellings):
    world = World()
    for key, n in tellings:
        world.tell(alert(key, n))
    counts = {key: len({n for k, n in tellings if k == key}) for key, _ in tellings}

    found = [
        world.ledger.entry(record).thing
        for record in world.store.records.values()
        if record.id.startswith("problem-")
    ]
    assert {problem.key: problem.tellings for problem in found} == counts
