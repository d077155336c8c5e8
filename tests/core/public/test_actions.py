import pytest

from bot.core.public.actions import access


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("s3:GetObject", ("read",)),
        ("S3:getobjectversion", ("read",)),
        ("s3:?etObject", ("read",)),
        ("s3:GetObjectAcl", ("settings",)),
        ("s3:GetBucketPolicy", ("settings",)),
        ("s3:Get*", ("read", "settings")),
        ("s3:ListBucket", ("list",)),
        ("s3:List*", ("list",)),
        ("s3:PutObject", ("write",)),
        ("s3:DeleteObject", ("write",)),
        ("s3:PutObjectAcl", ("admin",)),
        ("s3:DeleteBucketPolicy", ("admin",)),
        ("s3:PutLifecycleConfiguration", ("admin",)),
        ("s3:PutObject*", ("write", "admin")),
        ("s3:*Object", ("write", "read")),
        ("s3:*", ("write", "admin", "read", "list", "settings")),
        ("*", ("write", "admin", "read", "list", "settings")),
        ("sqs:*", ("write", "admin", "read", "list", "settings")),
        ("sqs:SendMessage", ("write",)),
        ("sqs:Send*", ("write",)),
        ("sqs:ReceiveMessage", ("read",)),
        ("kms:CreateGrant", ("admin",)),
        ("kms:Decrypt", ("read",)),
        ("lambda:InvokeFunction", ("write",)),
        ("secretsmanager:GetSecretValue", ("read",)),
        (["s3:ListBucket", "s3:GetObject"], ("read", "list")),
    ],
)
def test_an_action_says_what_it_lets_one_do(action, expected):
    assert access({"Action": action}) == expected


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ("s3:Delete*", ("write", "admin", "read", "list", "settings")),
        (["s3:Get*", "s3:List*"], ("write", "admin")),
        ("s3:*", ()),
    ],
)
def test_all_actions_but_some_are_the_others_of_s3(kept, expected):
    assert access({"NotAction": kept}) == expected


@pytest.mark.parametrize("said", [{}, {"Action": None}, {"Action": 7}, {"Action": []}])
def test_actions_that_cannot_be_read_may_be_any(said):
    assert access(said) == ("write", "admin", "read", "list", "settings")
