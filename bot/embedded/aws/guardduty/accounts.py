"""Who administers whom, as an administrator and as its members are told.

https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_organizations.html
"""

from typing import Any

from moto.core.responses import ActionResult

from bot.embedded.aws.errors import BadRequest
from bot.embedded.aws.guardduty.asking import Asking
from bot.embedded.aws.guardduty.detectors import PROTECTIONS
from bot.embedded.aws.guardduty.organization import detector_of


class Accounts(Asking):
    """What it answers about the accounts of an organization."""

    def list_members(self) -> ActionResult:
        """The members of an administrator; those without a detector here only if asked for, nobody's for others."""
        asked = self.asked()
        everybody = str(asked.get("OnlyAssociated", "true")).lower() == "false"
        told = [self._member(each) for each in self._members()]
        return self.page("Members", [each for each in told if everybody or "DetectorId" in each], asked)

    def get_administrator_account(self) -> ActionResult:
        """Whose member the account is; nothing for one that is nobody's."""
        return self._administrator("Administrator")

    def get_master_account(self) -> ActionResult:
        """The same, by the name it had before."""
        return self._administrator("Master")

    def list_organization_admin_accounts(self) -> ActionResult:
        """The delegated administrator, which alone may ask, beside the organization's own account."""
        asked, organization = self.asked(), self.findings.organization
        if organization.administrator and organization.administrator != self.current_account:
            raise BadRequest(
                "The request failed because the current account is not the organization's management account."
            )
        name = organization.administrator
        accounts = [{"AdminAccountId": name, "AdminStatus": "ENABLED"}] if name else []
        return self.page("AdminAccounts", accounts, asked)

    def describe_organization_configuration(self) -> ActionResult:
        """What new accounts of the organization get; for the administrator alone."""
        self.asked()
        if self.findings.organization.administrator != self.current_account:
            raise BadRequest(
                "The request failed because the current account is not the delegated GuardDuty administrator."
            )
        return ActionResult(
            {
                "AutoEnable": True,
                "AutoEnableOrganizationMembers": "NEW",
                "MemberAccountLimitReached": False,
                "Features": [
                    {"Name": name, "AutoEnable": "NEW" if on else "NONE"} for name, on in PROTECTIONS.items()
                ],
            }
        )

    def _members(self) -> list[str]:
        organization = self.findings.organization
        return organization.members if organization.administrator == self.current_account else []

    def _member(self, account_id: str) -> dict[str, Any]:
        detector, name = detector_of((account_id, self.region)), self.current_account
        told = {
            "AccountId": account_id,
            "MasterId": name,
            "AdministratorId": name,
            "Email": f"aws+{account_id}@acme.example",
        }
        if detector is None:
            return told | {"RelationshipStatus": "Created", "UpdatedAt": _instant(self.findings.clock())}
        status = "Enabled" if detector.enabled else "Disabled"
        at = {"InvitedAt": _instant(detector.created_at), "UpdatedAt": _instant(detector.updated_at)}
        return told | at | {"DetectorId": detector.id, "RelationshipStatus": status}

    def _administrator(self, called: str) -> ActionResult:
        detector = self.guardduty_backend.detectors[self.asked()["DetectorId"]]
        organization = self.findings.organization
        if not organization.is_member(self.place()):
            return ActionResult({})
        told = {
            "AccountId": organization.administrator,
            "RelationshipStatus": "Enabled",
            "InvitedAt": _instant(detector.created_at),
        }
        return ActionResult({called: told})


def _instant(at: Any) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.000Z"
