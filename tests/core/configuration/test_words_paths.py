"""Where a change is as JSON says it, and the whole diff for a file."""

from inline_snapshot import snapshot

from bot.core.configuration.change import Change, Key
from bot.core.configuration.diff import differ
from bot.core.configuration.full import full
from bot.core.configuration.normal import normal
from bot.core.configuration.values import masked
from bot.core.configuration.words import lines, path
from bot.core.text import plain
from tests.core.configuration.items import FUNCTION, INSTANCE, item, related, rule


def told(old, new):
    return [plain(one) for one in lines(differ(old, new).changes, new.resource.type)]


def configured(resource_type, old, new):
    return told(item(resource_type, old), item(resource_type, new))


def test_what_is_called_like_a_secret_in_an_environment_is_nowhere_told():
    old = item(FUNCTION, {"environment": {"variables": {"DB_PASSWORD": "hunter2"}}})
    new = item(FUNCTION, {"environment": {"variables": {"DB_PASSWORD": "hunter3", "TOKEN": "hunter4"}}})
    gone = item(FUNCTION, status="ResourceDeleted")

    for difference in (differ(old, new), differ(new, gone), differ(gone, new)):
        assert "hunter" not in full(difference, FUNCTION)
        assert not any("hunter" in plain(one) for one in lines(difference.changes, FUNCTION))


def test_words_never_hold_a_line_break():
    assert configured("X", {"text": "a\nb"}, {"text": "c\n\nd", "list\nof": ["e\nf"]}) == snapshot(
        ["+ list of e f", "text: a b → c d"]
    )


def test_secrets_of_an_environment_are_masked_in_every_shape_that_items_have():
    held = {
        "environment": {
            "variables": {"DB_PASSWORD": "hunter2", "STAGE": "prod", "CONFIG": {"apiKey": "hunter2"}}
        },
        "containerDefinitions": [{"name": "web", "environment": [{"name": "API_TOKEN", "value": "hunter2"}]}],
        "Environment": [{"Name": "STAGE", "Value": "prod"}, {"Name": "DB_DSN", "Value": "hunter2"}],
        "keyName": "ops",
    }

    assert masked(held) == snapshot(
        {
            "environment": {
                "variables": {
                    "DB_PASSWORD": "(not shown)",
                    "STAGE": "prod",
                    "CONFIG": {"apiKey": "(not shown)"},
                }
            },
            "containerDefinitions": [
                {"name": "web", "environment": [{"name": "API_TOKEN", "value": "(not shown)"}]}
            ],
            "Environment": [{"Name": "STAGE", "Value": "prod"}, {"Name": "DB_DSN", "Value": "(not shown)"}],
            "keyName": "ops",
        }
    )
    assert "hunter" not in str(masked(normal(item("X", held))))


def test_paths_name_awss_fields_and_keys_of_sets_in_brackets():
    old = item(
        configuration={},
        tags={"team": "ops"},
        relationships=(related("VPC", "vpc-1", "Is contained in Vpc"),),
    )
    new = item(
        configuration={
            "ipPermissions": [rule(cidrs=["0.0.0.0/0"])],
            "environment": {"variables": {"A.B": "1"}},
            "list": ["a[0]"],
            "cpuOptions": {"coreCount": 1},
        },
        supplementary={
            "BucketPolicy": '{"policyText": {"Statement": [{"Sid": "Images", "Effect": "Deny"}]}}'
        },
        tags={"cost centre": "7"},
    )

    assert [path(one) for one in differ(old, new).changes] == snapshot(
        [
            "configuration.cpuOptions",
            "configuration.environment",
            "configuration.ipPermissions[tcp 22][0.0.0.0/0]",
            'configuration.list["a[0]"]',
            "relationships[AWS::EC2::VPC vpc-1]",
            "supplementaryConfiguration.BucketPolicy",
            "tags[cost centre]",
            "tags[team]",
        ]
    )
    assert path(Change((), "removed")) == "resource"


def test_the_path_of_a_key_that_looks_like_a_field_is_in_brackets():
    assert path(Change(("tags", Key("team")), "added")) == "tags[team]"


def test_the_whole_diff_cuts_nothing():
    long = "x" * 500
    old = item(INSTANCE, {"launchTime": "1", "userData": long, "kept": 1})
    new = item(INSTANCE, {"launchTime": "2", "userData": long + "y", "kept": 1})

    text = full(differ(old, new), INSTANCE)
    assert long + "y" in text
    assert text.replace(long, "x…") == snapshot("""\
user data: …xxxxxxxxxxxxxxxxxxxxxxxx → …xxxxxxxxxxxxxxxxxxxxxxxxy
@ configuration.userData
- "x…"
+ "x…y"

Moves by itself:

launch time: 1 → 2
@ configuration.launchTime
- "1"
+ "2"
""")
    assert full(differ(old, old), INSTANCE) == "Nothing differs.\n"
