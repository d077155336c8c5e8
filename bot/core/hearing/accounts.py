"""Whether what happens in an account would reach us."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.core.hearing.news import NOTHING, Judged
from bot.core.hearing.senses import AccountSense, Patience
from bot.core.hearing.stops import Past, Senses, of_part, spoken_for
from bot.core.hearing.unknown import unsure
from bot.core.hearing.words import PARTS, SOURCE, TRAIL, alert, at, because, either, long, place, well
from bot.core.severity import Severity
from bot.core.text import Code, Line, When


def keys(senses: Sequence[AccountSense]) -> list[str]:
    """The keys under which something of this account may be remembered."""
    account_id = senses[0].account_id
    names = [*(part.name for part in PARTS), "delivery"]
    return [
        f"{SOURCE}:silence:{account_id}",
        *(f"{SOURCE}:{sort}:{part.name}:{account_id}" for sort in ("never", "unknown") for part in PARTS),
        *(f"{SOURCE}:{name}:{account_id}:{each.region}" for name in names for each in senses),
    ]


def of_account(
    senses: Sequence[AccountSense], heard: datetime | None, past: Past, patience: Patience, now: datetime
) -> Iterator[Judged]:
    """All of one account; `heard` is when its last event came, `past` what is remembered under `keys`."""
    account_id = senses[0].account_id
    for part in PARTS:
        by_region: Senses = {each.region: getattr(each, part.name) for each in senses}
        yield from of_part(part, account_id, by_region, past, patience)
        key, question = f"{part.name}:{account_id}", f"{part.service} is on in account {account_id}"
        yield unsure(key, question, by_region.values(), patience, account_id)
    yield from _of_delivery(senses, past, patience, now)
    if any(each.detector.state == "on" for each in senses):
        first_look = past.get(f"{SOURCE}:silence:{account_id}", NOTHING).first_at
        yield _silence(account_id, heard, first_look or now, patience, now)


def _of_delivery(
    senses: Sequence[AccountSense], past: Past, patience: Patience, now: datetime
) -> Iterator[Judged]:
    """Whether the files of a trail that is on come."""
    on = {each.region: each for each in senses if each.trail.state == "on"}
    late = {region: each.trail.name for region, each in on.items() if _is_late(each, patience, now)}
    fine = on.keys() - late.keys()
    before = {
        each.region: past.get(f"{SOURCE}:delivery:{each.account_id}:{each.region}", NOTHING)
        for each in senses
    }
    for region, others in spoken_for(late, before, fine).items():
        yield _late(on[region], [region, *others], now)
    for region in sorted(fine):
        told = _late(on[region], [region], now)
        again = f"Records of {place(on[region].account_id, [region])} come again"
        yield Judged(well(told.alert, again), name=told.name)


def _is_late(sense: AccountSense, patience: Patience, now: datetime) -> bool:
    """A quiet region has no files for hours, so only the trail's home is held to the clock."""
    old = sense.delivered_at is not None and now - sense.delivered_at >= patience.delivery
    return bool(sense.delivery_error) or (old and f":{sense.region}:" in sense.trail.name)


def _late(sense: AccountSense, regions: Sequence[str], now: datetime) -> Judged:
    since, name = sense.delivered_at, sense.trail.name.rpartition("/")[2]
    ago = f"wrote its last file {long(now - since)} ago" if since else "writes no files"
    said = alert(
        f"delivery:{sense.account_id}:{sense.region}",
        "delivery",
        Severity.MEDIUM,
        f"Records of {place(sense.account_id, regions)} don't come: the trail {name} "
        + ("can't write its files" if sense.delivery_error else ago),
        ("/trail sees nothing newer than its last file; alerts still come.",),
        ("The last file came ", When(since)) if since else (),
        ("Look at the bucket and its policy: ", Code("noroshi doctor --only trail")),
        because(sense.delivery_error),
    )
    told = at(said, sense.account_id, sense.region, TRAIL.page)
    return Judged(told, since=since, name=sense.trail.name)


def _silence(
    account_id: str, heard: datetime | None, first_look: datetime, patience: Patience, now: datetime
) -> Judged:
    """No event at all, though a detector is on; counted from the first look where none ever came."""
    since = heard or first_look
    last: Line = ("The last one came ", When(heard)) if heard else ("None ever came.",)
    said = alert(
        f"silence:{account_id}",
        "silence",
        Severity.MEDIUM,
        f"I heard nothing from account {account_id} for {long(now - since)}, though GuardDuty is on there",
        last,
        ("It may be quiet there, or its events may not reach the queue (rule, bus, policy).",),
        ("Send one and see: ", Code("noroshi doctor --end-to-end")),
    )
    told = either(said, f"I hear account {account_id} again", deaf=now - since >= patience.silence)
    return Judged(at(told, account_id), since=since)
