"""What is told of each revision: who, how sure, and why; and that no failure of CloudTrail loses the history."""

from datetime import timedelta
from itertools import pairwise

import pytest

from bot.core.configuration.item import Item, Related, Resource
from bot.core.configuration.revision import Revision
from bot.core.coverage.history import EVENT_HISTORY
from bot.core.span import Span
from bot.core.view import Caveat
from bot.errors import AccessDenied, Costly, Forbidden, NotConfigured, NotFound, QueryFailed, Throttled
from bot.trail.authorship import authors
from tests.trail.authorship.making import (
    ANA,
    AT,
    BO,
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
    rules,
)


def silent(_: str) -> None:
    pass


def ask(*revisions, rows=(), resource=GROUP, now=NOW, **more):
    return authors(resource, revisions, Engine(rows, **more), silent, now=now)


def only(*revisions, **more):
    return ask(*revisions, **more).actors[0]


def test_the_one_call_that_says_the_same_is_exact():
    actor = only(opened(), rows=[row(request=rule())])

    assert (actor.confidence, actor.principal, actor.tool) == ("exact", ANA, "cli")
    assert actor.reason == "AuthorizeSecurityGroupIngress says the same"
    assert (actor.event_name, actor.event_time) == ("AuthorizeSecurityGroupIngress", AT - minutes(5))
    assert (actor.source_ip, actor.human, actor.others) == ("198.51.100.7", None, 0)


def test_two_calls_that_say_the_same_are_likely_and_the_reason_tells_of_both():
    rows = [row(request=rule(), ago=5), row(request=rule(), ago=4.5, who=BO)]

    actor = only(opened(), rows=rows)

    assert (actor.confidence, actor.others) == ("likely", 1)
    assert actor.reason == "two calls in the same minute, others by bo (user)"


@pytest.mark.parametrize(
    "decoy",
    [
        row(who=BO, request=rule(port=443)),
        row(who=BO, request=rule(cidr="10.0.0.0/8")),
        row(who=BO, request=rule(group="sg-0other")),
        row("RevokeSecurityGroupIngress", who=BO, request=rule()),
        row("AuthorizeSecurityGroupEgress", who=BO, request=rule()),
        row("CreateTags", who=BO, request={"resourcesSet": {"items": [{"resourceId": "sg-0abc"}]}}),
        row(
            who=BO,
            request={
                "groupId": "sg-0other",
                "ipPermissions": {"items": [{"groups": {"items": [{"groupId": "sg-0abc"}]}}]},
            },
        ),
        row("AddPermission20150331v2", who=BO, source="lambda", request={"functionName": "sg-0abc"}),
        row(who=BO, ago=-3, request=rule()),
    ],
    ids=lambda one: f"{one['event_name']} {one['request'][:40]} {one['at']}",
)
def test_a_call_about_something_else_neither_did_it_nor_makes_it_less_sure(decoy):
    assert only(opened(), rows=[row(request=rule()), decoy]).confidence == "exact"
    assert only(opened(), rows=[decoy]).confidence == "unknown"


def test_who_took_away_what_the_other_added_is_told_apart():
    """Ana opens, Bo closes, Ana opens again, within fifteen minutes; each item is captured minutes later."""
    states = [
        item(at=AT - timedelta(days=1)),
        item(at=AT, configuration=rules((22, "0.0.0.0/0"))),
        item(at=AT + minutes(1)),
        item(at=AT + minutes(9), configuration=rules((22, "0.0.0.0/0"))),
    ]
    rows = [
        row(request=rule(), ago=6),
        row("RevokeSecurityGroupIngress", who=BO, request=rule(), ago=5),
        row(request=rule(), ago=-2, who=BO, event_id="again"),
    ]
    revisions = [revision(*pair) for pair in pairwise(states)][::-1]

    found = ask(*revisions, rows=rows)

    assert [one.confidence for one in found.actors] == ["exact"] * 3
    assert [one.principal for one in found.actors] == [BO, BO, ANA]
    assert found.actors[0].event_id == "again"


def test_a_call_before_the_previous_item_may_be_this_ones():
    """Config tells late: the item before was captured after the call, and does not hold its effect yet."""
    before = item(at=AT - minutes(2), tags={"a": "b"})
    after = item(at=AT, tags={"a": "b"}, configuration=rules((22, "0.0.0.0/0")))

    assert only(revision(before, after), rows=[row(request=rule(), ago=9)]).confidence == "exact"


def test_what_was_recorded_later_than_usual_is_likely():
    actor = only(opened(), rows=[row(request=rule(), ago=40)])

    assert (actor.confidence, actor.principal) == ("likely", ANA)
    assert actor.reason == "recorded 40 minutes after AuthorizeSecurityGroupIngress, later than usual"


def test_of_a_daily_recording_the_whole_day_comes_into_question():
    before = item(at=AT - timedelta(days=2), daily=True)
    after = item(at=AT, daily=True, configuration=rules((22, "0.0.0.0/0")))

    assert only(revision(before, after), rows=[row(request=rule(), ago=23 * 60)]).confidence == "exact"


def test_two_callers_of_one_item_are_likely_whoever_is_named():
    after = item(configuration=rules((22, "0.0.0.0/0"), (443, "0.0.0.0/0")))
    rows = [row(request=rule()), row(request=rule(port=443), who=BO)]

    actor = only(revision(item(at=AT - timedelta(days=1)), after), rows=rows)

    assert (actor.confidence, actor.others) == ("likely", 1)


