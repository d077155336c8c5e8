"""A request to fix a bucket: in whatever order people press, it is applied at most once, and never by one alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.approval.change import Change
from bot.core.approval.request import Came, FixRequest, approved, done, refused, stopped, undoing
from bot.core.approval.told import next_move, post
from bot.core.buttons import Act
from bot.core.kept import fingerprint, keep
from bot.core.problem import Mark
from bot.core.public.bucket import Bucket
from bot.core.sections import Verbatim
from bot.core.text import Added, plain
from bot.core.told import Edit, Later, Send
from bot.errors import BadRequest, Forbidden, NoroshiError
from bot.pipeline.filing import recall

AT = datetime(2026, 11, 25, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
BUCKET = Bucket("acme-archive", "111122223333", "eu-west-1")
CHANGE = Change(
    "block",
    None,
    '{"RestrictPublicBuckets": true}',
    "turn on RestrictPublicBuckets",
    ("partners lose it",),
    ((Added("+ RestrictPublicBuckets is on"),),),
    "It is not public.",
    "Who reads it now: /trail who-accessed.",
)
MIKA, BEN = "U0MIKA", "U0BEN"
CLOSED, SEEN = Came("It is not public.", closed=True), Came("")


def mark(user, minutes=1):
    return Mark(user, user.lower(), AT + timedelta(minutes=minutes))


def asked():
    now = "It is public: everybody may read."
    return FixRequest("fix-1", "#security", BUCKET, CHANGE, "a partner left", mark(MIKA, 0), AT + HOUR, now)


def test_somebody_else_approves():
    request = approved(asked(), mark(BEN))

    assert (request.state, request.decided.user_id) == ("applying", BEN)


def test_who_asked_may_not_approve():
    with pytest.raises(Forbidden):
        approved(asked(), mark(MIKA))


def test_nobody_approves_when_its_time_is_over():
    with pytest.raises(BadRequest):
        approved(asked(), mark(BEN, 60))


@pytest.mark.parametrize("request_", [approved(asked(), mark(BEN)), refused(asked(), mark(BEN))])
def test_what_is_decided_is_decided_once(request_):
    for step in (approved, refused):
        with pytest.raises(BadRequest):
            step(request_, mark("U0ELENA", 2))


def test_it_is_taken_back_for_a_while_only_and_only_when_it_was_applied():
    applied = done(approved(asked(), mark(BEN)), CLOSED, AT + timedelta(minutes=2), HOUR)

    assert undoing(applied, mark(BEN, 10)).state == "undoing"
    for request, minutes in ((applied, 62), (asked(), 5), (stopped(applied, "x"), 5)):
        with pytest.raises(BadRequest):
            undoing(request, mark(BEN, minutes))


STEPS = st.tuples(
    st.sampled_from(["approve", "refuse", "undo", "finish", "fail"]),
    st.sampled_from([MIKA, BEN]),
    st.integers(0, 200),
)


@given(st.lists(STEPS, max_size=25))
def test_in_any_order_it_is_applied_at_most_once_by_another_in_time(steps):
    request, applications, minutes = asked(), 0, 0
    for what, user, later in steps:
        minutes += later
        before = request
        try:
            match what:
                case "approve":
                    request = approved(request, mark(user, minutes))
                    applications += 1
                    assert user != MIKA
                    assert minutes < 60
                case "refuse":
                    request = refused(request, mark(user, minutes))
                case "undo":
                    request = undoing(request, mark(user, minutes))
                    assert before.state == "applied"
                case "finish" if request.is_changing:
                    request = done(request, SEEN, AT + timedelta(minutes=minutes), HOUR)
                case "fail" if request.is_changing:
                    request = stopped(request, "AWS said no")
        except NoroshiError:
            assert request is before
    assert applications <= 1


def labels(request, minutes):
    view = post(request, AT + timedelta(minutes=minutes))
    return [each.label for each in view.buttons if isinstance(each, Act)]


def said(request, minutes=1):
    view = post(request, AT + timedelta(minutes=minutes))
    return "\n".join(
        [
            view.title,
            *(plain(line) for part in view.sections if not isinstance(part, Verbatim) for line in part.lines),
        ]
    )


def test_the_post_says_what_it_does_what_it_costs_and_why_and_who_may_still_press():
    assert said(asked()).startswith("u0mika asks to fix the bucket acme-archive\n")
    assert "Now: It is public: everybody may read." in said(asked())
    assert "turn on RestrictPublicBuckets" in said(asked())
    assert "+ RestrictPublicBuckets is on" in said(asked())
    assert "eu-west-1 · asked by u0mika" in said(asked())
    assert "Then: It is not public." in said(asked())
    assert "partners lose it" in said(asked())
    assert "Look first: Who reads it now: /trail who-accessed." in said(asked())
    assert "Then:" not in said(approved(asked(), mark(BEN)))
    assert "a partner left" in said(asked())
    assert labels(asked(), 1) == ["Approve", "Refuse"]
    assert labels(asked(), 60) == []
    assert said(asked(), 60).startswith(
        "Nobody approved the fix of acme-archive in time: nothing is changed\n"
    )


def test_the_first_line_says_what_came_of_it():
    applying = approved(asked(), mark(BEN))
    applied = done(applying, CLOSED, AT, HOUR)
    back = undoing(applied, mark("U0ELENA"))

    for request, words in (
        (refused(asked(), mark(BEN)), "u0ben refused it: acme-archive is not changed."),
        (applying, "u0ben approved it: acme-archive is being changed…"),
        (applied, "u0ben approved it: acme-archive is changed. It is not public."),
        (stopped(applying, "It was changed."), "The fix of acme-archive stopped. It was changed."),
        (back, "u0elena takes the fix of acme-archive back…"),
        (done(back, SEEN, AT, HOUR), "u0elena took it back: acme-archive is as it was."),
        (
            stopped(back, "AWS refused."),
            "u0ben approved it: acme-archive is changed. u0elena could not take it back. AWS refused.",
        ),
    ):
        assert post(request, AT).title == words
        assert post(request, AT).over == ("It is not public." in words)


@pytest.mark.parametrize(
    ("came", "over"),
    [
        (Came("Nobody gets in any more.", closed=True), True),
        (Came("It is not public. But S3 says otherwise."), False),
        (Came("It is still public: everybody may read."), False),
    ],
)
def test_a_fix_is_over_where_the_bucket_is_known_to_be_closed_by_it_whatever_the_words(came, over):
    applied = done(approved(asked(), mark(BEN)), came, AT, HOUR)

    assert post(applied, AT).over == over
    assert not post(done(undoing(applied, mark(BEN)), CLOSED, AT, HOUR), AT).over


def test_a_fix_on_record_from_before_that_was_kept_is_over_where_its_words_say_so():
    kept = keep(done(approved(asked(), mark(BEN)), CLOSED, AT, HOUR))
    del kept["closed"]

    before = recall(kept)

    assert post(before, AT).over
    assert not post(replace(before, came="It is still public: everybody may read."), AT).over


def test_what_the_first_line_has_no_room_for_stands_below_it():
    refused_by_aws = stopped(approved(asked(), mark(BEN)), "AWS refused: " + "x" * 200)

    view = post(refused_by_aws, AT)

    assert view.title == "The fix of acme-archive stopped."
    assert said(refused_by_aws).splitlines()[1] == refused_by_aws.came


def test_the_exact_value_stands_on_the_post_until_it_is_decided():
    exact = replace(asked(), change=replace(CHANGE, exact='{"Sid": "x"}'))

    assert Verbatim('{"Sid": "x"}') in post(exact, AT).sections
    assert Verbatim('{"Sid": "x"}') not in post(approved(exact, mark(BEN)), AT).sections


def test_what_differs_is_cut_where_it_is_long_and_says_so():
    long = replace(CHANGE, shown=tuple((f"line {n}",) for n in range(30)))

    assert "  line 11\n  … and 18 more\n" in said(replace(asked(), change=long))


def test_what_could_not_be_taken_back_stays_applied():
    applied = done(approved(asked(), mark(BEN)), SEEN, AT, HOUR)

    again = stopped(undoing(applied, mark(BEN)), "AWS refused.")

    assert (again.state, again.undo_until) == ("applied", applied.undo_until)
    assert undoing(again, mark(BEN, 2)).state == "undoing"


def test_the_post_of_one_that_was_applied_can_be_undone_for_a_while():
    applied = done(approved(asked(), mark(BEN)), CLOSED, AT + timedelta(minutes=2), HOUR)

    assert "u0ben approved it: acme-archive is changed. It is not public." in said(applied)
    assert labels(applied, 3) == ["Undo"]
    assert labels(applied, 62) == []


def moves(request, minutes):
    """What is told from then on, in order, as long as something is told at once; and the request as told by then."""
    found = []
    while True:
        now = AT + timedelta(minutes=minutes)
        move = next_move(request, now)
        found.append(move)
        told = request.told
        match move:
            case Send("post"):
                told = told.begun("t", move, now).stands("1.0")
            case Send():
                told = told.begun("t", move, now).stands("2.0")
            case Edit():
                told = told.edited(move.view, now)
            case _:
                return found, request

        request = replace(request, told=told)


def test_it_is_posted_waits_for_its_end_and_then_shows_it():
    found, posted = moves(asked(), 1)
    assert isinstance(found[0], Send)
    assert found[1] == Later(AT + HOUR)

    ended, _ = moves(posted, 60)
    assert isinstance(ended[0], Edit)
    assert ended[1] is None


def test_what_came_of_it_is_answered_once_and_taking_back_once_more():

    _, posted = moves(asked(), 1)
    applied = done(approved(posted, mark(BEN)), SEEN, AT, HOUR)
    answered, shown = moves(applied, 2)
    assert [type(each) for each in answered] == [Edit, Send, Later]

    undone = done(undoing(shown, mark(BEN, 3)), SEEN, AT, HOUR)
    again, last = moves(undone, 4)
    assert [type(each) for each in again] == [Edit, Send, type(None)]
    assert next_move(last, AT) is None
    assert fingerprint(post(last, AT)) == last.told.shown
