"""How CloudTrail is asked for the authors of revisions; and that no failure of it loses the history."""

from datetime import timedelta
from itertools import pairwise

import pytest

from bot.core.configuration.item import Resource
from bot.core.coverage.history import EVENT_HISTORY
from bot.core.span import Span
from bot.core.view import Caveat
from bot.errors import AccessDenied, Costly, Forbidden, NotConfigured, NotFound, QueryFailed, Throttled
from bot.trail.authorship import authors
from tests.trail.authorship.asking import ask, silent
from tests.trail.authorship.making import (
    AT,
    GROUP,
    NOW,
    PLACE,
    Engine,
    done,
    item,
    minutes,
    named,
    opened,
    revision,
    row,
    rule,
)


@pytest.mark.parametrize(
    "error",
    [
        AccessDenied("Athena refused.", "Add it.", action="athena:StartQueryExecution"),
        Costly("It would read 40 GB.", "Ask again with --up-to 1.", usd=0.2, bytes=1),
        Forbidden("Too dear.", "Narrow it."),
        NotConfigured("No table.", "noroshi setup trail"),
        NotFound("No files.", "Set a place."),
        QueryFailed("It took too long.", "Ask for less."),
        Throttled("Slow down.", "Again later."),
    ],
    ids=lambda one: type(one).__name__,
)
def test_a_failure_of_the_engine_leaves_the_history_and_says_how_to_go_on(error):
    found = authors(GROUP, (opened(), opened()), Engine(error), silent, now=NOW)

    (caveat,) = found.caveats
    assert [one.confidence for one in found.actors] == ["unknown", "unknown"]
    assert all(error.message in one.reason for one in found.actors)
    assert caveat.code == "authors-not-asked"
    assert error.message in caveat.message
    assert error.hint in caveat.message


def test_a_failure_behind_a_role_leaves_who_called():
    session = "arn:aws:sts::111122223333:assumed-role/ops/x"
    by_role = row(
        request=rule(),
        who=session,
        principal_type="AssumedRole",
        access_key="ASIAEXAMPLE000000001",
        session_name="x",
    )
    engine = Engine([by_role], QueryFailed("It took too long."))

    found = authors(GROUP, (opened(),), engine, silent, now=NOW)

    assert (found.actors[0].confidence, found.actors[0].principal, found.actors[0].human) == (
        "exact",
        session,
        None,
    )
    assert [one.code for one in found.caveats] == ["humans-not-asked"]


def test_nothing_to_look_at_asks_nothing():
    engine = Engine()

    assert authors(GROUP, (), engine, silent, now=NOW).actors == ()
    assert not engine.asked


def test_all_revisions_are_one_statement_over_their_hull():
    engine = Engine()
    revisions = tuple(opened(at=AT - timedelta(days=days)) for days in range(9))

    found = authors(GROUP, revisions, engine, silent, now=NOW)

    (query,) = engine.asked
    assert len(found.actors) == 9
    assert query.span.since <= AT - timedelta(days=8) - minutes(60)
    assert AT < query.span.until <= AT + minutes(2)
    assert query.relation.accounts == ("111122223333",)
    assert query.relation.regions == ("eu-west-1",)
    assert query.lookup.key == "ResourceName"
    assert {"sg-0abc", "web"} <= set(query.lookup.values)
    assert len(found.receipts) == 1


def test_iam_is_looked_for_where_it_is_recorded():
    role = Resource("AWS::IAM::Role", "AROAEXAMPLE", PLACE, "app", "arn:aws:iam::111122223333:role/app")
    engine = Engine()

    authors(role, (opened(),), engine, silent, now=NOW)

    assert engine.asked[0].relation.regions == ("us-east-1", "eu-west-1")


def test_the_event_history_is_asked_for_the_recorder_apart():
    """It finds by one attribute alone; and it holds ninety days."""
    engine = Engine([row(request=rule())], [], caveats=(Caveat(EVENT_HISTORY, "no table"),))

    found = authors(GROUP, (opened(),), engine, silent, now=NOW)

    assert [one.lookup.key for one in engine.asked] == ["ResourceName", "EventName"]
    assert found.actors[0].confidence == "exact"
    assert len(found.receipts) == 2
    late = authors(
        GROUP,
        (opened(),),
        Engine([row(request=rule())], [], caveats=engine.caveats),
        silent,
        now=NOW + timedelta(days=90),
    )
    assert late.actors[0].confidence == "likely"


def test_the_order_and_number_of_actors_is_that_of_the_revisions():
    newer = revision(item(at=AT), item(at=AT + minutes(60), tags={"Team": "a"}))

    found = ask(newer, opened(), rows=[row(request=rule())])

    assert [one.confidence for one in found.actors] == ["unknown", "exact"]


def test_names_with_quotes_are_no_needles():
    engine = Engine()
    odd = named(GROUP, name='we"b')

    authors(odd, (opened(),), engine, silent, now=NOW)

    assert engine.asked[0].needles == ()
    assert done(row(request={"groupId": "sg-0abc"}), resource=odd)


def test_the_event_history_is_read_back_to_the_changes_shown_and_for_the_recorder_all_of_the_window():
    """A month of a busy group is thousands of calls, at two pages a second; twenty changes are of a few hours."""
    engine = Engine(caveats=(Caveat(EVENT_HISTORY, "no table"),))
    month = Span(NOW - timedelta(days=30), NOW)
    states = [item(at=AT - minutes(30 * number)) for number in range(3)]

    authors(GROUP, [revision(old, new) for new, old in pairwise(states)], engine, silent, now=NOW, seen=month)

    of_resource, of_recorder = engine.asked
    assert of_resource.lookup.key == "ResourceName"
    assert timedelta(minutes=30) < AT - of_resource.lookup.since < timedelta(hours=12)
    assert (of_recorder.lookup.key, of_recorder.lookup.since) == ("EventName", None)
    assert of_recorder.span.since == month.since
