"""Where results go, by the workgroup and the request; workgroups themselves are moto's."""

import re
from typing import Any

from bot.embedded.aws.athena.projection import split_location
from bot.embedded.aws.buckets import find_bucket
from bot.embedded.aws.errors import InvalidRequest

_NO_OUTPUT = (
    "No output location provided. An output location is required either through the Workgroup result "
    "configuration setting or as an API input."
)
_LOCATION = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/.*)?", re.DOTALL)


def output_location(workgroup: dict[str, Any], client: dict[str, Any]) -> str:
    """Where results go; raises InvalidRequest: an enforcing workgroup stands over the client, others under it."""
    own = (workgroup.get("ResultConfiguration") or {}).get("OutputLocation")
    asked = client.get("OutputLocation")
    location = (own or asked) if workgroup.get("EnforceWorkGroupConfiguration") else (asked or own)
    if not location:
        raise InvalidRequest(_NO_OUTPUT)
    if not _LOCATION.fullmatch(location):
        raise InvalidRequest(f"outputLocation is not a valid S3 path. ({location})")
    bucket = split_location(location)[0]
    if find_bucket(bucket) is None:
        raise InvalidRequest(f"Unable to verify/create output bucket {bucket}")
    return str(location)
