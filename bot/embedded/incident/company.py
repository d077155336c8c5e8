"""Acme: the accounts, buckets, people and machines that the embedded world is about.

Everything here follows from the seed alone, never from the clock, so that a day of ordinary life can be
cached on disk and still name the same key that the incident leaks.
"""

import hashlib
from base64 import b32encode
from dataclasses import dataclass
from typing import NamedTuple

REGIONS = ("eu-west-1", "us-east-1", "ap-northeast-1")


@dataclass(frozen=True)
class Account:
    """An AWS account and what people call it."""

    id: str
    name: str


@dataclass(frozen=True)
class Bucket:
    """A bucket; without `data_events` no object-level call on it is ever recorded."""

    name: str
    account_id: str
    region: str
    data_events: bool = True

    @property
    def arn(self) -> str:
        """As policies and `resources[]` name it."""
        return f"arn:aws:s3:::{self.name}"


@dataclass(frozen=True)
class Person:
    """Somebody who signs in through IAM Identity Center with a permission set."""

    email: str
    permission_set: str
    ip: str


class Place(NamedTuple):
    """Where CloudTrail writes a file for: one account in one region."""

    account_id: str
    region: str


PROD = Account("111122223333", "prod")
STAGING = Account("444455556666", "staging")
ACCOUNTS = (PROD, STAGING)

BUCKETS = (
    Bucket("acme-payroll", PROD.id, "eu-west-1"),
    Bucket("acme-web-assets", PROD.id, "eu-west-1"),
    Bucket("acme-logs", PROD.id, "eu-west-1"),
    Bucket("acme-reports", PROD.id, "eu-west-1"),
    Bucket("acme-archive", PROD.id, "eu-west-1", data_events=False),
    Bucket("acme-trail-logs", PROD.id, "eu-west-1", data_events=False),
    Bucket("acme-staging-assets", STAGING.id, "eu-west-1"),
)

PEOPLE = (
    Person("mika.sato@acme.example", "Admin", "203.0.113.9"),
    Person("jonas.lind@acme.example", "Admin", "203.0.113.14"),
    Person("priya.nair@acme.example", "Developer", "203.0.113.21"),
    Person("tomas.okafor@acme.example", "Developer", "192.0.2.33"),
    Person("elena.rossi@acme.example", "Developer", "192.0.2.71"),
    Person("hana.ito@acme.example", "Finance", "203.0.113.52"),
    Person("sam.weber@acme.example", "Finance", "203.0.113.53"),
    Person("noor.haddad@acme.example", "ReadOnly", "192.0.2.90"),
)


@dataclass(frozen=True)
class Company:
    """Who and what there is at Acme, ids included; the same for a seed on every machine and every day."""

    seed: int

    accounts = ACCOUNTS
    prod = PROD
    staging = STAGING
    regions = REGIONS
    home_region = "eu-west-1"
    gpu_region = "ap-northeast-1"
    buckets = BUCKETS
    people = PEOPLE
    log_bucket = "acme-trail-logs"
    trail_name = "acme-trail"
    leaked_user = "backup"
    office_ip = "203.0.113.40"
    security_group_name = "web-prod"
    payroll_access_point = "payroll-analytics"

    def hexadecimal(self, name: str, length: int) -> str:
        """Hex digits that belong to a name, e.g. of an instance."""
        return hashlib.sha256(f"{self.seed}/{name}".encode()).hexdigest()[:length]

    def unique_id(self, prefix: str, name: str, length: int = 21) -> str:
        """An id as IAM makes them (AIDA…, AROA…, ASIA…), plainly an example."""
        letters = b32encode(hashlib.sha256(f"{self.seed}/{name}".encode()).digest()).decode()
        return f"{prefix}EXAMPLE{letters}"[:length]

    def bucket(self, name: str) -> Bucket:
        """The bucket of that name; KeyError if Acme has none."""
        return {bucket.name: bucket for bucket in self.buckets}[name]

    @property
    def payroll(self) -> Bucket:
        """The bucket that the thief is after."""
        return self.bucket("acme-payroll")

    @property
    def trail_arn(self) -> str:
        """The multi-region trail of prod."""
        return f"arn:aws:cloudtrail:{self.home_region}:{self.prod.id}:trail/{self.trail_name}"

    @property
    def leaked_user_arn(self) -> str:
        """The IAM user whose key leaks."""
        return f"arn:aws:iam::{self.prod.id}:user/{self.leaked_user}"

    @property
    def leaked_key_id(self) -> str:
        """The long-lived key of `backup`: used every night from the office, then by the thief."""
        return f"AKIAEXAMPLEBACKUP{self.unique_id('', 'leaked key')[7]}7Q"

    @property
    def security_group_id(self) -> str:
        """Group `web-prod` in the home region."""
        return f"sg-{self.hexadecimal('web-prod', 17)}"

    @property
    def web_instance_ids(self) -> tuple[str, ...]:
        """The web servers behind `web-prod`."""
        return tuple(f"i-{self.hexadecimal(f'web-{n}', 17)}" for n in range(3))

    @property
    def vpc_id(self) -> str:
        """The VPC of the web servers."""
        return f"vpc-{self.hexadecimal('vpc', 17)}"

    @property
    def subnet_id(self) -> str:
        """The subnet of the web servers."""
        return f"subnet-{self.hexadecimal('subnet', 17)}"

    def detector_id(self, region: str) -> str:
        """GuardDuty's detector of prod in a region."""
        return self.hexadecimal(f"detector/{region}", 32)
