"""Our own finding with other fields, read and told."""

from bot.core.findings.finding import Finding
from bot.core.findings.telling import telling
from tests.sources.guardduty.findings import FIRES


def detail(**changes):
    """What EventBridge has in `detail`."""
    return FIRES["detail"] | changes


def read(**changes):
    return Finding.model_validate(detail(**changes))


def told(**changes):
    return telling(read(**changes))
