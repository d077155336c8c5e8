"""A history told newest first, each state with what came before it; what was not recorded is a gap."""

from dataclasses import replace
from datetime import timedelta

from bot.core.configuration.recorder import Recorder
from bot.core.configuration.revision import Gap
from bot.core.configuration.timeline import gaps, revisions
from bot.core.configuration.words import lines
from bot.core.text import plain
from tests.core.configuration.items import GROUP, NOON, PLACE, group, item, rule

CLOSED, OPEN = rule(cidrs=["10.0.0.0/8"]), rule(cidrs=["0.0.0.0/0"])
ON = Recorder(PLACE, recording=True, all_types=True)


def at(minute):
    return NOON + timedelta(minutes=minute)


def told(found):
    return [
        (one.item.state_id, one.before and one.before.state_id, len(one.changes), len(one.flags))
        for one in found
    ]


def test_each_item_is_compared_with_the_one_before_it():
    items = [group(CLOSED, minute=2), group(OPEN, minute=1)]

    assert told(revisions(items, group(CLOSED, minute=0), from_the_start=False)) == [
        (2, 1, 2, 0),
        (1, 0, 2, 1),
    ]


def test_items_come_in_any_order_and_those_of_one_moment_by_their_number():
    first, second = (replace(group(held, minute=1), state_id=n) for n, held in ((1, CLOSED), (2, OPEN)))
    last = group(CLOSED, minute=2, state_id=9)
    told_so = [(9, 2, 2, 0), (2, 1, 2, 1), (1, None, 0, 0)]

    assert told(revisions([first, second, last], None, from_the_start=True)) == told_so
    assert told(revisions([second, last, first], None, from_the_start=True)) == told_so


def test_the_first_item_there_is_has_no_diff():
    (only,) = revisions([group(CLOSED, minute=1)], None, from_the_start=True)

    assert (only.before, only.changes, only.before_unread) == (None, (), False)


def test_a_new_group_that_is_open_is_flagged_and_one_whose_past_was_not_read_is_not():
    opened = group(OPEN, minute=1, status="ResourceDiscovered")

    assert told(revisions([opened], None, from_the_start=True)) == [(1, None, 0, 1)]
    (unread,) = revisions([opened], None, from_the_start=False)
    assert (unread.before_unread, unread.flags) == (True, ())


def test_a_deletion_has_the_last_state_before_it():
    gone, again = item(status="ResourceDeleted", minute=2), group(OPEN, minute=3)
    third, second, _ = revisions([again, gone, group(CLOSED, minute=1)], None, from_the_start=True)

    assert (second.changes[0].path, second.changes[0].kind) == ((), "removed")
    assert second.changes[0].before["configuration"]["ipPermissions"] != {}
    assert (third.changes[0].path, third.changes[0].kind, len(third.flags)) == ((), "added", 1)


def test_what_changed_while_it_was_not_recorded_is_told_of_the_next_item():
    items = [group(OPEN, minute=3), item(status="ResourceNotRecorded", minute=2), group(CLOSED, minute=1)]

    assert told(revisions(items, None, from_the_start=True)) == [(3, 1, 2, 1), (2, 1, 0, 0), (1, None, 0, 0)]


def test_an_older_item_without_a_state_is_as_if_it_had_not_been_read():
    older = item(status="ResourceNotRecorded", minute=0)
    (only,) = revisions([group(OPEN, minute=1)], older, from_the_start=False)

    assert (only.before, only.before_unread) == (None, True)


def test_no_items_are_no_revisions():
    assert revisions([], None, from_the_start=True) == ()


def test_a_type_that_was_left_out_is_a_gap_until_the_next_state():
    items = [group(minute=9), item(status="ResourceNotRecorded", minute=5), group(minute=1)]

    assert gaps(items, ON) == (Gap(at(5), at(9), "the recorder left this type out"),)
    assert gaps(items[1:], ON) == (Gap(at(5), None, "the recorder left this type out"),)


def test_what_is_deleted_while_it_is_not_recorded_leaves_no_gap():
    assert gaps([item(status="ResourceDeletedNotRecorded", minute=5), group(minute=1)], ON) == ()


def test_a_stopped_recorder_is_a_gap_up_to_now_or_to_its_start():
    stopped = replace(ON, recording=False, stopped_at=at(5))
    running = replace(ON, stopped_at=at(5), started_at=at(7))

    assert gaps([group(minute=1)], stopped) == (Gap(at(5), None, "the recorder is stopped"),)
    assert gaps([group(minute=8)], running) == (Gap(at(5), at(7), "the recorder was stopped"),)
    assert gaps([group(minute=1)], replace(running, started_at=at(2))) == ()


def test_a_type_that_is_left_out_now_and_config_that_is_off_are_gaps_since_the_last_item():
    without = replace(ON, all_types=False)

    assert gaps([group(minute=1)], without) == (Gap(at(1), None, "the recorder leaves this type out now"),)
    assert gaps([group(minute=1)], replace(ON, there=False)) == (
        Gap(at(1), None, "Config is switched off here"),
    )
    assert gaps([item(GROUP, status="ResourceDeleted", minute=1)], without) == ()


def test_a_gap_within_another_is_not_told():
    items = [
        item(status="ResourceNotRecorded", minute=6),
        item(status="ResourceNotRecorded", minute=3),
        group(minute=1),
    ]

    assert [gap.since for gap in gaps(items, replace(ON, recording=False, stopped_at=at(4)))] == [at(3)]


def test_a_recorder_that_would_not_say_is_no_gap():
    assert gaps([group(minute=1)], replace(ON, recording=None, refused="no")) == ()
    assert gaps([group(minute=1)], None) == ()


def test_what_changed_around_a_configuration_that_cant_be_read_is_told_of_the_next_state():
    first, garbage = group(minute=1), item(configuration='{"ipPerm', minute=2)
    third = group(rule(cidrs=["0.0.0.0/0"]), minute=3)
    opened, broken, _ = revisions([third, garbage, first], None, from_the_start=True)

    assert plain(lines(broken.changes, GROUP)[0]) == (
        'configuration can’t be read and stands as it came: {"ipPerm'
    )
    assert (opened.before, [flag.code for flag in opened.flags]) == (first, ["open-to-the-internet"])
    assert [one.path[-1] for one in opened.changes] == ["0.0.0.0/0"]
    assert gaps([third, garbage, first], None) == ()


def test_where_nothing_before_it_can_be_read_it_is_said_that_it_can_be_read_again():
    state, _ = revisions([group(minute=2), item(configuration="?", minute=1)], None, from_the_start=True)

    assert [plain(one) for one in lines(state.changes, GROUP)] == ["configuration can be read again"]