def test_two_calls_of_one_caller_for_two_parts_of_it_are_exact():
    after = item(configuration=rules((22, "0.0.0.0/0"), (443, "0.0.0.0/0")))
    rows = [row(request=rule(), ago=6), row(request=rule(port=443))]

    actor = only(revision(item(at=AT - timedelta(days=1)), after), rows=rows)

    assert (actor.confidence, actor.others) == ("exact", 1)
    assert (
        actor.reason == "AuthorizeSecurityGroupIngress says the same, with one call more of the same caller"
    )


def test_a_part_that_no_call_explains_is_said():
    after = item(configuration=rules((22, "0.0.0.0/0")), tags={"Team": "a"})

    actor = only(revision(item(at=AT - timedelta(days=1)), after), rows=[row(request=rule())])

    assert actor.confidence == "likely"
    assert actor.reason.startswith("a part of it is in no call that was read")


def test_a_group_named_by_its_name_alone_may_be_another_of_that_name():
    request = {"groupName": "web"} | {key: value for key, value in rule().items() if key != "groupId"}

    actor = only(opened(), rows=[row(request=request)])
    told = only(
        opened(),
        rows=[row(request=request, response={"securityGroupRuleSet": {"items": [{"groupId": "sg-0abc"}]}})],
    )

    assert (actor.confidence, told.confidence) == ("likely", "exact")
    assert "name that others may have" in actor.reason


def test_nothing_that_fits_is_unknown_with_the_reason():
    old, young = only(opened()), only(opened(), now=AT + minutes(5))

    assert (old.confidence, old.principal) == ("unknown", None)
    assert old.reason == "no matching call: made by a service, late, or older than 90 days"
    assert young.reason == "no matching call yet: calls of the last 15 minutes may not be delivered"


def test_nothing_is_exact_while_calls_may_still_be_delivered():
    actor = only(opened(), rows=[row(request=rule())], now=AT + minutes(10))

    assert (actor.confidence, actor.principal) == ("likely", ANA)
    assert "not every call of that time could be read" in actor.reason


@pytest.mark.parametrize("code", ["history-cut", "files-skipped", "history-refused"])
def test_nothing_is_exact_where_calls_could_not_be_read(code):
    found = ask(opened(), rows=[row(request=rule())], caveats=(Caveat(code, "some are missing"),))

    assert found.actors[0].confidence == "likely"
    assert [one.code for one in found.caveats] == [code]


def test_where_more_was_found_than_is_listed_older_changes_are_not_exact():
    rows = [row(request=rule(), group_calls=9_000)]

    found = ask(opened(), rows=rows)

    assert found.actors[0].confidence == "likely"
    assert [one.code for one in found.caveats] == ["truncated"]


def test_the_first_item_is_its_making_only_where_it_was_new():
    made = row("CreateSecurityGroup", request={"groupName": "web"}, response={"groupId": "sg-0abc"})
    fresh = Revision(item(created_at=AT - minutes(5)), None, opened().difference)
    old = Revision(item(created_at=AT - timedelta(days=100)), None, opened().difference)

    assert (only(fresh, rows=[made]).confidence, only(fresh, rows=[made]).principal) == ("exact", ANA)
    assert only(fresh, rows=[made]).reason == "CreateSecurityGroup made it"
    assert only(old, rows=[made]).reason == "Config began to record it then; it was made on 2026-05-31"


def test_a_deleted_resource_has_who_deleted_it():
    gone = Item(GROUP, AT, "ResourceDeleted")

    actor = only(revision(item(at=AT - timedelta(days=1)), gone), rows=[row("DeleteSecurityGroup", who=BO)])

    assert (actor.confidence, actor.principal) == ("exact", BO)
    assert actor.reason == "DeleteSecurityGroup deleted it"


def test_where_the_state_before_was_not_read_the_writes_of_the_time_are_likely():
    unread = Revision(item(), None, opened().difference, before_unread=True)

    actor = only(unread, rows=[row(request=rule())])

    assert actor.confidence == "likely"
    assert actor.reason.endswith("AuthorizeSecurityGroupIngress is the only write of that time")


def test_what_config_was_told_to_leave_out_did_not_change():
    left_out = Item(GROUP, AT, "ResourceNotRecorded")

    assert "told to record it no longer" in only(revision(item(at=AT - minutes(60)), left_out)).reason


def test_a_revision_of_noise_alone_has_no_author():
    same = revision(item(at=AT - timedelta(days=1)), item())

    assert only(same, rows=[row(request=rule())]).reason == "nothing changed but what changes by itself"


INSTANCE = Related("AWS::EC2::Instance", "i-0abc", "Is associated with Instance")
LAUNCHED = row(
    "RunInstances",
    request={"networkInterfaceSet": {"items": [{"groupSet": {"items": [{"groupId": "sg-0abc"}]}}]}},
    response={"instancesSet": {"items": [{"instanceId": "i-0abc"}]}},
)


def test_a_new_relation_is_caused_by_the_call_that_names_both():
    related = revision(item(at=AT - timedelta(days=1)), item(relationships=(INSTANCE,)))

    actor = only(related, rows=[LAUNCHED, row(request=rule(), who=BO)])

    assert (actor.confidence, actor.principal) == ("exact", ANA)
    assert actor.reason == "caused by a change of Instance i-0abc: RunInstances names both"


def test_a_relation_whose_call_is_not_among_those_read_says_whose_it_is():
    related = revision(item(at=AT - timedelta(days=1), relationships=(INSTANCE,)), item())

    actor = only(related, rows=[row(request=rule(), who=BO)])

    assert actor.confidence == "unknown"
    assert actor.reason == "caused by a change of Instance i-0abc; its own calls were not looked for"


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
