"""How bad a finding's number is: GuardDuty's own bands (docs: guardduty_findings-severity)."""

from bot.core.severity import Severity

_FLOORS = {Severity.CRITICAL: 9, Severity.HIGH: 7, Severity.MEDIUM: 4, Severity.LOW: 1}


def band(number: float) -> Severity:
    """The word for GuardDuty's number, a double of 1.0 to 10.0."""
    return next((word for word, floor in _FLOORS.items() if number >= floor), Severity.LOW)


def floor(severity: Severity) -> int:
    """The least number that is as bad as this; 0, which every finding has, for what is below GuardDuty's bands."""
    return _FLOORS.get(severity, 0)
