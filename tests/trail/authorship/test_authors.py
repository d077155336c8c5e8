"""What is told of each revision: who, how sure, and why; and that no failure of CloudTrail loses the history."""

from datetime import timedelta
from itertools import pairwise

import pytest

from bot.core.configuration.item import Item, Related
from bot.core.configuration.revision import Revision
from bot.core.view import Caveat
from tests.trail.authorship.asking import ask
from tests.trail.authorship.making import (
    ANA,
    AT,
    BO,
    GROUP,
    item,
    minutes,
    opened,
    revision,
    row,
    rule,
    rules,
)


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
