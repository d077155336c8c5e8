"""A fix on record: read just before, put once, put back exactly, and never a second time after a crash."""

import json
from datetime import timedelta

import pytest

from bot.core.approval.request import approved, undoing
from bot.core.problem import Mark
from bot.errors import AccessDenied, BadRequest, Forbidden, Upstream
from bot.pipeline import audit
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
    assert ended.came == "It is public: everybody may read."


def test_undo_leaves_what_somebody_changed_since(bench):
    request = bench.ask()
    bench.fixing.apply(request.id, bench.mark(BEN))
    bench.settings.values["block"] = json.dumps({"BlockPublicAcls": True})

    ended = bench.fixing.undo(request.id, bench.mark(BEN))

    assert ended.state == "applied"
    assert "u0ben could not take it back. It was changed meanwhile" in ended.came
    assert len(bench.settings.puts) == 1


def test_an_undo_that_aws_refuses_leaves_it_applied_and_can_be_tried_again(bench):
    request = bench.ask()
    bench.fixing.apply(request.id, bench.mark(BEN))
    bench.settings.fails = AccessDenied("AWS refused.", "Allow it.", action="s3:PutBucketPublicAccessBlock")

    ended = bench.fixing.undo(request.id, bench.mark(BEN))
    assert ended.state == "applied"
    assert ended.came == "u0ben could not take it back. AWS refused. Allow it. It is as the fix left it."

    bench.settings.fails = None
    assert bench.fixing.undo(request.id, bench.mark(BEN)).state == "undone"


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


def test_what_s3_no_longer_lets_be_read_was_changed_all_the_same(bench):
    request = bench.ask()
    put = bench.settings.put

    def then_refuse(*words):
        put(*words)
        bench.settings.read = refuse

    def refuse(*_words):
        raise AccessDenied("AWS refused.", "Allow it.", action="s3:GetBucketPublicAccessBlock")

    bench.settings.put = then_refuse
    ended = bench.fixing.apply(request.id, bench.mark(BEN))

    assert (ended.state, ended.came) == ("applied", "S3 took it; reading it again failed: AWS refused.")


def test_what_somebody_else_changes_at_the_same_time_is_told(bench):
    request = bench.ask()
    put = bench.settings.put

    def and_another(*words):
        put(*words)
        bench.settings.values["block"] = json.dumps({"BlockPublicAcls": True})

    bench.settings.put = and_another
    ended = bench.fixing.apply(request.id, bench.mark(BEN))

    assert ended.state == "applied"
    assert ended.came.startswith("S3 shows something else by now")


def begun(bench, request):
    """Approved, and then the process died."""
    return bench.fixing._begin(request.id, lambda known: approved(known, bench.mark(BEN)))


@pytest.mark.parametrize(("put", "state"), [(True, "applied"), (False, "stopped")])
def test_a_crash_in_between_is_told_as_what_is_true_and_nothing_is_put_again(bench, put, state):
    request = bench.ask()
    begun(bench, request)
    if put:
        bench.settings.values["block"] = request.change.after

    bench.replica().mend()
    assert bench.state(request).state == "applying"
    bench.world.time += timedelta(minutes=4)
    bench.replica().mend()

    assert bench.state(request).state == state
    assert "stopped in the middle" in bench.state(request).came or put
    assert bench.settings.puts == []
    (pressed,) = audit.presses(bench.world.store, bench.world.time - timedelta(hours=1), 9)
    assert (pressed["user_id"], pressed["act"]) == (BEN, "approve-fix")
    assert pressed["result"].startswith(f"broke off; {state}: ")


def test_a_crash_while_it_is_taken_back_is_told_as_what_is_true(bench):
    request = bench.ask()
    bench.fixing.apply(request.id, bench.mark(BEN))
    bench.fixing._begin(request.id, lambda known: undoing(known, bench.mark(BEN)))

    bench.world.time += timedelta(minutes=4)
    bench.replica().mend()

    assert bench.state(request).state == "applied"
    assert "It is as the fix left it." in bench.state(request).came
    assert bench.fixing.undo(request.id, bench.mark(BEN)).state == "undone"


def test_one_who_looks_too_early_forgets_nothing(bench):
    request = bench.ask()
    step = approved

    def looked_at_meanwhile(known):
        bench.replica().mend()
        return step(known, bench.mark(BEN))

    bench.fixing._begin(request.id, looked_at_meanwhile)
    bench.world.time += timedelta(minutes=4)
    bench.replica().mend()

    assert bench.state(request).state == "stopped"


def test_one_who_was_held_up_puts_nothing_any_more(bench):
    request = bench.ask()
    read = bench.settings.read

    def slow(*words):
        bench.world.time += timedelta(minutes=2)
        return read(*words)

    bench.settings.read = slow
    ended = bench.fixing.apply(request.id, bench.mark(BEN))

    assert (ended.state, bench.settings.puts) == ("stopped", [])
    assert "took too long" in ended.came


@pytest.mark.parametrize("back", [False, True])
def test_what_was_done_counts_though_another_took_it_for_broken_off(bench, back):
    request = bench.ask()
    if back:
        bench.fixing.apply(request.id, bench.mark(BEN))
    put = bench.settings.put

    def frozen(*words):
        bench.world.time += timedelta(minutes=4)
        bench.replica().mend()
        put(*words)

    bench.settings.put = frozen
    ended = (bench.fixing.undo if back else bench.fixing.apply)(request.id, bench.mark(BEN))

    assert ended.state == ("undone" if back else "applied")
    assert bench.state(request) == ended


def test_a_bucket_that_is_closed_needs_no_fix(bench):
    bench.settings.values["block"] = json.dumps({"RestrictPublicBuckets": True})

    with pytest.raises(BadRequest):
        bench.ask()


def test_the_request_and_what_came_of_it_stand_in_the_channel(bench):
    request = bench.ask()
    bench.world.run(10)
    asked = bench.world.channels.posts(CHANNEL)[0].view.title
    bench.fixing.apply(request.id, bench.mark(BEN))
    bench.world.run(10)

    (post,) = bench.world.channels.posts(CHANNEL)
    (answer,) = bench.world.channels.replies(post.ts)
    assert asked == "u0mika asks to fix the bucket acme-archive"
    assert post.view.title == "u0ben approved it: acme-archive is changed. It is not public."
    assert answer.view.title == post.view.title
