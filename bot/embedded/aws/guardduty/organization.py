"""Who administers GuardDuty for whom: one account sees and archives the findings of its members.

https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_accounts.html
"""

from dataclasses import dataclass, field

from moto.guardduty.models import Detector, guardduty_backends

Place = tuple[str, str]
"""Account id and region."""


@dataclass
class Organization:
    """An organization's delegated administrator, in every region; without one, every account is on its own."""

    administrator: str = ""
    members: list[str] = field(default_factory=list)

    def delegate(self, administrator: str, *members: str) -> None:
        """Make an account the administrator of others: from then on these may not archive, nor suppress."""
        self.administrator, self.members = administrator, list(members)

    def seen_from(self, place: Place) -> list[Place]:
        """The places whose findings a detector shows: its own, and for an administrator its members' in the region."""
        account_id, region = place
        of_members = self.members if account_id == self.administrator else []
        return [place, *((each, region) for each in of_members if detector_of((each, region)))]

    def is_member(self, place: Place) -> bool:
        """Whether another account decides here: it has a detector, and so has the administrator in that region."""
        account_id, region = place
        return account_id in self.members and detector_of((self.administrator, region)) is not None

    def deciding(self, place: Place) -> Place:
        """Whose filters hold in a place."""
        return (self.administrator, place[1]) if self.is_member(place) else place


def detector_of(place: Place) -> Detector | None:
    """The detector of a place, which has one at most."""
    account_id, region = place
    return next(iter(guardduty_backends[account_id][region].detectors.values()), None)
