"""Regions by the names people and old messages give them, and the console of each."""

import re

# docs: AWS General Reference, Regions and zones.
NAMES = {
    "us-east-1": "US East (N. Virginia)",
    "us-east-2": "US East (Ohio)",
    "us-west-1": "US West (N. California)",
    "us-west-2": "US West (Oregon)",
    "af-south-1": "Africa (Cape Town)",
    "ap-east-1": "Asia Pacific (Hong Kong)",
    "ap-east-2": "Asia Pacific (Taipei)",
    "ap-northeast-1": "Asia Pacific (Tokyo)",
    "ap-northeast-2": "Asia Pacific (Seoul)",
    "ap-northeast-3": "Asia Pacific (Osaka)",
    "ap-south-1": "Asia Pacific (Mumbai)",
    "ap-south-2": "Asia Pacific (Hyderabad)",
    "ap-southeast-1": "Asia Pacific (Singapore)",
    "ap-southeast-2": "Asia Pacific (Sydney)",
    "ap-southeast-3": "Asia Pacific (Jakarta)",
    "ap-southeast-4": "Asia Pacific (Melbourne)",
    "ap-southeast-5": "Asia Pacific (Malaysia)",
    "ap-southeast-7": "Asia Pacific (Thailand)",
    "ca-central-1": "Canada (Central)",
    "ca-west-1": "Canada West (Calgary)",
    "cn-north-1": "China (Beijing)",
    "cn-northwest-1": "China (Ningxia)",
    "eu-central-1": "Europe (Frankfurt)",
    "eu-central-2": "Europe (Zurich)",
    "eu-north-1": "Europe (Stockholm)",
    "eu-south-1": "Europe (Milan)",
    "eu-south-2": "Europe (Spain)",
    "eu-west-1": "Europe (Ireland)",
    "eu-west-2": "Europe (London)",
    "eu-west-3": "Europe (Paris)",
    "il-central-1": "Israel (Tel Aviv)",
    "me-central-1": "Middle East (UAE)",
    "me-south-1": "Middle East (Bahrain)",
    "mx-central-1": "Mexico (Central)",
    "sa-east-1": "South America (Sao Paulo)",
    "us-gov-east-1": "AWS GovCloud (US-East)",
    "us-gov-west-1": "AWS GovCloud (US-West)",
}
# Where AWS records its global services, IAM and sign-in among them (docs: About global service events).
_LEADERS = {"cn-": "cn-north-1", "us-gov-": "us-gov-west-1"}
_CODE = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
_CITY = re.compile(r"(?:\(|- )([^()]+)\)?\s*$")


def code(name: str | None) -> str | None:
    """`eu-west-1` for `EU (Ireland)`, `Europe (Ireland)`, `EU - Ireland` or itself; None for no region we know."""
    if not name:
        return None
    if is_code(name):
        return name
    exact = next((region for region, known in NAMES.items() if known == name), None)
    return exact or _by_city(name)


def is_code(text: str | None) -> bool:
    """Whether this has the form of a region's code, and so may stand in an address."""
    return bool(text and _CODE.fullmatch(text))


def leader(region: str) -> str:
    """The region in which the global services of this one's partition are recorded."""
    return next((name for begin, name in _LEADERS.items() if region.startswith(begin)), "us-east-1")


def console(region: str) -> str:
    """The console's host for a region (a code); other partitions have other hosts."""
    if region.startswith("cn-"):
        return f"{region}.console.amazonaws.cn"
    if region.startswith("us-gov-"):
        return f"{region}.console.amazonaws-us-gov.com"
    return f"{region}.console.aws.amazon.com"


def _by_city(name: str) -> str | None:
    """Continents were renamed over the years (`EU` to `Europe`), cities never; only one city's name is ambiguous."""
    found = _CITY.search(name)
    city = found[1].strip().removeprefix("N. ").lower() if found else ""
    fits = [
        region
        for region, known in NAMES.items()
        if city and _CITY.findall(known)[0].removeprefix("N. ").lower() == city
    ]
    return fits[0] if len(fits) == 1 else None
