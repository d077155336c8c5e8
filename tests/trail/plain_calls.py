"""The questions of /trail, answered by plain Python over parsed records: what every engine and form must agree with.

Written from CloudTrail's documentation of its records (docs: CloudTrail record contents, userIdentity element) and
from the questions' own words, not from the SQL.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import unquote

from tests.trail.plain_records import Record

_S3 = ("s3.amazonaws.com", "s3express.amazonaws.com", "s3-outposts.amazonaws.com")
_REFUSED = re.compile(r"access.?denied|unauthori[sz]ed|not.?authori[sz]ed|authorizationerror", re.IGNORECASE)
_BUCKET_ARN = re.compile(
    r"arn:[^:]*:(?:s3:::|s3express:.*:bucket/|s3-outposts:.*:outpost/[^/]+/bucket/)([^/]+)"
)
_ACCESS_POINT = re.compile(r"^arn:|-s3alias$|--ol-s3$|\.mrap$")
_TARGETS = (
    *(
        "groupId",
        "instanceId",
        "userName",
        "roleName",
        "roleArn",
        "bucketName",
        "functionName",
        "keyId",
        "secretId",
    ),
    *("trailName", "name", "resourceArn", "detectorId", "dBInstanceIdentifier", "policyArn", "allocationId"),
    *("volumeId", "snapshotId", "imageId"),
)

Holds = Callable[["Plain"], bool]


@dataclass(frozen=True)
class Plain:
    """One record, by the words of the documentation; None is unknown."""

    record: Record
    filed_under: str = ""
    """The account whose folder the log file lies in."""

    def text(self, name: str) -> str | None:
        return _text(self.record.get(name))

    def who(self, *path: str) -> str | None:
        value: Any = self.record.get("userIdentity")
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        return _text(value)

    @property
    def at(self) -> str:
        return str(self.record.get("eventTime")).replace(" ", "T")[:19]

    @property
    def call_id(self) -> str | None:
        return self.text("sharedEventID") or self.text("eventID")

    @property
    def recorded_in(self) -> str | None:
        return self.text("recipientAccountId") or self.filed_under or None

    @property
    def principal(self) -> str | None:
        account, number = self.who("accountId"), self.who("principalId")
        if named := self.who("arn") or self.who("invokedBy"):
            return named
        if (account or "").lower() in {"anonymous", "anonymous_principal"}:
            return "anonymous"
        return f"{account}:{number}" if account and number else account or number

    @property
    def session_name(self) -> str | None:
        return (self.who("principalId") or "").partition(":")[2] or None

    @property
    def role(self) -> str | None:
        issuer = self.who("sessionContext", "sessionIssuer", "arn")
        return issuer if issuer and ":role/" in issuer else None

    @property
    def names(self) -> tuple[str | None, ...]:
        """What people call whoever it was."""
        role = self.who("sessionContext", "sessionIssuer", "userName") if self.role else None
        source = self.who("sessionContext", "sourceIdentity")
        return (self.who("userName"), self.session_name, role, source, self.who("onBehalfOf", "userId"))

    @property
    def arns(self) -> list[str]:
        listed = self.record.get("resources")
        each = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        return [arn for one in each if (arn := one.get("ARN") or one.get("arn"))]

    def part(self, name: str) -> Any:
        """requestParameters and such, parsed also where a data set has them as text."""
        value = self.record.get(name)
        try:
            return json.loads(value) if isinstance(value, str) else value
        except ValueError:
            return value

    def inside(self, name: str, *path: str) -> str | None:
        value = self.part(name)
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        return _text(value)

    @property
    def buckets(self) -> tuple[str | None, str | None]:
        """The bucket that it is about, and the one that it copied out of."""
        if self.record.get("eventSource") not in _S3:
            return None, None
        said = self.inside("requestParameters", "bucketName") or ""
        source = unquote(self.inside("requestParameters", "x-amz-copy-source") or "")
        copied = re.split(r"[/?]", re.sub(r"^/*(arn:[^:]*:s3:::)?/*", "", source))[0]
        if not _ACCESS_POINT.search(said) or _BUCKET_ARN.match(said):
            return next(_bucket_names([said]), said) or None, copied or None
        return next(_bucket_names(self.arns), said), copied or None

    @property
    def target(self) -> str | None:
        pairs = _pairs(self.part("requestParameters"))
        fit = (value for key, value in pairs if key in _TARGETS and isinstance(value, str))
        return next((one for one in fit if one and len(one) <= 256 and not re.search(r'["\\]', one)), None)

    @property
    def made_key(self) -> str | None:
        made = ("credentials", "accessKey")
        return next(filter(None, (self.inside("responseElements", one, "accessKeyId") for one in made)), None)

    @property
    def named_key(self) -> str | None:
        of_iam = self.record.get("eventSource") == "iam.amazonaws.com"
        return self.inside("requestParameters", "accessKeyId") if of_iam else None

    @property
    def refused(self) -> bool:
        return bool(_REFUSED.search(self.text("errorCode") or ""))

    def row(self) -> Record:
        """What an answer's row tells of it."""
        login = self.record.get("eventName") == "ConsoleLogin"
        return {
            "at": self.at,
            "event_id": self.text("eventID"),
            "call_id": self.call_id,
            "event_name": self.text("eventName"),
            "event_source": self.text("eventSource"),
            "event_type": self.text("eventType"),
            "region": self.text("awsRegion"),
            "recorded_in": self.recorded_in,
            "read_only": (self.text("readOnly") or "").lower() or None,
            "error_code": self.text("errorCode"),
            "error_message": self.text("errorMessage"),
            "principal": self.principal,
            "principal_type": self.who("type"),
            "caller_account": self.who("accountId"),
            "role": self.role,
            "access_key": self.who("accessKeyId"),
            "session_name": self.session_name,
            "source_identity": self.who("sessionContext", "sourceIdentity"),
            "via": self.who("invokedBy"),
            "source_ip": self.text("sourceIPAddress"),
            "user_agent": self.text("userAgent"),
            "target": self.target,
            "resource_arns": self.arns,
            "made_key": self.made_key,
            "named_key": self.named_key,
            "login": self.inside("responseElements", "ConsoleLogin") if login else None,
            "login_mfa": self.inside("additionalEventData", "MFAUsed") if login else None,
            "user_name": self.who("userName"),
        }


