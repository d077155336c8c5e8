"""Who calls AWS: each kind of `userIdentity` that CloudTrail writes, with the address and agent it calls from.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
"""

from dataclasses import dataclass, replace
from typing import Any

from bot.embedded.incident.company import Account, Company, Person

BROWSER = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/138.0.0.0 Safari/537.36"
)
CLI = (
    "aws-cli/2.27.41 md/awscrt#0.26.1 ua/2.1 os/macos#24.5.0 md/arch#arm64 lang/python#3.13.4 "
    "md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/prompt#off"
)
BOTO = (
    "Boto3/1.38.36 md/Botocore#1.38.36 ua/2.1 os/linux#6.1.141-155.222.amzn2023.x86_64 md/arch#x86_64 "
    "lang/python#3.12.11 md/pyimpl#CPython exec-env/AWS_Lambda_python3.12 cfg/retry-mode#legacy"
)


@dataclass(frozen=True)
class Caller:
    """An identity (the record's `userIdentity`) and from where it calls."""

    identity: dict[str, Any]
    ip: str
    agent: str

    @property
    def name(self) -> str:
        """What error messages call it: the ARN, or for want of one `anonymous`."""
        return str(self.identity.get("arn", "anonymous"))

    @property
    def is_service(self) -> bool:
        """Whether an AWS service makes the call, with or without somebody's credentials: no TLS is shown then."""
        return "invokedBy" in self.identity

    def via(self, service: str) -> "Caller":
        """The same credentials, used by an AWS service on the caller's behalf."""
        return replace(self, identity=self.identity | {"invokedBy": service}, ip=service, agent=service)


def iam_user(company: Company, name: str, key_id: str, ip: str, agent: str) -> Caller:
    """A user of prod with a long-lived key."""
    identity = {
        "type": "IAMUser",
        "principalId": company.unique_id("AIDA", f"user/{name}"),
        "arn": f"arn:aws:iam::{company.prod.id}:user/{name}",
        "accountId": company.prod.id,
        "accessKeyId": key_id,
        "userName": name,
    }
    return Caller(identity, ip, agent)


def role(company: Company, account: Account, path: str, session: str, caller: tuple[str, str]) -> Caller:
    """A session of a role; `path` may hold slashes, of which the session's ARN keeps only the last part."""
    name = path.rsplit("/", 1)[-1]
    principal = company.unique_id("AROA", f"{account.id}/{name}")
    identity = {
        "type": "AssumedRole",
        "principalId": f"{principal}:{session}",
        "arn": f"arn:aws:sts::{account.id}:assumed-role/{name}/{session}",
        "accountId": account.id,
        "accessKeyId": company.unique_id("ASIA", f"{account.id}/{name}/{session}", 20),
        "sessionContext": {
            "sessionIssuer": {
                "type": "Role",
                "principalId": principal,
                "arn": f"arn:aws:iam::{account.id}:role/{path}",
                "accountId": account.id,
                "userName": name,
            },
            "attributes": {"creationDate": "<<session>>", "mfaAuthenticated": "false"},
        },
    }
    return Caller(identity, *caller)


def person(company: Company, account: Account, who: Person, agent: str = BROWSER) -> Caller:
    """Somebody's session of an Identity Center permission set; the session is named by the e-mail."""
    name = f"AWSReservedSSO_{who.permission_set}_{company.hexadecimal(f'sso/{who.permission_set}', 16)}"
    path = f"aws-reserved/sso.amazonaws.com/{company.home_region}/{name}"
    return role(company, account, path, who.email, (who.ip, agent))


def service(name: str) -> Caller:
    """AWS itself: no account, no key."""
    return Caller({"type": "AWSService", "invokedBy": name}, name, name)


def anonymous(ip: str, agent: str = BROWSER) -> Caller:
    """An unsigned request to S3."""
    return Caller({"type": "AWSAccount", "principalId": "", "accountId": "anonymous"}, ip, agent)


def from_other_account(caller: Caller) -> Caller:
    """How the owner of a resource sees a caller of another account: who it is, not what it is called."""
    seen = {
        "type": "AWSAccount",
        "principalId": caller.identity["principalId"],
        "accountId": caller.identity["accountId"],
    }
    return replace(caller, identity=seen)


def web_identity(company: Company, subject: str, ip: str) -> Caller:
    """A workflow that shows GitHub's token to STS, before it has any role."""
    provider = f"arn:aws:iam::{company.prod.id}:oidc-provider/token.actions.githubusercontent.com"
    identity = {
        "type": "WebIdentityUser",
        "principalId": f"{provider}:sts.amazonaws.com:{subject}",
        "userName": subject,
        "identityProvider": provider,
    }
    return Caller(
        identity, ip, "aws-sdk-js/3.826.0 ua/2.1 os/linux#6.11.0-1015-azure lang/js md/nodejs#20.19.2"
    )
