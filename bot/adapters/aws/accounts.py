"""Other accounts: a session that asks there through a role, its credentials renewed as they grow old.

https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html; botocore renews them itself.
"""

from typing import Any

import boto3
from botocore.credentials import AssumeRoleCredentialFetcher, DeferredRefreshableCredentials

from bot.adapters.aws.counted import count, counting_of
from bot.adapters.aws.errors import asking
from bot.adapters.aws.service_models import new_session
from bot.adapters.aws.session import client

_NAME = "noroshi"


def session_as(role_arn: str, own: boto3.Session) -> boto3.Session:
    """A session of the account whose role this is, counted like `own`; nobody is asked before its first call.

    What fails then is botocore's ClientError of `sts:AssumeRole`, or NoroshiError where no client can be made.
    """
    with asking("sts:AssumeRole", f"to act as {role_arn}"):
        source = own._session.get_credentials()  # noqa: SLF001 - boto3 gives only a frozen copy that grows old
    fetcher = AssumeRoleCredentialFetcher(
        client_creator=lambda service, **known: _sts(own, service, **known),
        source_credentials=source,
        role_arn=role_arn,
        extra_args={"RoleSessionName": _NAME},
    )
    core: Any = new_session()
    count(core, counting_of(own))
    core._credentials = DeferredRefreshableCredentials(  # noqa: SLF001 - botocore's own pattern, and its only way
        refresh_using=fetcher.fetch_credentials, method="assume-role"
    )
    with asking("sts:AssumeRole", f"to act as {role_arn}"):
        return boto3.Session(botocore_session=core, region_name=own.region_name)


def _sts(own: boto3.Session, service: str, **_credentials: object) -> Any:
    # The session's own credentials are the ones that the fetcher would hand over.
    return client(service, None, own)