def by_user(said: str) -> Holds:
    if said == "root":
        return lambda one: one.who("type") == "Root"
    if said.endswith(".amazonaws.com"):
        return lambda one: said in {one.principal, one.who("invokedBy")}
    if re.fullmatch(r"\d{12}", said):
        return lambda one: one.who("accountId") == said
    if said.startswith("arn:"):
        return lambda one: one.principal == said or (":role/" in said and one.role == said)
    if "/" in said:
        pair = tuple(said.lower().split("/"))
        return lambda one: ((one.names[2] or "").lower(), (one.session_name or "").lower()) == pair
    return lambda one: said.lower() in {(name or "").lower() for name in one.names}


def by_event(said: str) -> Holds:
    service, _, name = said.lower().rpartition(":")
    return lambda one: (
        (one.text("eventName") or "").lower() == name
        and (not service or one.text("eventSource") == f"{service}.amazonaws.com")
    )


def by_key(said: str) -> Holds:
    return lambda one: said in {one.who("accessKeyId"), one.made_key, one.named_key}


def from_ip(said: str) -> Holds:
    network = ip_network(said, strict=False)

    def within(one: Plain) -> bool:
        try:
            return ip_address(one.text("sourceIPAddress") or "") in network
        except ValueError:
            return False

    return within


def on_resource(said: str) -> Holds:
    last = re.split("[/:]", said)[-1]
    is_arn = said.startswith("arn:")
    bucket = last if not is_arn or ":s3:::" in said else None

    def touched(one: Plain) -> bool:
        among = said in one.arns if is_arn else any(said in re.split("[/:]", arn) for arn in one.arns)
        told = {
            text for name in ("requestParameters", "responseElements") for text in _strings(one.part(name))
        }
        return (
            among
            or said in told
            or (is_arn and last in told)
            or (bucket is not None and bucket in one.buckets)
        )

    return touched


def is_login(one: Plain) -> bool:
    return one.text("eventName") == "ConsoleLogin" and one.text("eventSource") == "signin.amazonaws.com"


def is_roots_own(one: Plain) -> bool:
    acted = one.who("invokedBy") is None and one.text("eventType") != "AwsServiceEvent"
    return one.who("type") == "Root" and acted


def is_change(one: Plain) -> bool:
    return (one.text("readOnly") or "").lower() == "false"


def once(found: Iterable[Plain]) -> list[Plain]:
    """One record a call: copies for several accounts share sharedEventID, a file delivered twice repeats eventID.

    A call has one time. The copy that names the caller stands; some data sets gave different records one id and
    time: then any, always the same.
    """
    calls: dict[object, list[Plain]] = defaultdict(list)
    for number, one in enumerate(found):
        calls[(one.call_id, one.at) if one.call_id else number].append(one)
    return [min(copies, key=_fullness) for copies in calls.values()]


def _fullness(one: Plain) -> tuple[tuple[bool, str], ...]:
    arn = one.who("arn")
    agent = (one.text("sourceIPAddress"), one.text("userAgent"))
    told = ("" if arn else None, one.recorded_in, one.at, one.text("eventName"), *agent, arn)
    return tuple(
        map(_last, (*told, *(value for name, value in one.row().items() if name != "resource_arns")))
    )


def newest_first(calls: Iterable[Plain]) -> list[Plain]:
    ordered = sorted(calls, key=lambda one: [_last(one.text("eventID")), one.text("eventName") or ""])
    return sorted(ordered, key=lambda one: one.at, reverse=True)


def counts(calls: Sequence[Plain]) -> dict[str, int]:
    """Over all of them."""
    return {
        "found": len(calls),
        "denied": sum(one.refused for one in calls),
        "failed": sum(one.text("errorCode") is not None for one in calls),
        "writes": sum(is_change(one) for one in calls),
        "principals": len({one.principal for one in calls}),
    }


def bins(calls: Iterable[Plain], length: int) -> dict[str, tuple[int, int]]:
    """Calls, and those of them that failed, by their time cut to so many characters."""
    made = Counter(one.at[:length] for one in calls)
    failed = Counter(one.at[:length] for one in calls if one.text("errorCode"))
    return {name: (made[name], failed[name]) for name in made}


def _last(text: str | None) -> tuple[bool, str]:
    return text is None, text or ""


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None or value == "" else str(value)


def _bucket_names(arns: Iterable[str]) -> Iterator[str]:
    return (found[1] for arn in arns if (found := _BUCKET_ARN.match(arn)))


def _pairs(value: Any) -> Iterator[tuple[str, Any]]:
    """Every key with its value, at any depth, in the order of the text."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner
            yield from _pairs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _pairs(inner)


def _strings(value: Any) -> Iterator[str]:
    """Every text in it, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
