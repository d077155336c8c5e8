"""The checks that are made here, whatever the support plan: Trusted Advisor's classic ones, by its names and colours.

https://docs.aws.amazon.com/awssupport/latest/user/security-checks.html
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, NamedTuple

from bot.core.advice.buckets import permissions
from bot.core.advice.databases import Database, access_risk
from bot.core.advice.groups import Groups, specific_ports, unrestricted
from bot.core.advice.opinion import Check, Opinion
from bot.core.advice.people import Keys, password, root_key, root_mfa, rotation
from bot.core.advice.snapshots import Disks, Snapshot, public_copies, public_disks
from bot.core.advice.told import Told, opinion, unknown
from bot.core.advice.trails import management_events
from bot.core.coverage.trails import Trails
from bot.core.public.bucket import Judged
from bot.core.public.facts import NOT_ASKED
from bot.core.public.meaning import Unread

Part = Literal["groups", "databases", "disks", "copies", "trails", "summary", "keys", "password", "buckets"]
"""What an account is asked for; each is a field of `Facts`."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the checks hang on, of one account; what belongs to a region is by region.

    Each part is as it is, or `Unread`: denied, failed, or not asked. `password` None: there is no policy.
    """

    groups: Mapping[str, Groups | Unread] = field(default_factory=dict)
    databases: Mapping[str, tuple[Database, ...] | Unread] = field(default_factory=dict)
    disks: Mapping[str, Disks | Unread] = field(default_factory=dict)
    copies: Mapping[str, tuple[Snapshot | Unread, ...] | Unread] = field(default_factory=dict)
    trails: Mapping[str, Trails | Unread] = field(default_factory=dict)
    summary: Mapping[str, int] | Unread = NOT_ASKED
    keys: Keys | Unread = NOT_ASKED
    password: Mapping[str, object] | Unread | None = NOT_ASKED
    buckets: Sequence[Judged] | Unread = NOT_ASKED


class Classic(NamedTuple):
    """A check of our own: what it needs to be told, how it judges, and what to do first about what it flags."""

    check: Check
    needs: tuple[Part, ...]
    judge: Callable[[Facts, datetime], Told]
    first: str


def _security(number: str, name: str, about: str) -> Check:
    return Check(number, name, "security", about)


EXPOSED: Final = Unread(
    "AWS looks for keys in public code, and nobody else can; without Trusted Advisor its mail and AWS Health tell of it"
)

CLASSIC: Final = (
    Classic(
        _security(
            "HCP4007jGY",
            "Security Groups - Specific Ports Unrestricted",
            "Security groups that let the whole internet in to ports that are attacked most (22, 3389, databases …).",
        ),
        ("groups",),
        lambda facts, _: specific_ports(facts.groups),
        "See who opened it and when; then narrow the rule to the addresses that need it.",
    ),
    Classic(
        _security(
            "1iG5NDGVre",
            "Security Groups - Unrestricted Access",
            "Security groups that let the whole internet in to any port but 25, 80 and 443.",
        ),
        ("groups",),
        lambda facts, _: unrestricted(facts.groups),
        "See who opened it and when; then narrow the rule, or delete a group that nothing uses.",
    ),
    Classic(
        _security(
            "Pfx0RwqBli",
            "Amazon S3 Bucket Permissions",
            "Buckets that let others in: red where everybody may write or change who may, yellow for any other way.",
        ),
        ("buckets",),
        lambda facts, _: permissions(facts.buckets),
        "See by what each is open (/s3 explain), and who was at it; then switch Block Public Access on.",
    ),
    Classic(
        _security(
            "7DAFEmoDos", "MFA on Root Account", "Whether the root user signs in with a second factor."
        ),
        ("summary",),
        lambda facts, _: root_mfa(facts.summary),
        "Sign in as root and add a passkey; in an organization, take members’ root credentials away altogether.",
    ),
    Classic(
        _security("c2vlfg0f4h", "Root User Access Key", "Whether the root user has an access key."),
        ("summary",),
        lambda facts, _: root_key(facts.summary),
        "See whether it is used (/trail root), replace it by a role, then delete it.",
    ),
    Classic(
        _security(
            "DqdJqYeRm5",
            "IAM Access Key Rotation",
            "Active access keys of users that are older than 90 days (yellow) or two years (red).",
        ),
        ("keys",),
        lambda facts, now: rotation(facts.keys, now),
        "See what uses the key (/trail key); make a second one, change over, then deactivate the old one.",
    ),
    Classic(
        _security(
            "Yw2K9puPzl",
            "IAM Password Policy",
            "Whether passwords must be long and of several kinds of characters.",
        ),
        ("password",),
        lambda facts, _: password(facts.password),
        "Set a policy with every requirement in IAM’s account settings.",
    ),
    Classic(
        _security(
            "12Fnkpl8Y5", "Exposed Access Keys", "Access keys that AWS found in public code, or misused."
        ),
        (),
        lambda *_: unknown("", EXPOSED),
        "Deactivate the key at once, then see what it did (/trail key).",
    ),
    Classic(
        _security(
            "ePs02jT06w", "Amazon EBS Public Snapshots", "Snapshots of disks that everybody may restore."
        ),
        ("disks",),
        lambda facts, _: public_disks(facts.disks),
        "Make it private, switch on the region’s block of public snapshots, and see who shared it (/trail resource).",
    ),
    Classic(
        _security(
            "rSs93HQwa1",
            "Amazon RDS Public Snapshots",
            "Snapshots of databases and their clusters that everybody may restore.",
        ),
        ("copies",),
        lambda facts, _: public_copies(facts.copies),
        "Make it private, and see who shared it (/trail resource): whoever copied it has the data.",
    ),
    Classic(
        _security(
            "nNauJisYIT",
            "Amazon RDS Security Group Access Risk",
            "Databases whose security group lets the whole internet in to their port. AWS’s own looks at groups of "
            "EC2-Classic alone, which is gone; this one at those of the VPC.",
        ),
        ("databases", "groups"),
        lambda facts, _: access_risk(facts.databases, facts.groups),
        "Narrow the group to what must connect; then take the public address away.",
    ),
    Classic(
        _security(
            "c25hn9x03v",
            "AWS CloudTrail Management Event Logging",
            "Whether a trail that is on records management events in every region, and delivers them.",
        ),
        ("trails",),
        lambda facts, _: management_events(facts.trails),
        "See whether somebody switched it off (/trail coverage); make one trail of all regions.",
    ),
)
"""In the order that they are told in."""

BY_ID: Final = {one.check.id: one for one in CLASSIC}


def needs(checks: Sequence[str]) -> frozenset[Part]:
    """What these checks (by id) need to be told; others need nothing."""
    return frozenset(part for each in checks if each in BY_ID for part in BY_ID[each].needs)


def opinions(checks: Sequence[str], facts: Facts, account_id: str, now: datetime) -> tuple[Opinion, ...]:
    """What those of the checks that are ours say of an account."""
    made = [BY_ID[each] for each in dict.fromkeys(checks) if each in BY_ID]
    return tuple(opinion(one.check, one.judge(facts, now), account_id, now) for one in made)
