"""A small S3 that says whatever it is told, also what no S3 should, and counts what was asked where.

It knows S3, S3 Control and STS as far as the adapter asks them; keys are account ids, roles lead to their accounts.
"""

import threading
from collections import Counter
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

PROD, STAGING = "111122223333", "444455556666"
FLAGS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers"

_ABSENT = {
    "block": "NoSuchPublicAccessBlockConfiguration",
    "account-block": "NoSuchPublicAccessBlockConfiguration",
    "policy": "NoSuchBucketPolicy",
    "status": "NoSuchBucketPolicy",
    "ownership": "OwnershipControlsNotFoundError",
    "website": "NoSuchWebsiteConfiguration",
    "point-policy": "NoSuchAccessPointPolicy",
    "point-status": "NoSuchAccessPointPolicy",
    "multi-policy": "NoSuchMultiRegionAccessPointPolicy",
    "multi-status": "NoSuchMultiRegionAccessPointPolicy",
}


@dataclass(frozen=True)
class Said:
    """An answer as it goes over the wire."""

    status: int
    body: bytes


def error(code: str, message: str = "", status: int = 403) -> Said:
    return Said(status, f"<Error><Code>{code}</Code><Message>{escape(message)}</Message></Error>".encode())


def block(on: tuple[str, ...] = FLAGS) -> str:
    flags = "".join(f"<{each}>{str(each in on).lower()}</{each}>" for each in FLAGS)
    return f"<PublicAccessBlockConfiguration>{flags}</PublicAccessBlockConfiguration>"


def acl(*grants: tuple[str, str]) -> str:
    """Grants as (group URI, permission)."""
    said = "".join(
        '<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group">'
        f"<URI>{group}</URI></Grantee><Permission>{permission}</Permission></Grant>"
        for group, permission in grants
    )
    return (
        f"<AccessControlPolicy><Owner><ID>1</ID></Owner><AccessControlList>{said}"
        "</AccessControlList></AccessControlPolicy>"
    )


def ownership(word: str) -> str:
    rule = f"<Rule><ObjectOwnership>{word}</ObjectOwnership></Rule>"
    return f"<OwnershipControls>{rule}</OwnershipControls>"


def status(said: str) -> str:
    return f"<PolicyStatus><IsPublic>{said}</IsPublic></PolicyStatus>"


@dataclass
class Place:
    """A bucket, as made: its region and account, and what each call answers (absent: there is none of it)."""

    region: str = "eu-west-1"
    account: str = PROD
    said: dict[str, object] = field(default_factory=dict)


