"""IAM's API about a whole account; users, roles and keys stay moto's."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

from moto.core.responses import ActionResult
from moto.iam.responses import IamResponse

from bot.embedded.aws.errors import Refused
from bot.embedded.aws.iam.account import Access
from bot.embedded.aws.iam.report import report

_KEPT = timedelta(hours=4)
"""How long a report is given again before another is made."""


class Iam(IamResponse):
    """One request; a subclass carries what is known of each account."""

    access: ClassVar[dict[str, Access]]
    clock: ClassVar[Callable[[], datetime]]

    def get_account_summary(self) -> ActionResult:
        """Moto's counts, and root's credentials."""
        root = self._of_account().root
        counted: dict[str, Any] = self.backend.get_account_summary().summary_map
        return ActionResult(
            {
                "SummaryMap": counted
                | {
                    "AccountMFAEnabled": int(root.mfa),
                    "AccountAccessKeysPresent": int(root.access_key is not None),
                    "AccountPasswordPresent": int(root.password),
                }
            }
        )

    def generate_credential_report(self) -> ActionResult:
        """Start one, which is there when it is asked for again; give the state of one that is not too old."""
        mine, now = self._of_account(), type(self).clock()
        if mine.report and now - mine.report[0] < _KEPT:
            return ActionResult({"State": "COMPLETE"})
        if not mine.asked:
            mine.asked = True
            words = "No report exists. Starting a new report generation task"
            return ActionResult({"State": "STARTED", "Description": words})
        mine.asked, mine.report = False, (now, report(self.current_account, mine))
        return ActionResult({"State": "COMPLETE"})

    def get_credential_report(self) -> ActionResult:
        """The report that was made; raises for none, for one that is being made, and for an old one."""
        mine = self._of_account()
        if mine.asked:
            raise Refused("CredentialReportNotReadyException", "Credential report is not ready.")
        if not mine.report:
            raise Refused("CredentialReportNotPresentException", "No report is present. Please generate one.")
        at, text = mine.report
        if type(self).clock() - at >= _KEPT:
            raise Refused("CredentialReportExpiredException", "Credential report is expired.")
        return ActionResult({"Content": text, "ReportFormat": "text/csv", "GeneratedTime": at})

    def get_account_password_policy(self) -> ActionResult:
        """The policy; raises for none."""
        policy = self._of_account().password_policy
        if policy is None:
            words = f"The Password Policy with domain name {self.current_account} cannot be found."
            raise Refused("NoSuchEntityException", words)
        return ActionResult({"PasswordPolicy": policy})

    def _of_account(self) -> Access:
        return self.access[self.current_account]
