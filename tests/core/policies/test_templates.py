"""The templates: what they say, what they leave alone, and what they refuse."""

from dataclasses import replace

import pytest

from bot.core.policies.templates import TEMPLATES, filled
from bot.core.public import policy
from bot.errors import BadRequest
from tests.core.policies.wanted import BARE, ROLE, full, wanted

EVERY = [full(name) for name in TEMPLATES]
DENIES = [one for one in EVERY if one.denies]
LINKED = "arn:aws:iam::111122223333:role/aws-service-role/*"


def only(template):
    (statement,) = template.statements
    return statement


@pytest.mark.parametrize("template", EVERY, ids=lambda one: one.name)
def test_each_says_what_it_does_whom_it_locks_out_and_what_to_look_at(template):
    assert template.does.endswith(".")
    assert template.locks_out[0].islower()
    assert not template.locks_out.endswith(".")
    assert template.check.endswith(".")
    assert only(template)["Sid"].isalnum()


@pytest.mark.parametrize("template", EVERY, ids=lambda one: one.name)
def test_none_lets_everybody_in(template):
    assert policy.openings({"Statement": [dict(one) for one in template.statements]}) == ()


def test_all_but_cloudfronts_do_nothing_but_deny():
    assert {one.name for one in EVERY} - {one.name for one in DENIES} == {"cloudfront"}


@pytest.mark.parametrize("template", DENIES, ids=lambda one: one.name)
def test_no_denial_keeps_its_policy_from_being_taken_back(template):
    one = only(template)
    whole = {"s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:GetBucketPolicy"}

    on_objects = one.get("Resource") == "arn:aws:s3:::acme-x/*"
    only_plain = one.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}
    assert on_objects or only_plain or whole <= set(one["NotAction"])


def test_everybody_is_denied_every_action_on_objects_but_who_is_spared():
    one = only(full("deny-everyone"))

    assert (one["Action"], one["Resource"]) == ("s3:*", "arn:aws:s3:::acme-x/*")
    assert one["Condition"] == {"ArnNotLike": {"aws:PrincipalArn": [ROLE]}}
    assert "Condition" not in only(filled("deny-everyone", BARE))
    assert "everybody but BreakGlass: " in full("deny-everyone").locks_out


def test_cloudfront_is_let_in_by_the_distributions_arn():
    one = only(full("cloudfront"))

    assert one["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert one["Condition"] == {
        "StringEquals": {"AWS:SourceArn": "arn:aws:cloudfront::111122223333:distribution/E1A2B3C4D5E6F7"}
    }


def test_another_accounts_distribution_is_named_by_its_own_arn():
    arn = "arn:aws:cloudfront::444455556666:distribution/E1A2B3C4D5E6F7"

    assert only(full("cloudfront", distribution=arn))["Condition"]["StringEquals"]["AWS:SourceArn"] == arn


def test_a_bare_distribution_of_nobody_knows_which_account_is_asked_for_by_its_arn():
    with pytest.raises(BadRequest) as caught:
        full("cloudfront", account_id="")

    assert "arn:aws:cloudfront::" in caught.value.hint


@pytest.mark.parametrize("name", ["vpc-endpoint", "organization", "ip-range"])
def test_awss_own_services_are_spared(name):
    assert only(full(name))["Condition"]["BoolIfExists"]["aws:PrincipalIsAWSService"] == "false"


@pytest.mark.parametrize("name", ["vpc-endpoint", "ip-range"])
def test_service_linked_roles_act_from_networks_of_awss_and_are_spared(name):
    condition = only(full(name))["Condition"]

    assert condition["ArnNotLike"]["aws:PrincipalArn"] == [LINKED, ROLE]
    assert condition["BoolIfExists"]["aws:ViaAWSService"] == "false"


def test_addresses_may_come_with_an_endpoint_through_which_everybody_gets_in():
    both, alone = full("ip-range"), full("ip-range", endpoint="")

    assert only(both)["Condition"]["StringNotEquals"] == {"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}
    assert "StringNotEquals" not in only(alone)["Condition"]
    assert "unless it comes through the VPC endpoint vpce-0a1b2c3d4e5f60718" in both.does
    assert "whatever comes through a VPC endpoint (name it by --vpce)" in alone.locks_out


@pytest.mark.parametrize(
    ("region", "partition"), [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"), ("us-west-2", "aws")]
)
def test_arns_are_of_the_regions_partition(region, partition):
    assert only(full("tls-only", region=region))["Resource"][0] == f"arn:{partition}:s3:::acme-x"
    assert f"arn:{partition}:cloudfront::" in str(only(full("cloudfront", region=region)))
    assert f"arn:{partition}:iam::" in str(only(full("vpc-endpoint", region=region, spared=())))


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("cloudfront", {"distribution": ""}, "--distribution is missing"),
        ("cloudfront", {"distribution": "E1"}, "E1A2B3C4D5E6F7"),
        ("vpc-endpoint", {"endpoint": ""}, "--vpce is missing"),
        ("vpc-endpoint", {"endpoint": "vpce-*"}, "vpce-0a1b2c3d4e5f60718"),
        ("organization", {"organization": "acme"}, "o-a1b2c3d4e5"),
        ("ip-range", {"networks": ()}, "--cidr"),
        ("ip-range", {"networks": ("0.0.0.0/0",)}, "203.0.113.0/24"),
        ("ip-range", {"networks": ("office",)}, "203.0.113.0/24"),
        ("ip-range", {"networks": ("203.0.113.7/24",)}, "Did you mean 203.0.113.0/24?"),
        ("ip-range", {"networks": ("203.0.113.0/24", "10.8.0.0/16")}, "use the template vpc-endpoint"),
        ("ip-range", {"networks": ("fd00::/8",)}, "private"),
        ("deny-everyone", {"spared": ("*",)}, "role/BreakGlass"),
        ("tls-only", {"spared": (ROLE,)}, "tls-only has no use for --except. It takes nothing but the bucket."),
        ("vpc-endpoint", {"networks": ("203.0.113.0/24",)}, "It takes --vpce and --except."),
    ],
)  # fmt: skip
def test_what_is_missing_or_makes_no_sense_is_refused_with_what_would(name, given, says):
    with pytest.raises(BadRequest) as caught:
        full(name, **given)

    assert says in f"{caught.value.message} {caught.value.hint}"


def test_an_unknown_template_is_answered_with_those_there_are():
    with pytest.raises(BadRequest) as caught:
        filled("lock-it", replace(wanted("tls-only")))

    assert all(name in caught.value.hint for name in TEMPLATES)
