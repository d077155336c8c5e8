"""What a call's parameters say of a piece of a change."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.configuration.item import Item, Resource
from bot.trail.authorship.atoms import atoms
from bot.trail.authorship.evidence import Evidence, evidence
from tests.trail.authorship.making import AT, GROUP, PLACE, done, item, revision, row, rule, rules

NOT, ASIDE, SILENT, MAY, AGREES = Evidence
BUCKET = Resource("AWS::S3::Bucket", "acme", PLACE, "acme", "arn:aws:s3:::acme")
ROLE = Resource("AWS::IAM::Role", "AROAEXAMPLE", PLACE, "app", "arn:aws:iam::111122223333:role/app")
INSTANCE = Resource("AWS::EC2::Instance", "i-0abc", PLACE)
FUNCTION = Resource("AWS::Lambda::Function", "worker", PLACE, "worker", "arn:aws:lambda:x:1:function:worker")
DATABASE = Resource("AWS::RDS::DBInstance", "db-EXAMPLE", PLACE, "orders", "arn:aws:rds:x:1:db:orders")
TOPIC = Resource("AWS::SNS::Topic", "arn:aws:sns:x:1:alarms", PLACE, "alarms", "arn:aws:sns:x:1:alarms")


def says(resource, before, after, call):
    """The best word of the call for each piece of the change between two states, in order."""
    old, new = (_item(resource, one) for one in (before, after))
    (deed,) = done(call, resource=resource)
    return [
        evidence(deed, atom)
        for atom in atoms(revision(replace(old, captured_at=AT - timedelta(days=1)), new))
    ]


def _item(resource, state):
    held = dict(state)
    return Item(
        resource,
        AT,
        "OK",
        tags=held.pop("tags", {}),
        supplementary=held.pop("supplementary", {}),
        configuration=held,
    )


def policy(*sids):
    return {
        "Version": "2012-10-17",
        "Statement": [{"Sid": sid, "Effect": "Allow", "Action": "s3:GetObject"} for sid in sids],
    }


def bucket(document):
    return {"supplementary": {"BucketPolicy": {"policyText": document}}}


def put(document):
    return row(
        "PutBucketPolicy", source="s3", request={"bucketName": "acme", "bucketPolicy": document, "policy": ""}
    )


def test_a_policy_is_compared_as_a_whole_whatever_the_order_of_its_statements():
    before, after = bucket(policy("a")), bucket(policy("a", "b"))

    assert says(BUCKET, before, after, put(policy("b", "a"))) == [AGREES]
    assert says(BUCKET, before, after, put(policy("c"))) == [SILENT]
    assert says(BUCKET, after, bucket(None), put(policy("c"))) == [NOT]
    assert set(
        says(
            BUCKET,
            after,
            bucket(None),
            row("DeleteBucketPolicy", source="s3", request={"bucketName": "acme", "Host": "acme.s3"}),
        )
    ) == {AGREES}
    assert says(
        BUCKET, before, after, row("DeleteBucketPolicy", source="s3", request={"bucketName": "acme"})
    ) == [NOT]
    assert says(BUCKET, before, after, row("PutBucketAcl", source="s3", request={"bucketName": "acme"})) == [
        NOT
    ]


def test_one_element_as_itself_is_a_list_of_it():
    listed = bucket({"Statement": [{"Effect": "Allow", "Action": ["s3:GetObject"], "Principal": "*"}]})
    alone = {"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Principal": "*"}}

    assert says(BUCKET, bucket(None), listed, put(alone)) == [AGREES]


def role(*arns, inline=()):
    attached = [{"policyArn": arn, "policyName": arn.rpartition("/")[2]} for arn in arns]
    listed = [{"policyName": name, "policyDocument": document} for name, document in inline]
    return {"attachedManagedPolicies": attached, "rolePolicyList": listed}


@pytest.mark.parametrize(
    ("event", "policy_arn", "expected"),
    [
        ("AttachRolePolicy", "p/Read", AGREES),
        ("AttachRolePolicy", "p/Admin", NOT),
        ("DetachRolePolicy", "p/Read", NOT),
    ],
)
def test_a_policy_that_is_attached_is_told_by_its_arn(event, policy_arn, expected):
    request = {"roleName": "app", "policyArn": policy_arn}

    assert says(ROLE, role(), role("p/Read"), row(event, source="iam", request=request)) == [expected]


def test_an_inline_policy_that_went_was_not_taken_by_who_put_another():
    before, after = role(inline=[("old", policy("a"))]), role(inline=[("new", policy("b"))])
    put_new = row(
        "PutRolePolicy",
        source="iam",
        request={"roleName": "app", "policyName": "new", "policyDocument": policy("b")},
    )
    delete_old = row("DeleteRolePolicy", source="iam", request={"roleName": "app", "policyName": "old"})

    assert sorted(says(ROLE, before, after, put_new)) == [NOT, AGREES]
    assert sorted(says(ROLE, before, after, delete_old)) == [NOT, AGREES]


def test_a_statement_that_went_out_of_an_inline_policy_was_not_the_policys_deletion():
    before, after = role(inline=[("one", policy("a", "b"))]), role(inline=[("one", policy("a"))])
    delete = row("DeleteRolePolicy", source="iam", request={"roleName": "app", "policyName": "one"})
    again = row(
        "PutRolePolicy",
        source="iam",
        request={"roleName": "app", "policyName": "one", "policyDocument": policy("a")},
    )

    assert says(ROLE, before, after, delete) == [NOT]
    assert says(ROLE, before, after, again) == [AGREES]


def test_stopping_is_told_from_starting_by_what_comes_of_it():
    running, stopped = ({"state": {"name": name}} for name in ("running", "stopped"))
    request = {"instancesSet": {"items": [{"instanceId": "i-0abc"}]}}

    assert says(INSTANCE, running, stopped, row("StopInstances", request=request)) == [AGREES]
    assert says(INSTANCE, running, stopped, row("StartInstances", request=request)) == [NOT]
    assert says(INSTANCE, running, stopped, row("RebootInstances", request=request)) == [MAY]


def test_a_setting_is_found_by_its_field_and_value():
    before, after = (
        {"dBInstanceClass": "db.t3", "multiAZ": False},
        {"dBInstanceClass": "db.r5", "multiAZ": False},
    )

    def modify(**said):
        return row(
            "ModifyDBInstance",
            source="rds",
            request={"dBInstanceIdentifier": "orders", "applyImmediately": True} | said,
        )

    assert says(DATABASE, before, after, modify(dBInstanceClass="db.r5")) == [AGREES]
    assert says(DATABASE, before, after, modify(dBInstanceClass="db.m5")) == [NOT]
    assert says(DATABASE, before, after, modify(multiAZ=True)) == [ASIDE]
    assert says(DATABASE, before, after, modify(masterUserPassword="****")) == [SILENT]


def test_a_flag_is_found_under_a_name_that_only_sounds_otherwise():
    before, after = {"performanceInsightsEnabled": False}, {"performanceInsightsEnabled": True}
    request = {"dBInstanceIdentifier": "orders", "enablePerformanceInsights": True}

    assert says(DATABASE, before, after, row("ModifyDBInstance", source="rds", request=request)) == [AGREES]


def test_a_state_that_follows_is_no_proof_and_no_contradiction():
    before = {"dBInstanceClass": "a", "dBInstanceStatus": "available"}
    after = {"dBInstanceClass": "bigger", "dBInstanceStatus": "modifying"}
    call = row(
        "ModifyDBInstance",
        source="rds",
        request={"dBInstanceIdentifier": "orders", "dBInstanceClass": "bigger"},
    )

    assert sorted(says(DATABASE, before, after, call)) == [SILENT, AGREES]


def test_new_code_is_told_by_the_calls_answer():
    before, after = {"codeSha256": "aaaa", "timeout": 3}, {"codeSha256": "bbbb", "timeout": 3}

    def update(answer):
        return row(
            "UpdateFunctionCode20150331v2",
            source="lambda",
            request={"functionName": "worker"},
            response=answer,
        )

    assert says(FUNCTION, before, after, update({"codeSha256": "bbbb"})) == [AGREES]
    assert says(FUNCTION, before, after, update({"codeSha256": "cccc"})) == [NOT]
    assert says(FUNCTION, before, after, update(None)) == [MAY]
    setting = row(
        "UpdateFunctionConfiguration20150331v2",
        source="lambda",
        request={"functionName": "worker", "timeout": 3},
    )
    assert says(FUNCTION, before, after, setting) == [ASIDE]


def test_what_sets_the_whole_part_to_something_else_beside_is_less_sure():
    def block(**flags):
        return {"supplementary": {"PublicAccessBlockConfiguration": flags}}

    def call(**flags):
        return row(
            "PutBucketPublicAccessBlock",
            source="s3",
            request={"bucketName": "acme", "PublicAccessBlockConfiguration": flags},
        )

    before, after = (
        block(blockPublicAcls=True, blockPublicPolicy=True),
        block(blockPublicAcls=False, blockPublicPolicy=True),
    )

    assert says(BUCKET, before, after, call(BlockPublicAcls=False, BlockPublicPolicy=True)) == [AGREES]
    assert says(BUCKET, before, after, call(BlockPublicAcls=False, BlockPublicPolicy=False)) == [MAY]
    assert says(BUCKET, before, after, call(BlockPublicAcls=True, BlockPublicPolicy=True)) == [NOT]


@pytest.mark.parametrize(
    ("event", "request_", "expected"),
    [
        ("CreateTags", {"tagSet": {"items": [{"key": "Team", "value": "b"}]}}, AGREES),
        ("CreateTags", {"tagSet": {"items": [{"key": "Team", "value": "a"}]}}, NOT),
        ("CreateTags", {"tagSet": {"items": [{"key": "team", "value": "b"}]}}, NOT),
        ("DeleteTags", {"tagSet": {"items": [{"key": "Team"}]}}, NOT),
    ],
)
def test_a_tag_is_told_by_its_key_and_value_case_and_all(event, request_, expected):
    named = {"resourcesSet": {"items": [{"resourceId": "i-0abc"}]}} | request_

    assert says(INSTANCE, {"tags": {"Team": "a"}}, {"tags": {"Team": "b"}}, row(event, request=named)) == [
        expected
    ]


def test_setting_all_tags_takes_away_those_that_it_does_not_name():
    before, after = (
        {"tags": {"Team": "a", "aws:cloudformation:stack-name": "s"}},
        {"tags": {"Env": "x", "aws:cloudformation:stack-name": "s"}},
    )

    def call(**tags):
        listed = [{"Key": key, "Value": value} for key, value in tags.items()]
        return row(
            "PutBucketTagging",
            source="s3",
            request={"bucketName": "acme", "Tagging": {"TagSet": {"Tag": listed}}},
        )

    assert says(BUCKET, before, after, call(Env="x")) == [AGREES, AGREES]
    assert says(BUCKET, before, after, call(Env="x", Team="a")) == [MAY, NOT]
    assert says(BUCKET, before, after, call(Other="x")) == [NOT, MAY]


def test_rules_by_ids_may_be_any_but_those_that_are_known():
    before, after = rules((22, "0.0.0.0/0")), rules()
    revoke = row(
        "RevokeSecurityGroupIngress",
        request={"groupId": "sg-0abc", "securityGroupRuleIds": {"items": [{"securityGroupRuleId": "sgr-1"}]}},
    )

    assert says(GROUP, before, after, revoke) == [MAY]
    assert says(GROUP, before, after, row("RevokeSecurityGroupIngress", request=rule())) == [AGREES]
    assert says(GROUP, before, after, row("RevokeSecurityGroupIngress", request=rule(port=80))) == [NOT]


def test_an_unseen_types_calls_are_read_by_their_verbs():
    before, after = {"displayName": "one"}, {"displayName": "another"}
    request = {"topicArn": TOPIC.arn, "attributeName": "DisplayName", "attributeValue": "another"}

    assert says(TOPIC, before, after, row("SetTopicAttributes", source="sns", request=request)) == [AGREES]


def test_relations_and_what_config_left_out_are_no_pieces():
    assert atoms(revision(item(), item())) == ()
    assert atoms(revision(item(), Item(GROUP, AT, "ResourceNotRecorded"))) == ()