class S3Fake:
    """What there is, by name; `said` overrules any answer, by (call, name)."""

    def __init__(self) -> None:
        self.buckets: dict[str, Place] = {}
        self.blocks: dict[str, str] = {}
        self.points: dict[str, dict[str, object]] = {}
        self.multi: dict[str, dict[str, object]] = {}
        self.said: dict[tuple[str, str], Said] = {}
        self.asked: list[tuple[str, str, str]] = []
        self.page = 10_000
        self.tells_regions = True
        self._lock = threading.Lock()

    def make(self, name: str, region: str = "eu-west-1", account: str = PROD, **said: object) -> None:
        self.buckets[name] = Place(region, account, {"acl": acl()} | said)

    def point(self, name: str, bucket: str, **said: object) -> None:
        self.points[name] = {"bucket": bucket, **said}

    def calls(self, name: str = "") -> Counter[str]:
        """How often each call was asked, of one bucket (or access point) alone where it is named."""
        return Counter(call for call, about, _ in self.asked if not name or about == name)

    def answer(self, call: str, name: str, words: dict[str, str], key: str, region: str) -> Said:
        """What this call says to a key (an account's id), in a region."""
        with self._lock:
            self.asked.append((call, name, region))
        for known in ((call, name), (call, region), (call, key), (call, "")):
            if known in self.said:
                return self.said[known]
        if call in {"role", "whoami"}:
            return _sts(call, key, words)
        if call == "list":
            return self._list(key, words)
        if call.startswith(("point", "multi")):
            return self._point(call, name, region)
        if call == "account-block":
            return _told(call, self.blocks.get(key))
        return self._of_bucket(call, name, region, key)

    def _list(self, key: str, words: dict[str, str]) -> Said:
        names = sorted(
            name
            for name, place in self.buckets.items()
            if place.account == key and name.startswith(words.get("prefix", "")) and " " not in name
        )
        begin = int(words.get("continuation-token", "0"))
        here = names[begin : begin + min(self.page, int(words["max-buckets"]))]
        rows = "".join(
            f"<Bucket><Name>{name}</Name><CreationDate>2026-09-08T12:00:00Z</CreationDate>{self._region(name)}</Bucket>"
            for name in here
        )
        end = begin + len(here)
        more = f"<ContinuationToken>{end}</ContinuationToken>" if end < len(names) else ""
        result = f"<Buckets>{rows}</Buckets>{more}"
        return Said(200, f"<ListAllMyBucketsResult>{result}</ListAllMyBucketsResult>".encode())

    def _region(self, name: str) -> str:
        return f"<BucketRegion>{self.buckets[name].region}</BucketRegion>" if self.tells_regions else ""

    def _of_bucket(self, call: str, name: str, region: str, key: str) -> Said:
        place = self.buckets.get(name)
        if place is None:
            return error("NoSuchBucket", status=404)
        if call == "location":
            return Said(200, f"<LocationConstraint>{place.region}</LocationConstraint>".encode())
        if place.account != key:
            return error("AccessDenied", "Access Denied")
        if place.region != region and call != "head":
            return error("PermanentRedirect", status=301)
        return Said(200, b"") if call == "head" else _told(call, place.said.get(call))

    def _point(self, call: str, name: str, region: str) -> Said:
        if call == "points":
            here = {k: v for k, v in self.points.items() if self.buckets[str(v["bucket"])].region == region}
            rows = "".join(_listed(name, said, region) for name, said in here.items())
            return Said(200, f"<R><AccessPointList>{rows}</AccessPointList></R>".encode())
        if call == "multi-points":
            rows = "".join(_listed_multi(name, said) for name, said in self.multi.items())
            return Said(200, f"<R><AccessPoints>{rows}</AccessPoints></R>".encode())
        said = (self.points if call.startswith("point") else self.multi)[name]
        if call == "point":
            return Said(200, f"<R><Name>{name}</Name>{said.get('block', block())}</R>".encode())
        return _told(call, said.get(call.partition("-")[2]))


def _told(call: str, said: object) -> Said:
    if said is None:
        return error(_ABSENT[call], status=404)
    if isinstance(said, Said):
        return said
    text = str(said)
    if call == "point-policy":
        text = f"<R><Policy>{escape(text)}</Policy></R>"
    elif call == "multi-policy":
        text = f"<R><Policy><Established><Policy>{escape(text)}</Policy></Established></Policy></R>"
    elif call == "multi-status":
        text = f"<R><Established><IsPublic>{text}</IsPublic></Established></R>"
    elif call == "point-status":
        text = f"<R>{status(text)}</R>"
    return Said(200, text.encode())


def _listed(name: str, said: dict[str, object], region: str) -> str:
    vpc = f"<VpcConfiguration><VpcId>{said['vpc']}</VpcId></VpcConfiguration>" if "vpc" in said else ""
    arn = f"arn:aws:s3:{region}:{PROD}:accesspoint/{name}"
    origin = "VPC" if vpc else "Internet"
    return (
        f"<AccessPoint><Name>{name}</Name><NetworkOrigin>{origin}</NetworkOrigin>{vpc}"
        f"<Bucket>{said['bucket']}</Bucket><AccessPointArn>{arn}</AccessPointArn></AccessPoint>"
    )


def _listed_multi(name: str, said: dict[str, object]) -> str:
    on = str(said.get("block", block())).replace("PublicAccessBlockConfiguration", "PublicAccessBlock")
    regions = "".join(f"<Region><Bucket>{each}</Bucket></Region>" for each in said["buckets"])
    return f"<AccessPoint><Name>{name}</Name><Alias>{name}.mrap</Alias>{on}<Regions>{regions}</Regions></AccessPoint>"


def _sts(call: str, key: str, words: dict[str, str]) -> Said:
    if call == "whoami":
        text = f"<Account>{key}</Account><Arn>arn:aws:iam::{key}:user/bot</Arn><UserId>1</UserId>"
        return Said(200, f"<R><GetCallerIdentityResult>{text}</GetCallerIdentityResult></R>".encode())
    account = words["RoleArn"].split(":")[4]
    keys = (
        f"<AccessKeyId>{account}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
        "<Expiration>2099-01-01T00:00:00Z</Expiration>"
    )
    text = f"<Credentials>{keys}</Credentials>"
    return Said(200, f"<R><AssumeRoleResult>{text}</AssumeRoleResult></R>".encode())
