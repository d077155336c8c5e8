"""How GuardDuty's detectors are shown: where nobody looks first, then what of those that look is off."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.core.amounts import counted
from bot.core.buttons import Ask, Button, Csv, Share
from bot.core.findings.features import feature
from bot.core.findings.seen import Detector
from bot.core.findings.unseen import placed
from bot.core.sections import Column, Paragraph, Section, Table
from bot.core.spoken import some
from bot.core.text import Code, Line, Small, Strong
from bot.core.view import Caveat, View
from commands.guardduty.status import Answer
from commands.guardduty.words import account, is_blind

_SHOWN, _FEATURES = 25, 3
_ORDER = ("suspended", "unknown", "on", "off")
_STATES = {"off": "off", "suspended": "suspended", "unknown": "not known"}
_EVERY = {"FIFTEEN_MINUTES": "15 minutes", "ONE_HOUR": "1 hour", "SIX_HOURS": "6 hours"}
COLUMNS = (
    *("account_id", "region", "state", "features_off", "updates_every", "administrator", "administers"),
    *("members_off", "why"),
)


def show(answer: Answer, accounts: Mapping[str, str]) -> View:
    """The whole answer."""
    found = sorted(answer.detectors.found, key=lambda each: _ORDER.index(each.state))
    return View(
        title=_title(found, answer.detectors.caveats),
        sections=tuple(_sections(found, accounts)),
        command="guardduty status",
        rows=tuple(map(_row, found)),
        columns=COLUMNS,
        caveats=answer.detectors.caveats,
        receipt=answer.receipt,
        buttons=tuple(_buttons(found)),
    )


def _title(found: Sequence[Detector], caveats: Sequence[Caveat]) -> str:
    states: Counter[str] = Counter(each.state for each in found)
    places = counted(len(found), "place")
    if not found:
        return "I can’t tell where GuardDuty looks: it could be asked nowhere"
    if states["on"] == len(found):
        weak = sum(bool(each.features_off or each.members_off) for each in found)
        where = f"all {places}" if len(found) > 1 else "the only place asked"
        if is_blind(caveats):
            where = f"{places}, and I could not ask everywhere"
        return f"GuardDuty looks in {where}" + (f"; in {weak:,} something of it is off" if weak else "")
    if not states["on"]:
        said = f"GuardDuty looks nowhere of {places}"
    else:
        said = f"GuardDuty looks in {states['on']:,} of {places}"
    rest = [f"{states[each]:,} {word}" for each, word in _STATES.items() if states[each]]
    return f"{said}: {', '.join(rest)}"


def _sections(found: Sequence[Detector], accounts: Mapping[str, str]) -> Iterator[Section]:
    there = [each for each in found if each.state != "off"]
    if there:
        columns = tuple(Column(name) for name in ("where", "state", "off", "members"))
        rows = tuple(_line(each, accounts) for each in there[:_SHOWN])
        yield Table(columns, rows, more=max(0, len(there) - _SHOWN))
    if off := [each for each in found if each.state == "off"]:
        yield Paragraph(tuple(_off(off, accounts)))
    if late := {each.updates_every for each in there} & {"SIX_HOURS", "ONE_HOUR"}:
        said = " or ".join(_EVERY[each] for each in sorted(late))
        yield Paragraph(
            ((Small(f"That a finding goes on is told every {said} only; its first sight at once"),),)
        )


def _line(one: Detector, accounts: Mapping[str, str]) -> tuple[Line, ...]:
    state: Line = (Strong(one.state),) if one.state == "suspended" else (_STATES.get(one.state, one.state),)
    return (
        (account(one.place.account_id, accounts), Small(f" {one.place.region}")),
        (*state, *((Small(f": {one.why}"),) if one.why else ())),
        (_off_there(one),),
        _members(one, accounts),
    )


def _off_there(one: Detector) -> str:
    if one.state == "suspended":
        return "all of it"
    return some([feature(each) for each in one.features_off], _FEATURES) or (
        "not known" if one.why else "nothing"
    )


def _members(one: Detector, accounts: Mapping[str, str]) -> Line:
    if one.administrator:
        return (f"belongs to {account(one.administrator, accounts)}",)
    if not one.administers:
        return ("none",)
    off = some([account(each, accounts) for each in one.members_off], _FEATURES)
    return (f"{one.administers:,}", *((Strong(f", off in {off}"),) if off else ()))


def _off(off: Sequence[Detector], accounts: Mapping[str, str]) -> Iterator[Line]:
    for where in placed(off, lambda each: account(each, accounts)):
        yield (Strong("Off, so nobody looks"), f": {where}")
    region = off[0].place.region
    yield (Small("To turn it on: "), Code(f"aws guardduty create-detector --enable --region {region}"))


def _row(one: Detector) -> dict[str, Any]:
    return {
        "account_id": one.place.account_id or None,
        "region": one.place.region,
        "state": one.state,
        "features_off": None if one.state in {"off", "unknown"} else list(one.features_off),
        "updates_every": one.updates_every or None,
        "administrator": one.administrator or None,
        "administers": one.administers,
        "members_off": list(one.members_off),
        "why": one.why or None,
    }


def _buttons(found: Sequence[Detector]) -> Iterator[Button]:
    if any(each.state != "off" for each in found):
        yield Ask("Open findings", ("guardduty", "list"))
    if found:
        yield Csv()
    yield Share()
