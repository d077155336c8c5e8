"""A fix on record: read just before, put once, put back exactly, and never a second time after a crash."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.problem import Mark
from bot.errors import AccessDenied, BadRequest, Forbidden, Upstream
from bot.pipeline.fixing import Fixing
from tests.pipeline.small_fix import BUCKET, Settings
from tests.pipeline.world import CHANNEL, World

MIKA, BEN = "U0MIKA", "U0BEN"


class Bench:
    def __init__(self):
        self.world = World()
        self.settings = Settings()
        self.fixing = self.replica()

    def replica(self):
        return Fixing(
            self.world.ledger, self.settings, self.settings.look, lambda _channel: None, timedelta(hours=1)
        )

    def mark(self, user):
        return Mark(user, user.lower(), self.world.now())

    def ask(self):
        return self.fixing.ask("block", BUCKET, "a partner left", self.mark(MIKA), CHANNEL)

    def state(self, request):
        return self.world.ledger.find(request.id).thing


@pytest.fixture
def bench():
    return Bench()


def test_nothing_is_changed_before_another_approves(bench):
    request = bench.ask()

    assert bench.settings.puts == []
    with pytest.raises(Forbidden):
        bench.fixing.apply(request.id, bench.mark(MIKA))
    assert bench.settings.puts == []


def test_the_approved_change_is_put_and_the_verdict_told(bench):
    request = bench.ask()

    ended = bench.fixing.apply(request.id, bench.mark(BEN))

    assert ended.state == "applied"
    assert ended.came == "It is not public."
    ((setting, value),) = bench.settings.puts
    assert (setting, json.loads(value)["RestrictPublicBuckets"]) == ("block", True)


def test_two_approvers_at_once_change_it_once(bench):
    request = bench.ask()
    bench.fixing.apply(request.id, bench.mark(BEN))

    with pytest.raises(BadRequest):
        bench.replica().apply(request.id, bench.mark("U0ELENA"))

    assert len(bench.settings.puts) == 1


def test_what_was_changed_meanwhile_is_left_as_it_is(bench):
    request = bench.ask()
    bench.settings.values["block"] = json.dumps({"BlockPublicAcls": True})

    ended = bench.fixing.apply(request.id, bench.mark(BEN))

    assert (ended.state, bench.settings.puts) == ("stopped", [])
    assert "changed meanwhile" in ended.came


def test_undo_puts_back_exactly_what_was_there(bench):
    bench.settings.values["block"] = was = json.dumps({"IgnorePublicAcls": True, "BlockPublicAcls": False})
    request = bench.ask()
    bench.fixing.apply(request.id, bench.mark(BEN))

    ended = bench.fixing.undo(request.id, bench.mark(BEN))

    assert (ended.state, bench.settings.values["block"]) == ("undone", was)
    assert "still public" in ended.came


def test_undo_leaves_what_somebody_changed_since(bench):
    request = bench.ask()
    bench.fixing.apply(request.id, bench.mark(BEN))
    bench.settings.values["block"] = json.dumps({"BlockPublicAcls": True})

    ended = bench.fixing.undo(request.id, bench.mark(BEN))

    assert ended.state == "applied"
    assert len(bench.settings.puts) == 1


def test_undo_ends_with_its_hour(bench):
    request = bench.ask()
    bench.fixing.apply(request.id, bench.mark(BEN))
    bench.world.time += timedelta(minutes=61)

    with pytest.raises(BadRequest):
        bench.fixing.undo(request.id, bench.mark(BEN))


@pytest.mark.parametrize(
    "error",
    [AccessDenied("AWS refused.", "Allow s3:PutBucketPublicAccessBlock.", action="x"), Upstream("Away.", "")],
)
def test_what_aws_refuses_is_told_and_changes_nothing(bench, error):
    request = bench.ask()
    bench.settings.fails = error

    ended = bench.fixing.apply(request.id, bench.mark(BEN))

    assert ended.state == "stopped"
    assert error.message in ended.came
    assert "Nothing is changed" in ended.came


def test_what_aws_shows_late_counts_as_done(bench):
    request = bench.ask()
    read = bench.settings.read

    def late(bucket, setting):
        return read(bucket, setting) if len(bench.settings.puts) == 0 else bench.settings.old[setting]

    bench.settings.read = late
    ended = bench.fixing.apply(request.id, bench.mark(BEN))

    assert (ended.state, ended.came) == ("applied", "S3 does not show it yet: look again in a minute.")


@pytest.mark.parametrize(("put", "state"), [(True, "applied"), (False, "stopped")])
def test_a_crash_in_between_is_told_as_what_is_true_and_nothing_is_put_again(bench, put, state):
    request = bench.ask()
    bench.fixing._begin(
        request.id,
        lambda known: replace(known, state="applying", decided=bench.mark(BEN), began=bench.world.now()),
    )
    if put:
        bench.settings.values["block"] = request.change.after

    bench.replica().mend()
    assert bench.state(request).state == "applying"
    bench.world.time += timedelta(minutes=3)
    bench.replica().mend()

    assert bench.state(request).state == state
    assert "stopped in the middle" in bench.state(request).came or put
    assert bench.settings.puts == []


def test_a_bucket_that_is_closed_needs_no_fix(bench):
    bench.settings.values["block"] = json.dumps({"RestrictPublicBuckets": True})

    with pytest.raises(BadRequest):
        bench.ask()


def test_the_request_and_what_came_of_it_stand_in_the_channel(bench):
    request = bench.ask()
    bench.world.run(10)
    bench.fixing.apply(request.id, bench.mark(BEN))
    bench.world.run(10)

    (post,) = bench.world.channels.posts(CHANNEL)
    (answer,) = bench.world.channels.replies(post.ts)
    assert post.view.title == "u0mika asks to fix the bucket acme-archive"
    assert answer.view.title == "u0ben approved it: acme-archive is changed. It is not public."
