"""The incident's users, passwords, snapshots and groups, as IAM, EC2 and RDS know them."""

from datetime import UTC, datetime

from bot.embedded.aws.advisor.seen import Resource
from bot.embedded.aws.analyzers import analyzer
from bot.embedded.aws.ec2.snapshots import Snapshot as Disk
from bot.embedded.aws.iam.account import Console, Use
from bot.embedded.aws.identities import make_key, make_user
from bot.embedded.aws.rds.snapshots import Snapshot as Database
from bot.embedded.aws.stand_in import AwsStandIn
from bot.embedded.incident import Incident
from bot.embedded.incident.company import Place
from bot.embedded.incident.exposure import PASSWORD_POLICY, Copy, User, clusters, databases, disks, users

_OPENED = datetime(2021, 1, 12, 8, 4, 11, tzinfo=UTC)
_EVERYBODY = ("all",)


def furnish_exposure(stand_in: AwsStandIn, incident: Incident) -> None:
    """Let it be so; groups and machines are those that Config recorded, which is furnished already."""
    _accounts(stand_in, incident)
    for user in users(incident):
        _user(stand_in, incident, user)
    for disk in disks(incident):
        stand_in.snapshots.put(_disk(disk))
    for copy in databases(incident):
        stand_in.database_snapshots.put(_database(copy))
    for copy in clusters(incident):
        stand_in.database_snapshots.put(_database(copy, is_cluster=True))
    _network(stand_in, incident)
    _advised(stand_in, incident)


def _accounts(stand_in: AwsStandIn, incident: Incident) -> None:
    prod, staging = stand_in.access[incident.prod.id], stand_in.access[incident.staging.id]
    prod.made = staging.made = _OPENED
    prod.password_policy = dict(PASSWORD_POLICY)
    staging.root.mfa = False
    stand_in.snapshots.blocked[incident.prod.id, incident.home_region] = "block-all-sharing"
    for account in incident.accounts:
        place = (account.id, incident.home_region)
        stand_in.analyzers[place] = [analyzer(place, "acme", _OPENED)]


def _user(stand_in: AwsStandIn, incident: Incident, user: User) -> None:
    access = stand_in.access[user.account_id]
    make_user(user.account_id, user.name, incident.unique_id("AIDA", f"user/{user.name}"), user.made)
    for key in user.keys:
        make_key(user.account_id, user.name, key.id, key.made, active=key.active)
        if key.used:
            access.keys[key.id] = Use(*key.used)
    if user.password_changed:
        access.consoles[user.name] = Console(user.password_changed, user.signed_in, user.mfa)


def _disk(copy: Copy) -> Disk:
    shared = _EVERYBODY if copy.public else ()
    return Disk(copy.id, copy.place, copy.made, copy.of, 100, copy.about, copy.encrypted, shared)


def _database(copy: Copy, *, is_cluster: bool = False) -> Database:
    return Database(
        copy.id,
        copy.of,
        copy.place,
        copy.made,
        "automated" if copy.automated else "manual",
        encrypted=copy.encrypted,
        shared=_EVERYBODY if copy.public else (),
        is_cluster=is_cluster,
    )


def _network(stand_in: AwsStandIn, incident: Incident) -> None:
    """The interfaces that findings name, and every region's default group, which lets in nobody but its own."""
    cards = {"web": incident.web_instance_ids[0], "gpu": incident.gpu_instance_ids[0]}
    for name, instance in cards.items():
        stand_in.network.cards[instance] = f"eni-{incident.hexadecimal(f'eni/{name}', 17)}"
    for account in incident.accounts:
        for region in incident.regions:
            _default_group(stand_in, incident, Place(account.id, region))


def _default_group(stand_in: AwsStandIn, incident: Incident, place: Place) -> None:
    found_at = Place(incident.prod.id, incident.gpu_region)
    of = "" if place == found_at else f"/{place.account_id}/{place.region}"
    ident = f"sg-{incident.hexadecimal(f'default group{of}', 17)}"
    own = {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": ident, "UserId": place.account_id}]}
    vpc = f"vpc-{incident.hexadecimal(f'default vpc{of}', 17)}"
    about = "default VPC security group"
    stand_in.network.put_group(place, ident, [own], GroupName="default", Description=about, VpcId=vpc)


def _advised(stand_in: AwsStandIn, incident: Incident) -> None:
    """What Trusted Advisor alone knows: that the key is public, that a server idles, that a limit is near."""
    prod, home, at = incident.prod.id, incident.home_region, incident.times.last_seen
    user, key, server = incident.leaked_user, incident.leaked_key_id, incident.web_instance_ids[-1]
    case, seen = incident.hexadecimal("case", 10), f"{at:%Y-%m-%dT%H:%M:%SZ}"
    exposed = (key, user, "Exposed", case, seen, "https://git.example/acme/tools", "", "")
    daily = ("2.1%  0.4MB",) * 14
    idle = (f"{home}a", server, "web-prod-3", "m7i.large", "$36.94", *daily, "2.1%", "0.4MB", "14 days")
    limit = ("us-east-1", "VPC", "VPC", "5", "4", "Yellow")
    stand_in.advisor.put(prod, "12Fnkpl8Y5", Resource("error", key, exposed))
    stand_in.advisor.put(prod, "Qch7DwouX1", Resource("warning", server, idle, home))
    stand_in.advisor.put(prod, "jL7PP0l7J9", Resource("warning", "VPC", limit, "us-east-1"))
