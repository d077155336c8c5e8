"""IAM's users and roles with the unique ids that a story's records and configuration items name.

IAM's own calls would make the ids up, and another each time.
"""

from datetime import datetime

from moto.iam.models import AccessKey, iam_backends

from bot.embedded.aws.accounts import PARTITION


def make_user(account_id: str, name: str, unique_id: str, created: datetime | None = None) -> None:
    """A user of that id (AIDA…), as old as that; raises what IAM does where the name is taken."""
    backend = iam_backends[account_id][PARTITION]
    user = backend.create_user(region_name="us-east-1", user_name=name)
    user.id, user.create_date = unique_id, created or user.create_date


def make_key(account_id: str, user: str, key_id: str, created: datetime, *, active: bool = True) -> None:
    """A user's key, to be listed and reported: it does not open the stand-in, whose own keys do."""
    key = AccessKey(user, prefix="AKIA", account_id=account_id, status="Active" if active else "Inactive")
    key.access_key_id, key.create_date = key_id, created
    iam_backends[account_id][PARTITION].get_user(user).access_keys.append(key)


def make_role(account_id: str, name: str, unique_id: str, trust: str, created: datetime) -> None:
    """A role of that id (AROA…) and trust policy (JSON), as old as that."""
    backend = iam_backends[account_id][PARTITION]
    role = backend.create_role(name, trust, "/", None, "", [], None)
    del backend.roles[role.id]
    role.id, role.create_date = unique_id, created
    backend.roles[unique_id] = role
