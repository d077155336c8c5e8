"""Where it could have been another, nobody is named for certain; and who is likeliest is named."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from bot.core.configuration.item import Item, Resource
from bot.trail.authorship import authors
from tests.trail.authorship.making import (
    ANA,
    AT,
    BO,
    GROUP,
    NOW,
    PLACE,
    Engine,
    item,
    minutes,
    opened,
    revision,
    row,
    rule,
    rules,
)

CAI = "arn:aws:iam::111122223333:user/cai"
FUNCTION = Resource("AWS::Lambda::Function", "worker", PLACE, "worker", "arn:aws:lambda:x:1:function:worker")
DATABASE = Resource("AWS::RDS::DBInstance", "db-EXAMPLE", PLACE, "orders", "arn:aws:rds:x:1:db:orders")
BUCKET = Resource("AWS::S3::Bucket", "acme", PLACE, "acme", "arn:aws:s3:::acme")


def told(resource, states, rows):
    """What is told of each state but the first, oldest first; a state is minutes from AT, and the item's own."""
    items = [Item(resource, AT + minutes(at), "OK", **said) for at, said in states]
    revisions = [revision(*pair) for pair in pairwise(items)]
    found = authors(resource, revisions, Engine(rows), lambda _: None, now=NOW)
    return [(one.confidence, one.principal) for one in found.actors]


def test_one_call_that_may_be_in_either_of_two_revisions_is_certain_in_none():
    """It opened, closed, opened: only one opening was read."""
    open_, shut = {"configuration": rules((22, "0.0.0.0/0"))}, {"configuration": rules()}

    found = told(GROUP, [(-90, shut), (0, open_), (4, shut), (8, open_)], [row(request=rule(), ago=3)])

    assert [confidence for confidence, _ in found] == ["likely", "unknown", "likely"]


def test_a_piece_that_a_call_of_somebody_else_may_have_written_leaves_doubt():
    before, after = {"dBInstanceClass": "db.t3"}, {"dBInstanceClass": "db.r5", "somethingNew": "upkeep"}
    ana = row(
        "ModifyDBInstance",
        source="rds",
        request={"dBInstanceIdentifier": "orders", "dBInstanceClass": "db.r5", "applyImmediately": True},
    )
    bo = row(
        "ModifyDBInstance",
        6,
        BO,
        "rds",
        request={"dBInstanceIdentifier": "orders", "masterUserPassword": "****"},
    )
    states = [(-90, {"configuration": before}), (0, {"configuration": after})]

    assert told(DATABASE, states, [ana, bo]) == [("likely", ANA)]


def test_a_call_that_says_nothing_is_certain_only_alone():
    states = [
        (-90, {"configuration": {"codeSha256": "aaaa"}}),
        (0, {"configuration": {"codeSha256": "bbbb"}}),
    ]
    code = row("UpdateFunctionCode20150331v2", source="lambda", request={"functionName": "worker"})
    other = row(
        "UpdateFunctionConfiguration20150331v2",
        6,
        BO,
        "lambda",
        request={"functionName": "worker", "unknownThing": 1},
    )
    again = row("UpdateFunctionCode20150331v2", 7, BO, "lambda", request={"functionName": "worker"})

    assert told(FUNCTION, states, [code]) == [("exact", ANA)]
    assert told(FUNCTION, states, [code, other]) == [("likely", ANA)]
    assert told(FUNCTION, states, [code, again])[0][0] == "likely"


def test_what_took_effect_in_one_revision_is_no_rival_in_the_next():
    def block(acls, policy):
        return {
            "supplementary": {
                "PublicAccessBlockConfiguration": {"blockPublicAcls": acls, "blockPublicPolicy": policy}
            }
        }

    def put(ago, who, acls, policy):
        flags = {"BlockPublicAcls": acls, "BlockPublicPolicy": policy}
        return row(
            "PutBucketPublicAccessBlock",
            ago,
            who,
            "s3",
            request={"bucketName": "acme", "PublicAccessBlockConfiguration": flags},
        )

    states = [
        (-90, block(True, True)),
        (0, block(False, True)),
        (3, block(False, False)),
        (6, block(True, True)),
    ]
    rows = [put(3, ANA, False, True), put(2, BO, False, False), put(1, CAI, True, True)]

    assert told(BUCKET, states, rows) == [("exact", ANA), ("exact", BO), ("exact", CAI)]


