"""With what a call was made, by what CloudTrail writes of the caller's program.

Agents are what programs say of themselves, so this is a hint, never proof. What they look like: docs, CloudTrail
record contents (userAgent), and the records of public data sets.
"""

import re
from ipaddress import ip_address

from bot.core.configuration.revision import Tool
from bot.trail.calls import Call

_TERRAFORM = re.compile(r"terraform|opentofu", re.IGNORECASE)
_CI = re.compile(
    r"github.?actions?|gitlab|circleci|buildkite|bitbucket|jenkins|azure.?devops|teamcity|codebuild",
    re.IGNORECASE,
)
_CONSOLE = re.compile(
    r"^(console|signin|[\w.-]+\.console|console\.[\w.-]+)\.(amazonaws|aws\.amazon)\.com"
    r"|S3Console/|ConsoleFrontend|\bConsole\b|^Mozilla/|^AWSCloudTrail,",
)
_CLI = re.compile(r"^(aws-cli/|AWSPowerShell|ec2-api-tools|aws-tools)", re.IGNORECASE)
_SDK = re.compile(
    r"boto|aws-sdk|^APN/|pulumi|aws-cdk|^Ruby|smithy|amazon-kinesis|^Go-http-client", re.IGNORECASE
)
_SERVICE = re.compile(r"^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$")
_INTERNAL = re.compile(r"^(AWS Internal|aws-internal/)", re.IGNORECASE)


def tool(call: Call) -> Tool:  # noqa: PLR0911 - one return a kind
    """Which kind of program; a service that called for somebody counts before what it was called with."""
    agent = (call.user_agent or "").strip().removeprefix("[").removesuffix("]").strip()
    for service in (call.via or "", agent):
        if "cloudformation." in service and _SERVICE.fullmatch(service):
            return "cloudformation"
    if _SERVICE.fullmatch(call.via or "") or call.principal_type == "AWSService":
        return "service"
    if _TERRAFORM.search(agent):
        return "terraform"
    if _CONSOLE.search(agent):
        return "console"
    if _INTERNAL.search(agent):
        # The console's own servers call for people under the people's addresses, services under names.
        return "console" if _is_address(call.source_ip) else "service"
    if _SERVICE.fullmatch(agent):
        return "service"
    if _CI.search(agent) or _CI.search(call.session_name or ""):
        return "ci"
    if _CLI.search(agent):
        return "cli"
    return "sdk" if _SDK.search(agent) else "unknown"


def _is_address(text: str | None) -> bool:
    try:
        ip_address(text or "")
    except ValueError:
        return False
    return True
