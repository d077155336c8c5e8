"""A template of a bucket policy, filled in: what it does, whom it locks out, and what to look at before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

Statement = Mapping[str, Any]
# AWS General Reference, "Amazon Resource Names": a region's name tells its partition.
_PARTITIONS: Final = (
    ("cn-", "aws-cn"),
    ("us-gov-", "aws-us-gov"),
    ("us-iso-", "aws-iso"),
    ("us-isob-", "aws-iso-b"),
    ("eusc-", "aws-eusc"),
)


@dataclass(frozen=True, slots=True)
class Template:
    """`statements` have Sids of their own, by which an older form of the same template is found.

    `does` and `check` are sentences for people, `locks_out` is what stands behind "It locks out".
    """

    name: str
    statements: tuple[Statement, ...]
    does: str
    locks_out: str
    check: str

    @property
    def sids(self) -> frozenset[str]:
        """The Sids that are the template's."""
        return frozenset(str(one["Sid"]) for one in self.statements)

    @property
    def denies(self) -> bool:
        """Whether all that it does is to deny."""
        return all(one["Effect"] == "Deny" for one in self.statements)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a template is filled with; `spared` are ARNs of roles and users that a Deny leaves alone.

    `account_id` and `region` are the bucket's, "" where they are not known.
    """

    bucket: str
    account_id: str
    region: str = ""
    distribution: str = ""
    endpoint: str = ""
    organization: str = ""
    networks: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()

    @property
    def partition(self) -> str:
        """The first part of its ARNs."""
        return next((name for start, name in _PARTITIONS if self.region.startswith(start)), "aws")

    @property
    def arn(self) -> str:
        """The bucket's."""
        return f"arn:{self.partition}:s3:::{self.bucket}"
