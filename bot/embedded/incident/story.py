"""The incident: a key leaks, and what the thief does with it in the last six hours before `now`."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.embedded.incident.company import Company, Person

DAYS = 30
# A question about 30 days, asked hours later, is to see it still.
_SEEN_BY_A_MONTH = timedelta(hours=1)


@dataclass(frozen=True)
class Timeline:
    """When each step happens, in UTC; all of it is over, and delivered, by `now`."""

    key_tried: datetime
    refused_from: datetime
    read_from: datetime
    read_until: datetime
    copied: datetime
    key_created: datetime
    logging_stop_tried: datetime
    group_opened: datetime
    instances_started: datetime
    read_again: datetime
    role_taken: datetime
    last_seen: datetime


@dataclass(frozen=True)
class Incident(Company):
    """Acme, and what is stolen from it up to `now` (aware; taken in UTC, to the second below)."""

    now: datetime

    attacker_ip = "198.51.100.7"
    attacker_agent = (
        "Boto3/1.34.46 md/Botocore#1.34.46 ua/2.0 os/linux#6.6.9-kali1-amd64 md/arch#x86_64 "
        "lang/python#3.11.8 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.34.46"
    )
    foreign_bucket = "cold-storage-xfer-7f3a"
    gpu_types = ("p4d.24xlarge", "g5.12xlarge")

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("an incident's now must be aware")
        object.__setattr__(self, "now", self.now.astimezone(UTC).replace(microsecond=0))

    @property
    def company(self) -> Company:
        """Acme without the clock: what ordinary life depends on."""
        return Company(self.seed)

    @property
    def start(self) -> datetime:
        """When the thief first tries the key."""
        return self.now - timedelta(hours=6)

    @property
    def times(self) -> Timeline:
        """The steps, each at its distance from the start."""

        def after(minutes: int) -> datetime:
            return self.start + timedelta(minutes=minutes)

        return Timeline(
            key_tried=self.start,
            refused_from=after(4),
            read_from=after(12),
            read_until=after(50),
            copied=after(55),
            key_created=after(80),
            logging_stop_tried=after(90),
            group_opened=after(120),
            instances_started=after(162),
            read_again=after(270),
            role_taken=after(290),
            last_seen=after(320),
        )

    @property
    def key_maker(self) -> Person:
        """Who made the key that leaked: somebody of good will, and the human to ask about it."""
        return next(one for one in self.people if one.email.startswith("tomas."))

    @property
    def leaked_key_created(self) -> datetime:
        """Just before the first nightly run of the last 30 days: a key is never used before it is made."""
        earliest = self.now - timedelta(days=DAYS) + _SEEN_BY_A_MONTH
        night = earliest.replace(hour=0, minute=50, second=0)
        return night if night >= earliest else night + timedelta(days=1)

    @property
    def new_key_id(self) -> str:
        """The key that the thief makes for later; it stays active until somebody looks."""
        return self.unique_id("AKIA", "second key", 20)

    @property
    def gpu_instance_ids(self) -> tuple[str, ...]:
        """What runs in Tokyo, where prod never ran anything."""
        return tuple(f"i-{self.hexadecimal(f'gpu-{n}', 17)}" for n in range(2))
