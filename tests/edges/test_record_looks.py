"""What the bot's own record says: the worst that nobody acknowledged, what is deaf, what waits, what was pressed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.approval.change import Change
from bot.core.approval.request import FixRequest, refused
from bot.core.glance import RecentPress, Waiting
from bot.core.problem import Mark, problem_id
from bot.core.public.bucket import Bucket
from bot.core.severity import Severity
from bot.edges.record_looks import Record, problems
from bot.errors import Upstream
from bot.pipeline import audit
from bot.pipeline.ledger import Entry
from tests.pipeline.world import CHANNEL, FALLBACK, START, World, alert

BEN, MIKA = Mark("U2", "Ben", START), Mark("U1", "Mika", START)
BUCKET = Bucket("acme-web", "111122223333", "eu-west-1")
HOUR = timedelta(hours=1)


@pytest.fixture
def world():
    return World(remind_after=None, mention_after=None)


def seen(world):
    record = Record(world.ledger, [CHANNEL, FALLBACK], ["guardduty"], lambda channel, ts: f"{channel}/{ts}")
    return problems(record).value


def asked(world, name="fix-1", **parts):
    change = Change("block", None, "{}", "turn on what closes it", (), (), "")
    request = FixRequest(name, CHANNEL, BUCKET, change, "it leaks", BEN, world.now() + HOUR, **parts)
    world.ledger.write(Entry(request, 0))
    return request


def test_the_worst_that_nobody_acknowledged_stand_first_and_lead_to_their_posts(world):
    critical = alert("port", severity=Severity.CRITICAL)
    world.tell(
        alert("one"), critical, alert("seen", severity=Severity.CRITICAL), *(alert(f"p{n}") for n in range(6))
    )
    world.run(60)
    world.ledger.amend(problem_id("seen"), lambda each: replace(each, acknowledged=MIKA))

    found = seen(world).worst
    assert (found[0].title, found[0].where) == ("A key of port is used through Tor", "111122223333")
    assert found[0].link == f"{CHANNEL}/{world.ledger.find(problem_id('port')).thing.told.ts}"
    assert len(found) == 5
    assert "A key of seen" not in str(found)


def test_a_problem_without_a_post_has_no_link(world):
    world.tell(alert("one"))

    assert seen(world).worst[0].link == ""


def test_what_the_bot_says_of_itself_is_what_it_can_not_hear(world):
    deaf = [alert(f"noroshi:{n}", source="noroshi", title=f"Detector {n} is off") for n in range(7)]
    world.tell(*deaf, alert("one"))
    found = seen(world)

    assert (len(found.deaf), found.deaf_in_all) == (5, 7)
    assert [each.title for each in found.worst] == ["A key of one is used through Tor"]

    world.tell(*(replace(each, resolved=True, occurrence="well") for each in deaf))
    assert seen(world).deaf_in_all == 0


def test_what_waits_for_approval_waits_until_it_is_decided_or_over(world):
    asked(world)
    asked(world, "fix-2", state="refused")
    title = "fix of the bucket acme-web: turn on what closes it"
    assert seen(world).waiting == (Waiting(title, "Ben", START + HOUR),)

    world.run(20)
    assert seen(world).waiting[0].link.startswith(f"{CHANNEL}/")

    world.ledger.amend("fix-1", lambda request: refused(request, replace(MIKA, at=world.now())))
    assert seen(world).waiting == ()


def test_a_request_that_nobody_decided_in_time_waits_no_more(world):
    asked(world)
    world.time += HOUR

    assert seen(world).waiting == ()


def test_the_last_presses_stand_the_newest_first(world):
    for n in range(7):
        pressed = audit.Pressed("U1", "Mika", "mute-storm", f"thing {n}", CHANNEL, "done")
        audit.note(world.store, pressed, world.now() - n * HOUR)
    audit.note(world.store, audit.Pressed("U3", "", "mute", "old", CHANNEL, ""), world.now() - 30 * HOUR)

    found = seen(world).pressed
    assert found[0] == RecentPress(START, "Mika", "mute a kind", "thing 0", "done")
    assert [each.what for each in found] == [f"thing {n}" for n in range(5)]


def test_whom_slack_would_not_name_goes_by_their_id(world):
    audit.note(world.store, audit.Pressed("U3", "", "mute", "it", CHANNEL, ""), world.now())

    assert seen(world).pressed[0].by == "U3"


def test_a_store_that_fails_is_no_empty_record(world):
    world.store.failing = True
    with pytest.raises(Upstream):
        seen(world)
