"""Policies in words: who may do what to what now, and could not, or no longer may."""

import json
from urllib.parse import quote

from inline_snapshot import snapshot

from bot.core.configuration.diff import differ
from bot.core.configuration.words import lines
from bot.core.text import plain
from tests.core.configuration.items import BUCKET, ROLE, item

IMAGES = {
    "Sid": "Images",
    "Effect": "Allow",
    "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
    "Action": ["s3:GetObject", "s3:ListBucket"],
    "Resource": "arn:aws:s3:::images/*",
}


def told(old, new):
    return [plain(one) for one in lines(differ(old, new).changes, new.resource.type)]


def bucket(*statements):
    text = json.dumps({"Version": "2012-10-17", "Statement": list(statements)}) if statements else None
    return item(BUCKET, supplementary={"BucketPolicy": json.dumps({"policyText": text})})


def role(trust, **inline):
    held = {"assumeRolePolicyDocument": quote(json.dumps({"Version": "2012-10-17", "Statement": [trust]}))}
    listed = [
        {"policyName": name, "policyDocument": quote(json.dumps({"Statement": [said]}))}
        for name, said in inline.items()
    ]
    return item(ROLE, held | {"rolePolicyList": listed})


def test_a_statement_that_comes_goes_and_becomes_another():
    public = IMAGES | {"Principal": "*", "Action": "s3:GetObject"}
    other = {"Effect": "Deny", "Principal": "*", "NotAction": "s3:Get*", "Resource": "*"}

    assert told(bucket(IMAGES), bucket(public)) == snapshot(
        [
            "policy: statement Images no longer allows s3:ListBucket to everybody; now allows s3:GetObject to everybody; no longer allows s3:GetObject to account 111122223333"
        ]
    )
    assert told(bucket(IMAGES), bucket(IMAGES, other)) == snapshot(
        ["+ policy: denies everything but s3:Get* to everybody on everything"]
    )
    assert told(bucket(IMAGES, other), bucket(IMAGES)) == snapshot(
        ["− policy: denies everything but s3:Get* to everybody on everything"]
    )


def test_more_and_fewer_actions_for_the_same():
    assert told(bucket(IMAGES), bucket(IMAGES | {"Action": ["s3:GetObject", "s3:PutObject"]})) == snapshot(
        [
            "policy: statement Images now allows s3:PutObject to account 111122223333; no longer allows s3:ListBucket to account 111122223333"
        ]
    )


def test_another_effect_resource_and_condition():
    tls = {"Condition": {"Bool": {"aws:SecureTransport": "true"}}}

    assert told(bucket(IMAGES), bucket(IMAGES | {"Effect": "Deny"})) == snapshot(
        ["policy: statement Images now denies s3:GetObject, s3:ListBucket to account 111122223333"]
    )
    assert told(bucket(IMAGES), bucket(IMAGES | {"Resource": ["arn:aws:s3:::images/*", "*"]})) == snapshot(
        ["policy: statement Images now allows it on everything"]
    )
    assert told(bucket(IMAGES), bucket(IMAGES | tls)) == snapshot(
        ["policy: statement Images now only if aws:SecureTransport is true"]
    )
    assert told(bucket(IMAGES | tls), bucket(IMAGES)) == snapshot(
        ["policy: statement Images now without the condition aws:SecureTransport is true"]
    )
    assert told(
        bucket(IMAGES | tls), bucket(IMAGES | {"Condition": {"Bool": {"aws:SecureTransport": "false"}}})
    ) == snapshot(
        ["policy: statement Images condition aws:SecureTransport is true → aws:SecureTransport is false"]
    )


def test_a_policy_as_a_whole():
    assert told(bucket(), bucket(IMAGES)) == snapshot(
        [
            "+ policy: statement Images allows s3:GetObject, s3:ListBucket to account 111122223333 on arn:aws:s3:::images/*"
        ]
    )
    assert told(bucket(IMAGES), bucket()) == snapshot(
        [
            "− policy: statement Images allows s3:GetObject, s3:ListBucket to account 111122223333 on arn:aws:s3:::images/*"
        ]
    )


def test_the_same_statement_in_another_writing_is_no_change():
    same = IMAGES | {"Action": ["s3:ListBucket", "s3:GetObject"], "Resource": ["arn:aws:s3:::images/*"]}

    assert told(bucket(IMAGES), bucket(same)) == []


def test_who_may_assume_a_role_and_what_it_may_do_by_its_inline_policies():
    ec2 = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    anybody = ec2 | {"Principal": {"AWS": "*"}}
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    reading = {"Sid": "Read", "Effect": "Allow", "Action": ["s3:Get*"], "Resource": "*"}

    assert told(role(ec2), role(anybody)) == snapshot(
        [
            "− who may assume it: allows sts:AssumeRole to ec2.amazonaws.com",
            "+ who may assume it: allows sts:AssumeRole to everybody",
        ]
    )
    assert told(role(ec2, old=reading), role(ec2, new=everything)) == snapshot(
        [
            "+ inline policy new: allows everything on everything",
            "− inline policy old: statement Read allows s3:Get* on everything",
        ]
    )
    assert told(role(ec2, backup=reading), role(ec2, backup=reading | {"Action": ["s3:*"]})) == snapshot(
        ["inline policy backup: statement Read now allows s3:*; no longer allows s3:Get*"]
    )


def test_all_but_some_is_said_once_however_many_they_are():
    back = [f"s3:{verb}BucketPolicy" for verb in ("Delete", "Get", "Put")]
    deny = {"Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"}, "NotAction": [*back, "s3:a", "s3:b"]}

    assert told(bucket(IMAGES), bucket(IMAGES, deny | {"NotResource": "arn:aws:s3:::x/*"})) == snapshot(
        [
            "+ policy: denies everything but s3:DeleteBucketPolicy, s3:GetBucketPolicy, s3:PutBucketPolicy and 2 more to everybody but account 111122223333 on everything but arn:aws:s3:::x/*"
        ]
    )


def test_a_new_exception_is_no_longer_meant_and_one_that_is_gone_is():
    deny = {"Sid": "Deny", "Effect": "Deny", "Principal": "*", "NotAction": ["s3:a", "s3:b"], "Resource": "*"}

    assert told(bucket(deny), bucket(deny | {"NotAction": ["s3:a", "s3:c"]})) == snapshot(
        ["policy: statement Deny now denies s3:b to everybody; no longer denies s3:c to everybody"]
    )
    named = {name: value for name, value in deny.items() if name != "NotAction"} | {"Action": "s3:a"}
    assert told(bucket(deny), bucket(named)) == snapshot(
        [
            "policy: statement Deny now denies s3:a to everybody; no longer denies everything but s3:a, s3:b to everybody"
        ]
    )
