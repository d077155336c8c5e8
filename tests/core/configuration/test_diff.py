"""A diff holds everything that differs, and nothing that does not."""

import random
import time
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.core.configuration.canonical import canonical
from bot.core.configuration.change import Change, Difference
from bot.core.configuration.diff import applied, differ
from bot.core.configuration.normal import normal
from tests.core.configuration.items import INSTANCE, group, item, related, rule
from tests.core.configuration.some import items, shaped

_IN_ORDER = {"command", "layers", "definition"}


def shuffled(value, chance, name=""):
    """The same, its lists in another order where that means nothing."""
    if isinstance(value, dict):
        pairs = [(key, shuffled(inner, chance, key)) for key, inner in value.items()]
        chance.shuffle(pairs)
        return dict(pairs)
    if isinstance(value, list):
        held = [shuffled(inner, chance) for inner in value]
        return held if name in _IN_ORDER else chance.sample(held, len(held))
    return value


def whole(difference):
    return difference.changes + difference.noise


@given(items(), items())
def test_a_diff_applied_to_the_old_item_gives_the_new_one(old, new):
    assert canonical(applied(normal(old), whole(differ(old, new)))) == canonical(normal(new))


@given(items(), items())
def test_a_diff_the_other_way_round_undoes_it(old, new):
    there = applied(normal(old), whole(differ(old, new)))

    assert canonical(applied(there, whole(differ(new, old)))) == canonical(normal(old))


@given(items())
def test_an_item_does_not_differ_from_itself(same):
    assert differ(same, same) == Difference(())


@given(shaped(), st.integers())
def test_the_order_of_what_has_none_is_no_change(old, seed):
    chance = random.Random(seed)
    new = replace(
        old,
        configuration=shuffled(old.configuration, chance),
        supplementary=shuffled(dict(old.supplementary), chance),
        relationships=tuple(chance.sample(old.relationships, len(old.relationships))),
    )

    assert differ(old, new) == Difference(())


@given(shaped(), shaped())
def test_every_rule_that_comes_or_goes_is_told(old, new):
    """Counted here by plain sets of what AWS says, apart from the code."""
    for field in ("ipPermissions", "ipPermissionsEgress"):
        before, after = _rules(old.configuration[field]), _rules(new.configuration[field])
        told = [one for one in differ(old, new).changes if one.path[:2] == ("configuration", field)]
        assert bool(told) == (before != after)


def _rules(permissions):
    found = []
    for one in permissions:
        door = (one["ipProtocol"], one.get("fromPort"), one.get("toPort"))
        peers = [*one["ipv4Ranges"], *one["userIdGroupPairs"]] or [{}]
        found.extend((door, tuple(sorted(peer.items()))) for peer in peers)
    return sorted(found, key=str)


@given(items(), items())
def test_noise_is_only_what_the_types_list_names(old, new):
    for one in differ(old, new).noise:
        assert one.path in {
            ("configuration", "launchTime"),
            ("configuration", "lastModified"),
        } or (one.path[0] == "relationships" and one.path[2] == "resourceName")


def test_a_rule_that_opens_is_one_change_that_says_all_of_it():
    old, new = group(), group(rule(cidrs=["0.0.0.0/0"]))

    assert differ(
        replace(old, configuration={**old.configuration, "ipPermissions": [rule(cidrs=["10.0.0.0/8"])]}), new
    ) == (
        Difference(
            (
                Change(
                    ("configuration", "ipPermissions", "tcp 22", "0.0.0.0/0"),
                    "added",
                    after={"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIp": "0.0.0.0/0"},
                ),
                Change(
                    ("configuration", "ipPermissions", "tcp 22", "10.0.0.0/8"),
                    "removed",
                    before={"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIp": "10.0.0.0/8"},
                ),
            )
        )
    )


def test_the_first_rule_of_a_door_is_a_change_of_that_rule_too():
    (added,) = differ(group(), group(rule(cidrs=["0.0.0.0/0"]))).changes

    assert added.path == ("configuration", "ipPermissions", "tcp 22", "0.0.0.0/0")


def test_an_empty_object_that_becomes_a_set_and_a_set_that_becomes_one_are_whole():
    nothing, some = item("X", {"x": {}}), item("X", {"x": ["a"]})

    for old, new in ((nothing, some), (some, nothing)):
        assert applied(normal(old), differ(old, new).changes) == normal(new)


def test_true_and_one_and_their_texts_are_different():
    values = [True, 1, "true", "1", False, 0]
    told = [differ(item("X", {"on": a}), item("X", {"on": b})).changes for a in values for b in values]

    assert [bool(changes) for changes in told] == [a is not b for a in values for b in values]


def test_a_whole_number_with_a_point_is_no_change():
    assert differ(item("X", {"size": 128}), item("X", {"size": 128.0})) == Difference(())


def test_the_first_item_has_no_diff():
    assert differ(None, group(rule(cidrs=["0.0.0.0/0"]))) == Difference(())


def test_a_deletion_is_one_change_with_the_last_state_before_it():
    old, gone = group(rule(cidrs=["0.0.0.0/0"])), item(status="ResourceDeleted")

    assert differ(old, gone) == Difference((Change((), "removed", before=normal(old)),))
    assert differ(gone, item(status="ResourceDeletedNotRecorded")) == Difference(())


def test_what_is_made_again_under_its_name_is_one_change():
    gone, again = item(status="ResourceDeleted"), group(rule(cidrs=["0.0.0.0/0"]))

    assert differ(gone, again) == Difference((Change((), "added", after=normal(again)),))


def test_what_was_not_recorded_is_not_told_as_a_change():
    assert differ(group(rule(cidrs=["0.0.0.0/0"])), item(status="ResourceNotRecorded")) == Difference(())


def test_a_restart_alone_is_noise():
    old, new = (
        {"instanceType": "t3.micro", "launchTime": at, "state": {"code": 16, "name": "running"}}
        for at in "12"
    )
    difference = differ(item(INSTANCE, old), item(INSTANCE, new))

    assert (difference.changes, [one.path for one in difference.noise]) == (
        (),
        [("configuration", "launchTime")],
    )


def test_another_name_of_a_related_resource_is_noise_and_another_relation_is_not():
    one, named, other = (
        item(relationships=(related("Instance", "i-1", relation, name),))
        for relation, name in (
            ("Is attached to Instance", ""),
            ("Is attached to Instance", "web"),
            ("Contains", "web"),
        )
    )

    assert differ(one, named).changes == ()
    assert len(differ(named, other).changes) == 1


def test_an_item_of_300_kb_is_compared_at_once():
    def large(last):
        tables = [
            {"name": f"t{n}", "columns": [{"name": f"c{m}", "type": "string"} for m in range(40)]}
            for n in range(230)
        ]
        return item("X", {"tables": tables, "list": list(range(5_000)), "last": last})

    assert len(canonical(large(1).configuration)) > 300_000
    begun = time.process_time()
    (change,) = differ(large(1), large(2)).changes

    assert change.path == ("configuration", "last")
    assert time.process_time() - begun < 2
