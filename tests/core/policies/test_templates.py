"""The templates: what they say, what they leave alone, and what they refuse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.policies.template import Wanted
from bot.core.policies.templates import TEMPLATES, filled
from bot.core.public import policy
from bot.errors import BadRequest

ROLE = "arn:aws:iam::111122223333:role/BreakGlass"
FULL = Wanted(
    "acme-x",
    "111122223333",
    distribution="E1A2B3C4D5E6F7",
    endpoint="vpce-0a1b2c3d4e5f60718",
    organization="o-a1b2c3d4e5",
    networks=("203.0.113.0/24",),
    spared=(ROLE,),
)
EVERY = [filled(name, FULL) for name in TEMPLATES]
DENIES = [one for one in EVERY if one.name != "cloudfront"]


def only(template):
    (statement,) = template.statements
    return statement


@pytest.mark.parametrize("template", EVERY, ids=lambda one: one.name)
def test_each_says_what_it_does_whom_it_locks_out_and_what_to_look_at(template):
    assert template.does.endswith(".")
    assert template.locks_out
    assert template.check
    assert only(template)["Sid"].isalnum()


@pytest.mark.parametrize("template", EVERY, ids=lambda one: one.name)
def test_none_lets_everybody_in(template):
    assert policy.openings({"Statement": [dict(one) for one in template.statements]}) == ()


@pytest.mark.parametrize("template", DENIES, ids=lambda one: one.name)
def test_no_denial_keeps_its_policy_from_being_taken_back(template):
    one = only(template)
    whole = {"s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:GetBucketPolicy"}

    on_objects = one.get("Resource") == "arn:aws:s3:::acme-x/*"
    only_plain = one.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}
    assert on_objects or only_plain or whole <= set(one["NotAction"])


def test_everybody_is_denied_all_objects_but_who_is_spared():
    one = only(filled("deny-everyone", FULL))

    assert one["Action"] == ["s3:GetObject*", "s3:PutObject*", "s3:DeleteObject*"]
    assert one["Condition"] == {"ArnNotLike": {"aws:PrincipalArn": [ROLE]}}
    assert "Condition" not in only(filled("deny-everyone", Wanted("acme-x", "111122223333")))


def test_cloudfront_is_let_in_by_the_distributions_arn():
    one = only(filled("cloudfront", FULL))

    assert one["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert one["Condition"] == {
        "StringEquals": {"AWS:SourceArn": "arn:aws:cloudfront::111122223333:distribution/E1A2B3C4D5E6F7"}
    }


def test_another_accounts_distribution_is_named_by_its_own_arn():
    arn = "arn:aws:cloudfront::444455556666:distribution/E1A2B3C4D5E6F7"
    one = only(filled("cloudfront", Wanted("acme-x", "111122223333", distribution=arn)))

    assert one["Condition"]["StringEquals"]["AWS:SourceArn"] == arn


@pytest.mark.parametrize("name", ["vpc-endpoint", "organization", "ip-range"])
def test_awss_own_services_are_spared(name):
    assert only(filled(name, FULL))["Condition"]["BoolIfExists"]["aws:PrincipalIsAWSService"] == "false"


@pytest.mark.parametrize(
    ("name", "wanted", "says"),
    [
        ("nothing", {}, "tls-only"),
        ("cloudfront", {}, "--distribution"),
        ("cloudfront", {"distribution": "E1"}, "E1A2B3C4D5E6F7"),
        ("vpc-endpoint", {}, "--vpce"),
        ("vpc-endpoint", {"endpoint": "vpce-*"}, "vpce-0a1b2c3d4e5f60718"),
        ("organization", {"organization": "acme"}, "o-a1b2c3d4e5"),
        ("ip-range", {}, "--cidr"),
        ("ip-range", {"networks": ("0.0.0.0/0",)}, "203.0.113.0/24"),
        ("ip-range", {"networks": ("203.0.113.7/24",)}, "203.0.113.0/24"),
        ("deny-everyone", {"spared": ("*",)}, "role/BreakGlass"),
    ],
)
def test_what_is_missing_or_makes_no_sense_is_refused_with_an_example(name, wanted, says):
    with pytest.raises(BadRequest) as caught:
        filled(name, Wanted("acme-x", "111122223333", **wanted))

    assert says in f"{caught.value.message} {caught.value.hint}"


@given(st.sampled_from([*TEMPLATES]), st.text(max_size=60))
def test_no_text_gets_into_a_policy_but_in_the_form_that_aws_gives_it(name, text):
    wanted = Wanted("acme-x", "111122223333", "aws", text, text, text, (text,), (text,))
    try:
        made = filled(name, wanted)
    except BadRequest:
        return
    assert not any(letter in str(made.statements) for letter in "<>\n\t;")
