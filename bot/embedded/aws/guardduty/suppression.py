"""GuardDuty's API for filters, which only an administrator has, or who has none.

https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateFilter.html
"""

from typing import Any

from moto.core.responses import ActionResult, EmptyResult

from bot.embedded.aws.guardduty.asking import Asking
from bot.embedded.aws.guardduty.filters import Filter

_CHANGES = {"Action": "action", "Description": "description"}


class Suppression(Asking):
    """What it answers about filters."""

    def create_filter(self) -> ActionResult:
        """Make one; it archives new findings, and leaves those that are there alone."""
        asked, now = self.deciding(), self.findings.clock()
        made = Filter(
            asked["Name"],
            _criteria(asked),
            now,
            now,
            asked.get("Action") or "NOOP",
            asked.get("Description") or "",
            asked.get("Tags"),
            token=asked.get("ClientToken") or "",
        )
        self.findings.filters.make(self.place(), made, asked.get("Rank"))
        return ActionResult({"Name": made.name})

    def get_filter(self) -> ActionResult:
        """One by its name."""
        found = self.findings.filters.one(self.place(), self.deciding()["FilterName"])
        rank = self.findings.filters.of(self.place()).index(found) + 1
        return ActionResult(
            {
                "Name": found.name,
                "Description": found.description,
                "Action": found.action,
                "Rank": rank,
                "FindingCriteria": {"Criterion": found.criteria},
                "Tags": dict(found.tags or {}),
                "CreatedAt": found.made,
                "UpdatedAt": found.changed,
                "Version": found.version,
            }
        )

    def list_filters(self) -> ActionResult:
        """The names, in the order in which they are applied."""
        asked = self.deciding()
        return self.page("FilterNames", [each.name for each in self.findings.filters.of(self.place())], asked)

    def update_filter(self) -> ActionResult:
        """Change what is named of it."""
        asked = self.deciding()
        changes: dict[str, Any] = {here: asked[name] for name, here in _CHANGES.items() if name in asked}
        if asked.get("FindingCriteria"):
            changes["criteria"] = _criteria(asked)
        name = asked["FilterName"]
        self.findings.filters.change(self.place(), name, self.findings.clock(), changes, asked.get("Rank"))
        return ActionResult({"Name": name})

    def delete_filter(self) -> ActionResult:
        """Delete it; what it archived stays archived."""
        self.findings.filters.drop(self.place(), self.deciding()["FilterName"])
        return EmptyResult()


def _criteria(asked: dict[str, Any]) -> dict[str, Any]:
    return dict((asked.get("FindingCriteria") or {}).get("Criterion") or {})
