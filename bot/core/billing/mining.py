"""Machines that miners start on other people's bills, by the usage types that a bill has for them.

A bill's usage type is `USW2-BoxUsage:p4d.24xlarge`: a region's prefix (none for us-east-1), what was used, and what of
it; SageMaker's machines begin with `ml.` (docs: Cost and Usage Report, line item details). The families are practice,
no rule of AWS's: who trains models has them too, which is why only a region never used before makes them a sign.
"""

import re

_MACHINE = re.compile(
    r":(?:ml\.)?(?P<machine>(?P<family>u-[a-z0-9]+|[a-z]+[0-9]*[a-z0-9-]*)\.(?P<size>[a-z0-9-]+))$"
)
_GPU, _BIG, _MEMORY = "with GPUs", "very large", "with very much memory"
_FAMILIES = (
    (re.compile(r"(?:p[2-6]|g[3-6]|gr6)[a-z0-9-]*"), _GPU),
    (re.compile(r"(?:trn|inf|dl|vt)[0-9][a-z0-9-]*"), "with machine-learning chips"),
    (re.compile(r"(?:x[0-9]|u-|u[0-9])[a-z0-9-]*"), _MEMORY),
)
_COMPUTE = re.compile(r"c[5-8][a-z0-9-]*")
_SIZE = re.compile(r"(\d+)xlarge")
_BIG_FROM = 12


def suspicious(usage_type: str) -> str | None:
    """What a miner would want in it, in words (`p4d.24xlarge, a machine with GPUs`); None for all that is common."""
    found = _MACHINE.search(usage_type)
    if not found:
        return None
    family, size = found["family"], found["size"]
    kind = next((words for pattern, words in _FAMILIES if pattern.fullmatch(family)), None)
    if kind is None and _COMPUTE.fullmatch(family) and _is_big(size):
        kind = _BIG
    if kind is None:
        return None
    machine = f"a {kind} machine" if kind == _BIG else f"a machine {kind}"
    return f"{found['machine']}, {machine}"


def _is_big(size: str) -> bool:
    """From 12xlarge up, or the bare metal."""
    many = _SIZE.fullmatch(size)
    return size.startswith("metal") or bool(many and int(many[1]) >= _BIG_FROM)
