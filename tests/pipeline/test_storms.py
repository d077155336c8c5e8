"""A storm becomes one digest that holds everything; what is critical overtakes it."""

from bot.core.severity import Severity
from bot.core.storm import Storm
from bot.core.storm_view import rows
from bot.pipeline.rows import all_rows
from tests.pipeline.world import CHANNEL, alert


def storm(world, many=500, kinds=40):
    world.tell(
        *(
            alert(f"p{n}", kind=f"kind {n % kinds}", resource=f"i-{n % 70}", severity=Severity.MEDIUM)
            for n in range(many)
        )
    )


def digest(world):
    [post] = [each for each in world.channels.posts(CHANNEL) if "digest" in each.view.title]
    return post


def test_a_few_at_once_are_posted_each(world):
    storm(world, many=8)
    world.run(30)

    assert len(world.channels.posts(CHANNEL)) == 8


def test_more_than_a_channel_can_take_is_one_digest(world):
    storm(world)
    world.run(30)

    assert len(world.channels.posts(CHANNEL)) == 1
    assert digest(world).view.title == "500 problems in 1 min, 40 kinds — one digest, nothing dropped"


def test_the_digest_counts_by_kind_account_and_resource(world):
    storm(world)
    world.run(30)
    table, words, _ = digest(world).view.sections

    assert table.rows[0] == (("13",), ("medium",), ("kind 0",))
    assert table.more == 30
    assert "70 resources" in str(words)
    assert "500 × 111122223333" in str(words)


def test_what_is_critical_overtakes_the_storm(world):
    storm(world)
    world.tell(alert("bad", severity=Severity.CRITICAL))
    storm(world, many=200, kinds=3)
    world.run(3)
    first = world.channels.posts(CHANNEL)[0]

    assert first.view.title == "A key of bad is used through Tor"


def test_each_telling_in_a_storm_is_counted_once(world):
    storm(world)
    world.run(10)
    storm(world)  # all of them given again
    world.tell(*(alert(f"p{n}", n=2, kind=f"kind {n % 40}", severity=Severity.MEDIUM) for n in range(100)))
    world.run(30)
    [record] = [each for each in world.store.records.values() if each.id.startswith("storm-")]
    entry = world.ledger.entry(record)

    assert isinstance(entry.thing, Storm)
    assert (entry.thing.problems, entry.thing.tellings) == (500, 600)


def test_the_rows_hold_every_problem(world):
    storm(world)
    world.run(30)
    world.tell(alert("p3", n=2, kind="kind 3", severity=Severity.MEDIUM))  # on its way back into the digest
    [record] = [each for each in world.store.records.values() if each.id.startswith("storm-")]
    found = rows(all_rows(world.ledger, world.ledger.entry(record).thing))

    assert {row["key"] for row in found} == {f"p{n}" for n in range(500)}


def test_a_calm_storm_is_marked_as_over_and_the_next_one_gets_its_own_digest(world):
    storm(world)
    world.run(15 * 60)
    assert digest(world).view.over

    world.tell(*(alert(f"q{n}", severity=Severity.MEDIUM) for n in range(100)))
    world.run(30)
    posts = [each for each in world.channels.posts(CHANNEL) if "digest" in each.view.title]
    assert len(posts) == 2


def test_a_single_one_after_a_storm_is_posted_by_itself(world):
    storm(world)
    world.run(60)
    world.tell(alert("alone"))
    world.run(5)

    assert world.channels.posts(CHANNEL)[-1].view.title == "A key of alone is used through Tor"


def test_a_problem_in_a_digest_that_becomes_critical_is_posted(world):
    storm(world)
    world.run(30)
    world.tell(alert("p7", n=2, severity=Severity.CRITICAL))
    world.run(5)

    assert world.channels.posts(CHANNEL)[-1].view.severity is Severity.CRITICAL


def test_a_digest_is_edited_no_more_than_a_channel_takes(world):
    for n in range(60):
        world.tell(*(alert(f"s{n}-{m}", severity=Severity.MEDIUM) for m in range(20)))
        world.run(1)
    world.run(10)
    times = [at for at, what, _ in world.channels.calls if what in ("post", "update")]

    assert digest(world).view.title.startswith("1,200 problems")
    assert len(times) <= 60
