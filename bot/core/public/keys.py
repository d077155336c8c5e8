"""The condition keys whose fixed values make a statement non-public, and what a fixed value of each is.

The list is AWS's and closed, but for principals: there it names aws:PrincipalOrgID as an example only, so
the other keys that name a principal can't be decided.
"""

import ipaddress
from collections.abc import Sequence
from typing import Final

from bot.core.public.meaning import is_fixed, named

SOURCE_IP: Final = "aws:sourceip"
POINT_ARN: Final = "s3:dataaccesspointarn"
POINT_ACCOUNT: Final = "s3:dataaccesspointaccount"
LISTED: Final = {
    SOURCE_IP: "range of addresses",
    "aws:sourcearn": "source",
    "aws:sourcevpc": "VPC",
    "aws:sourcevpce": "VPC endpoint",
    "aws:sourceowner": "owner",
    "aws:sourceaccount": "account",
    "aws:userid": "user",
    "aws:principalorgid": "organization",
    POINT_ARN: "access point",
    POINT_ACCOUNT: "account's access points",
}
"""By key in lower case, what its fixed value is one of."""

# Of each, where the part stands that must be fixed for the value to name anybody: (separator, number).
DOUBTED: Final = {
    "aws:principalaccount": ("", 0),
    "aws:principalarn": (":", 4),
    "aws:principalorgpaths": ("/", 0),
    "kms:calleraccount": ("", 0),
    "aws:principalservicename": ("", 0),
    "aws:principalservicenameslist": ("", 0),
}

_WIDE: Final = {4: 8, 6: 32}


def judged(key: str, values: Sequence[str]) -> tuple[bool | None, str]:
    """Whether these values of a key (in lower case) narrow a statement, and why; None is undecidable."""
    if key == SOURCE_IP:
        return _addresses(values)
    if key in DOUBTED:
        return _doubted(key, values)
    if key not in LISTED:
        return False, "AWS doesn't count this key"
    loose = [one for one in values if not _is_fixed(key, one)]
    if loose:
        return False, f"{named(loose)} is no fixed value"
    return True, f"a fixed {LISTED[key]}: {named(values)}"


def _is_fixed(key: str, value: str) -> bool:
    if key == POINT_ARN:
        # arn:aws:s3:REGION:ACCOUNT:accesspoint/*: the name may be a wildcard where all before it is fixed.
        before, found, name = value.partition(":accesspoint/")
        return is_fixed(before) and _field(before, ":", 4) != "" and bool(found) and "${" not in name
    return is_fixed(value)


def _doubted(key: str, values: Sequence[str]) -> tuple[bool | None, str]:
    loose = [one for one in values if not (part := _field(one, *DOUBTED[key])) or not is_fixed(part)]
    if loose:
        return False, f"{named(loose)} is no fixed principal"
    return None, f"AWS doesn't say whether it counts this key with {named(values)}"


def _addresses(values: Sequence[str]) -> tuple[bool | None, str]:
    loose = [one for one in values if not is_fixed(one)]
    if loose:
        return False, f"{named(loose)} is no fixed value"
    try:
        ranges = [ipaddress.ip_network(one.strip(), strict=False) for one in values]
    except ValueError as error:
        return None, f"an address can't be read: {error}"
    # RFC 1918's ranges are excepted; none of them is broader than /8.
    wide = [one for one in ranges if one.prefixlen < _WIDE[one.version]]
    if wide:
        return False, f"{named(map(str, wide))} is broader than /{_WIDE[wide[0].version]}"
    return True, f"fixed addresses: {named(map(str, ranges))}"


def _field(value: str, mark: str, number: int) -> str:
    fields = value.split(mark) if mark else [value]
    return fields[number] if len(fields) > number else ""