def test_what_was_recorded_hours_later_is_likely_since_the_item_before():
    before = item(at=AT - minutes(300))
    after = item(configuration=rules((22, "0.0.0.0/0")))

    def asked(ago):
        found = authors(
            GROUP, (revision(before, after),), Engine([row(request=rule(), ago=ago)]), lambda _: None, now=NOW
        )
        return found.actors[0]

    assert (asked(240).confidence, asked(240).principal) == ("likely", ANA)
    assert asked(240).reason.startswith("recorded 4 hours after")
    assert asked(310).principal == ANA  # the item before was late, too
    assert asked(330).confidence == "unknown"


def test_an_hour_is_looked_back_however_young_the_item_before_is():
    before = item(at=AT - minutes(10))
    after = item(configuration=rules((22, "0.0.0.0/0")))

    (actor,) = authors(
        GROUP, (revision(before, after),), Engine([row(request=rule(), ago=40)]), lambda _: None, now=NOW
    ).actors

    assert (actor.confidence, actor.principal) == ("likely", ANA)


def test_of_two_that_did_the_same_the_one_that_was_not_undone_is_named():
    def tag(ago, who, value):
        items = {
            "resourcesSet": {"items": [{"resourceId": "sg-0abc"}]},
            "tagSet": {"items": [{"key": "Team", "value": value}]},
        }
        return row("CreateTags", ago, who, request=items)

    states = [(-90, {"tags": {"Team": "a"}}), (0, {"tags": {"Team": "b"}})]

    assert told(GROUP, states, [tag(9, ANA, "b"), tag(7, CAI, "b")]) == [("likely", ANA)]
    assert told(GROUP, states, [tag(9, ANA, "b"), tag(8, BO, "c"), tag(7, CAI, "b")]) == [("likely", CAI)]


def test_a_call_after_the_capture_is_named_only_where_none_before_it_fits():
    after = row(request=rule(), ago=-0.5, who=BO)

    def who(*rows):
        return authors(GROUP, (opened(),), Engine(rows), lambda _: None, now=NOW).actors[0].principal

    assert who(after, row(request=rule(), ago=9)) == ANA
    assert who(after) == BO


def test_a_resource_that_was_made_again_has_who_made_it():
    gone = Item(GROUP, AT - timedelta(days=1), "ResourceDeleted")
    made = row("CreateSecurityGroup", request={"groupName": "web"}, response={"groupId": "sg-0abc"})

    (actor,) = authors(GROUP, (revision(gone, item()),), Engine([made]), lambda _: None, now=NOW).actors

    assert (actor.confidence, actor.principal) == ("exact", ANA)


def test_what_the_caller_is_not_known_of_is_not_certain():
    (actor,) = authors(
        GROUP, (opened(),), Engine([row(request=rule()) | {"principal": None}]), lambda _: None, now=NOW
    ).actors

    assert actor.confidence == "likely"


def test_a_state_that_follows_a_creation_has_the_creation_as_its_likely_cause():
    instance = replace(GROUP, type="AWS::EC2::Instance", id="i-0abc", name="", arn="")
    states = [
        (-2, {"configuration": {"state": {"name": "pending"}}}),
        (0, {"configuration": {"state": {"name": "running"}}}),
    ]
    launched = row(
        "RunInstances", request={}, response={"instancesSet": {"items": [{"instanceId": "i-0abc"}]}}
    )

    assert told(instance, states, [launched]) == [("likely", ANA)]
