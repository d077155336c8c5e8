"""In whatever order people press, others change the bucket, and processes die: what is put was approved, once, in time."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.problem import Mark
from bot.errors import NoroshiError, Upstream
from bot.pipeline.fixing import Fixing
from tests.pipeline.small_fix import BUCKET, Settings
from tests.pipeline.world import CHANNEL, World

ASKER, OTHERS, HOUR = "U0MIKA", ("U0BEN", "U0ELENA"), timedelta(hours=1)
FLAGS = '{"BlockPublicAcls": true}'


class Died(BaseException):
    """A process that is killed."""


class Deadly(Settings):
    """Settings that are put only where the record lets them be; `fate` is what befalls the next put."""

    def __init__(self, allowed):
        super().__init__()
        self.allowed, self.fate = allowed, ""

    def put(self, bucket, setting, value):
        fate, self.fate = self.fate, ""
        if fate == "dies before":
            raise Died
        if fate == "refused":
            raise Upstream("Away.", "")
        self.allowed(self.values[setting], value)
        super().put(bucket, setting, value)
        if fate == "dies after":
            raise Died
        if fate == "no answer":
            raise Upstream("No answer.", "")


class Story:
    def __init__(self):
        self.world = World()
        self.settings = Deadly(self.allowed)
        self.request = self.fixing.ask("block", BUCKET, "x", self.mark(ASKER), CHANNEL)
        self.applied = self.undone = 0

    @property
    def fixing(self):
        return Fixing(self.world.ledger, self.settings, self.settings.look, lambda _channel: None, HOUR)

    @property
    def now(self):
        return self.world.ledger.find(self.request.id).thing

    def mark(self, user):
        return Mark(user, user, self.world.now())

    def allowed(self, present, value):
        """Asked by whoever is about to put something: the record must already say why."""
        record = self.now
        if record.state == "applying":
            assert record.decided.user_id != ASKER
            assert record.decided.at < record.expires
            assert (present, value) == (self.request.change.before, self.request.change.after)
            self.applied += 1
        else:
            assert record.state == "undoing"
            assert record.undone.at < record.undo_until
            assert (present, value) == (self.request.change.after, self.request.change.before)
            self.undone += 1

    def step(self, what, user, minutes, fate):
        self.world.time += timedelta(minutes=minutes)
        self.settings.fate = fate
        match what:
            case "approve":
                self.fixing.apply(self.request.id, self.mark(user))
            case "undo":
                self.fixing.undo(self.request.id, self.mark(user))
            case "mend":
                self.fixing.mend()
            case "somebody changes it":
                self.settings.values["block"] = FLAGS


STEPS = st.tuples(
    st.sampled_from(["approve", "approve", "undo", "mend", "somebody changes it"]),
    st.sampled_from((ASKER, *OTHERS)),
    st.sampled_from([0, 1, 4, 30]),
    st.sampled_from(["", "", "dies before", "dies after", "refused", "no answer"]),
)


@given(st.lists(STEPS, max_size=15))
def test_whatever_happens_it_is_put_once_for_another_who_approved_in_time(steps):
    story = Story()
    for step in steps:
        try:
            story.step(*step)
        except (NoroshiError, Died):
            continue
        finally:
            assert story.applied <= 1
            assert story.undone <= story.applied
    story.step("mend", ASKER, 5, "")

    assert not story.now.is_changing
    if story.now.state in {"asked", "stopped"}:
        assert story.settings.values["block"] in (None, FLAGS) or not story.now.came.endswith(
            "Nothing is changed."
        )
    if story.now.state in {"applied", "undone"}:
        assert story.applied == 1


def test_the_story_can_be_told_to_its_end():
    story = Story()
    story.step("approve", "U0BEN", 1, "")
    story.step("undo", "U0ELENA", 1, "")

    assert (story.now.state, story.applied, story.undone) == ("undone", 1, 1)
