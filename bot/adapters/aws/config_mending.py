"""Answers of Config's in which a time is no time: botocore would give up the whole page for it.

Such a time is taken out before botocore reads the answer; the item is told as one without.
"""

import json
from typing import Any

from botocore.utils import parse_timestamp

_TIMES = ("configurationItemCaptureTime", "resourceCreationTime", "configurationItemDeliveryTime")
_PAGE = "before-parse.config-service.GetResourceConfigHistory"


def mended(client: Any) -> Any:
    """The same client of boto3's, whose pages of history can always be read."""
    client.meta.events.register(_PAGE, _mend)
    return client


def _mend(response_dict: dict[str, Any], **_: Any) -> None:
    try:
        answer = json.loads(response_dict["body"])
        items = [item for item in answer["configurationItems"] if isinstance(item, dict)]
    except (ValueError, LookupError, TypeError):
        return
    if broken := [
        (item, name) for item in items for name in _TIMES if name in item and not _reads(item[name])
    ]:
        for item, name in broken:
            del item[name]
        response_dict["body"] = json.dumps(answer).encode()


def _reads(value: Any) -> bool:
    try:
        parse_timestamp(value)
    except (ValueError, TypeError, OverflowError, AttributeError):
        return value is None
    return True
