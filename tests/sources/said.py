"""What an alert says to people, as text, and what would be wrong with it."""

import re

from bot.core.alert import TITLE, show
from bot.core.text import plain

_RUN_TOGETHER = re.compile(r"\b[a-z]+[A-Z]\w*|\b[A-Z][a-z]+[A-Z]\w*")
_OURS = {"CloudTrail", "CloudWatch", "GuardDuty", "CloudFormation"}
_NAMES = re.compile(
    r"name|id$|user|principal|arn|domain|bucket|resource|dimension|account|service|^body$", re.IGNORECASE
)
_TYPES = re.compile(
    r"^(event(Name|Source|Type)|type|api|metricName|userType|resourceType|title)$", re.IGNORECASE
)
_GAPS = ("None", "null", "{", "}", "  ", "()", "[]", "nan")
_PLACED = ("guardduty", "cloudtrail", "config_rules", "billing")


def words(alert):
    """Everything a person reads, the title first, a line each."""
    view = show(alert)
    lines = [plain(line) for section in view.sections for line in section.lines]
    steps = [" ".join(step.words) for step in alert.next_steps]
    return [f"{alert.severity.value.upper()} {view.title}", *lines, *steps]


def faults(event, alert):
    """What a person on call could not use; unknown events show their own JSON, which is theirs."""
    said, text = words(alert), " ".join(words(alert)[:1] if alert.source == "unknown" else words(alert))
    named = " ".join(_named(event.detail))
    found = [f"a gap: {gap}" for gap in _GAPS if gap in text and gap not in named]
    found += [
        f"run together: {token}"
        for token in _RUN_TOGETHER.findall(alert.title)
        if token not in named and token not in _OURS and alert.source != "unknown"
    ]
    found += [] if 0 < len(alert.title) <= TITLE else [f"{len(alert.title)} characters"]
    found += [] if len(alert.title.split()) >= 3 else ["no sentence"]
    found += ["an end like a text's"] if alert.title.endswith((".", ":", ",", " ")) else []
    found += ["an empty line"] if not all(line.strip() for line in said) else []
    found += ["no account"] if event.account_id and not alert.account_id else []
    found += ["no region"] if event.region and not alert.region and alert.source in _PLACED else []
    return found


def _named(value, key=""):
    """The names that people or AWS gave to things: those may look as they like."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _named(inner, name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _named(inner, key)
    elif isinstance(value, str) and (_NAMES.search(key) and not _TYPES.match(key)):
        yield value
