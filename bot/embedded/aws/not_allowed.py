"""IAM actions that nobody may use for a while, so that it can be seen what a bot says that lacks a permission.

Wording: IAM user guide, "Troubleshoot access denied error messages". Policies themselves are not judged here.
"""

from collections.abc import Container
from typing import Any

from moto.iam.models import get_account_id_from

from bot.embedded.aws.call_names import action, error_body
from bot.embedded.aws.gate import keys

_CODES = {
    "s3": "AccessDenied",
    "s3control": "AccessDenied",
    "cloudwatch": "AccessDenied",
    "ec2": "UnauthorizedOperation",
    "iam": "AccessDenied",
    "rds": "AccessDenied",
    "sns": "AuthorizationError",
}
"""What is not AccessDeniedException."""
_FORBIDDEN, _BAD = "403 Forbidden", "400 Bad Request"


def not_allowed(
    environ: dict[str, Any], service: str, operation: str, refused: Container[str]
) -> tuple[str, tuple[str, bytes]] | None:
    """The status, and the content type and body, of a refusal; None where the action (`ce:GetCostAndUsage`) may be used."""
    wanted = action(service, operation)
    if wanted not in refused:
        return None
    account = get_account_id_from(next(iter(keys(environ)), ""))
    words = (
        f"User: arn:aws:iam::{account}:user/noroshi is not authorized to perform: {wanted} "
        f"because no identity-based policy allows the {wanted} action"
    )
    code = _CODES.get(service, "AccessDeniedException")
    status = _BAD if code == "AccessDeniedException" else _FORBIDDEN
    return status, error_body(environ, code, words)
