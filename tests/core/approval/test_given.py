"""What is written into the form for a template is told apart, whatever the order; what is not clear is asked."""

import pytest

from bot.core.approval.given import given
from bot.core.policies.template import Wanted
from bot.errors import BadRequest

EMPTY = Wanted("acme-x", "111122223333", "eu-west-1")
ROLE = "arn:aws:iam::111122223333:role/BreakGlass"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", {}),
        (" \n , ", {}),
        ("vpce-0a1b2c3d", {"endpoint": "vpce-0a1b2c3d"}),
        ("--vpce vpce-0a1b2c3d --except " + ROLE, {"endpoint": "vpce-0a1b2c3d", "spared": (ROLE,)}),
        (f"{ROLE}, o-a1b2c3d4e5", {"organization": "o-a1b2c3d4e5", "spared": (ROLE,)}),
        ("E1A2B3C4D5E6F7", {"distribution": "E1A2B3C4D5E6F7"}),
        (
            "arn:aws:cloudfront::111122223333:distribution/E1A2B3C4D5E6F7",
            {"distribution": "arn:aws:cloudfront::111122223333:distribution/E1A2B3C4D5E6F7"},
        ),
        ("203.0.113.0/24; 2001:db8::/32", {"networks": ("203.0.113.0/24", "2001:db8::/32")}),
        ("everywhere", {"networks": ("everywhere",)}),
    ],
)
def test_each_is_known_by_its_form(text, parts):
    found = given(text, EMPTY)

    for name in ("distribution", "endpoint", "organization"):
        assert getattr(found, name) == parts.get(name, "")
    for name in ("networks", "spared"):
        assert getattr(found, name) == parts.get(name, ())
    assert found.arn == EMPTY.arn


def test_one_of_a_kind_is_said_once():
    with pytest.raises(BadRequest, match="Which endpoint: vpce-1 or vpce-2"):
        given("vpce-1 vpce-2", EMPTY)

    assert given("vpce-1 vpce-1", EMPTY).endpoint == "vpce-1"
