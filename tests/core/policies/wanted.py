"""Each template with all that it takes."""

from dataclasses import replace

from bot.core.policies.template import Wanted
from bot.core.policies.templates import TEMPLATES, filled

ROLE = "arn:aws:iam::111122223333:role/BreakGlass"
BARE = Wanted("acme-x", "111122223333", "eu-west-1")
_VALUES = {
    "--distribution": {"distribution": "E1A2B3C4D5E6F7"},
    "--vpce": {"endpoint": "vpce-0a1b2c3d4e5f60718"},
    "--org": {"organization": "o-a1b2c3d4e5"},
    "--cidr": {"networks": ("203.0.113.0/24",)},
    "--except": {"spared": (ROLE,)},
}


def wanted(name, **more):
    """What the template takes, filled; `more` stands instead."""
    given = {field: value for option in TEMPLATES[name].takes for field, value in _VALUES[option].items()}
    return replace(BARE, **(given | more))


def full(name, **more):
    return filled(name, wanted(name, **more))
