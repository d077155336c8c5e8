"""A template of a bucket policy, filled in: what it does, whom it locks out, and what to look at before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Statement = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Template:
    """`statements` have Sids of their own, by which an older form of the same template is found.

    `does`, `locks_out` and `check` are sentences for people.
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a template is filled with; `spared` are ARNs of roles and users that a Deny leaves alone."""

    bucket: str
    account_id: str
    partition: str = "aws"
    distribution: str = ""
    endpoint: str = ""
    organization: str = ""
    networks: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()

    @property
    def arn(self) -> str:
        """The bucket's."""
        return f"arn:{self.partition}:s3:::{self.bucket}"
