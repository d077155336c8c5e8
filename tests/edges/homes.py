"""How the accounts of a big company stand on a bad day: 500 findings open, 200 accounts, titles by somebody hostile."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from bot.core.configuration.item import Place
from bot.core.glance import (
    PARTS,
    Advised,
    Bearer,
    Broken,
    Buckets,
    Glance,
    Look,
    MonthEnd,
    RecentPress,
    Spend,
    Waiting,
)
from bot.core.severity import Severity
from bot.edges.record_looks import Record, problems
from tests.glanced import NOW
from tests.pipeline.world import CHANNEL, FALLBACK, World, alert

FINDINGS, ACCOUNTS, REGIONS = 500, 200, 17
HOSTILE = "<!channel> *bold* `code` \u202e\u0000 名前 &amp; " * 9
IDS = [f"{n:012}" for n in range(ACCOUNTS)]


def record():
    """The problems of as many findings, on record and looked at."""
    world = World(remind_after=None, mention_after=None)
    severities = list(Severity)
    for n in range(FINDINGS):
        parts = {"severity": severities[n % 4], "account_id": IDS[n % ACCOUNTS], "title": f"{n} {HOSTILE}"}
        world.tell(alert(f"p{n}", **parts))
    world.tell(*(alert(f"d{n}", source="noroshi", title=f"Deaf {n} {HOSTILE}") for n in range(20)))
    looked = problems(Record(world.ledger, [CHANNEL, FALLBACK], ["guardduty", "noroshi"])).value
    link = "https://acme.slack.com/archives/C0123456789/p1757332800000100"
    waiting = tuple(Waiting(HOSTILE[:160], HOSTILE[:160], NOW, link) for _ in range(10))
    pressed = tuple(RecentPress(NOW, HOSTILE[:160], "mute", HOSTILE[:160], HOSTILE[:160]) for _ in range(5))
    return replace(looked, waiting=waiting, pressed=pressed)


def big():
    """The whole glance."""
    places = [Place(account, f"eu-west-{n}") for account in IDS for n in range(REGIONS)]
    bearers = {Bearer(account, f"Service{n}"): Decimal("1.01") for account in IDS for n in range(40)}
    days = tuple((date(2026, 9, 1) + timedelta(days=n), Decimal(n)) for n in range(31))
    look = Look(NOW, well=True, seconds=60, unseen=17, why=HOSTILE)
    return Glance(
        spend=Spend(bearers, bearers, "USD", NOW, "cloudwatch", days),
        forecast=MonthEnd(Decimal("123456.78"), "USD"),
        problems=record(),
        findings={place: dict.fromkeys(Severity, 1) for place in places},
        open_findings=dict.fromkeys(Severity, FINDINGS // 5),
        buckets={account: Buckets(1, 1) for account in IDS},
        compliance={place: Broken(3, 1) for place in places},
        advice={account: Advised(1, 1, 1) for account in IDS},
        looks=dict.fromkeys(PARTS, look),
    )
