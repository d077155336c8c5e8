"""What is no ordinary spending: the thief's machines in Tokyo, and a day of debug logs weeks ago."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from bot.embedded.incident.spend.charge import Charge, Meter
from bot.embedded.incident.story import Incident

USD_AN_HOUR = Decimal("8.19")
"""A g5.12xlarge in Tokyo, on demand."""
_VOLUME = Decimal("0.0263013699")  # 200 GB of gp3 at 0.096 a month of 730 hours
_TRAFFIC = Decimal("0.0342")  # 0.3 GB at 0.114
_DAY = timedelta(days=1)
_DEBUG_DAYS_AGO, _DEBUG_USD = 41, Decimal("9.4137")


def stolen(incident: Incident, day: date, at: datetime) -> Iterator[Charge]:
    """What the machines cost on a day, up to `at`; nobody stops them."""
    hours = _hours(incident, day, at) * len(incident.gpu_instance_ids)
    if hours:
        for meter in _meters(incident):
            yield meter.charge(day, meter.daily * hours)


def compute(incident: Incident, at: datetime) -> Decimal:
    """What the machines alone, without disks and traffic, cost from their start up to `at`, in USD."""
    seconds = max(0, (at - incident.times.instances_started) // timedelta(seconds=1))
    return USD_AN_HOUR * len(incident.gpu_instance_ids) * seconds / 3600


def debugged(incident: Incident) -> date:
    """The day on which somebody left debug logs on."""
    return incident.now.date() - _DEBUG_DAYS_AGO * _DAY


def logs(incident: Incident, day: date) -> Iterator[Charge]:
    """What they cost."""
    if day == debugged(incident):
        account_id, region, usage = incident.prod.id, incident.home_region, "EU-DataProcessing-Bytes"
        yield Meter(
            account_id, "CloudWatch", region, usage, "PutLogEvents", _DEBUG_USD, Decimal("0.57"), "GB", "once"
        ).charge(day, _DEBUG_USD)


def _hours(incident: Incident, day: date, at: datetime) -> Decimal:
    begins = datetime.combine(day, time(), UTC)
    since, until = max(begins, incident.times.instances_started), min(begins + _DAY, at)
    return Decimal(max(0, (until - since) // timedelta(seconds=1))) / 3600


def _meters(incident: Incident) -> Iterator[Meter]:
    """What one machine needs, in USD an hour; nothing of it has a tag."""
    box = f"APN1-BoxUsage:{incident.gpu_types[-1]}"
    for service, usage, operation, hourly, price, unit in (
        ("EC2", box, "RunInstances", USD_AN_HOUR, USD_AN_HOUR, "Hrs"),
        ("EC2Other", "APN1-EBS:VolumeUsage.gp3", "CreateVolume-Gp3", _VOLUME, Decimal("0.096"), "GB-Mo"),
        ("EC2Other", "APN1-DataTransfer-Out-Bytes", "RunInstances", _TRAFFIC, Decimal("0.114"), "GB"),
    ):
        yield Meter(
            incident.prod.id, service, incident.gpu_region, usage, operation, hourly, price, unit, "hours"
        )
