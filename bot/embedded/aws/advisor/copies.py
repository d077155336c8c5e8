"""Snapshots that everybody may restore: of disks, of databases and of clusters.

https://docs.aws.amazon.com/awssupport/latest/user/security-checks.html
"""

from bot.embedded.aws.advisor.seen import COLOURS, Looked, Resource, Seen
from bot.embedded.aws.ec2.regions import ALWAYS_ON
from bot.embedded.aws.ec2.snapshots import EVERYBODY

_RED = COLOURS["error"]


def disks(account_id: str, seen: Seen) -> Looked:
    """ePs02jT06w: red, whatever else the region blocks."""
    own = [
        each
        for region in ALWAYS_ON
        for each in seen.snapshots.seen_from((account_id, region))
        if each.place[0] == account_id
    ]
    resources = (
        Resource(
            "error",
            each.id,
            (_RED, each.place[1], each.volume_id, each.id, each.description),
            each.place[1],
        )
        for each in own
        if EVERYBODY in each.shared
    )
    return Looked(tuple(resources), len(own))


def databases(account_id: str, seen: Seen) -> Looked:
    """rSs93HQwa1: of databases and of clusters."""
    own = [
        each
        for region in ALWAYS_ON
        for clusters in (False, True)
        for each in seen.databases.own((account_id, region), clusters=clusters)
    ]
    resources = (
        Resource("error", each.arn, (_RED, each.place[1], each.of, each.id), each.place[1])
        for each in own
        if EVERYBODY in each.shared
    )
    return Looked(tuple(resources), len(own))
