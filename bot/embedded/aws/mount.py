"""Puts our answers in the place of moto's, before the first request.

moto's server asks `moto.<service>.urls.url_paths` for a service's handlers when it first meets that
service, so replacing the values there is enough; nothing of moto's code is changed.
"""

from typing import Any

import moto.athena.urls
import moto.budgets.urls
import moto.ce.urls
import moto.cloudtrail.urls
import moto.cloudwatch.urls
import moto.config.urls
import moto.glue.urls
import moto.guardduty.urls
import moto.iam.urls
import moto.s3control.urls
from moto.core.responses import BaseResponse

_URLS: dict[str, Any] = {
    "athena": moto.athena.urls,
    "budgets": moto.budgets.urls,
    "ce": moto.ce.urls,
    "cloudtrail": moto.cloudtrail.urls,
    "cloudwatch": moto.cloudwatch.urls,
    "config": moto.config.urls,
    "glue": moto.glue.urls,
    "guardduty": moto.guardduty.urls,
    "iam": moto.iam.urls,
    "s3control": moto.s3control.urls,
}


def mount(service: str, base: type[BaseResponse], **carried: Any) -> None:
    """Answer a service's calls with `base`; `carried` become attributes of its class, one set per stand-in."""
    answers: Any = carrying(base, **carried)
    paths = _URLS[service].url_paths
    for path in [*paths, "{0}/$", "{0}/.*$"]:
        paths[path] = answers.dispatch


def carrying(base: type[BaseResponse], **carried: Any) -> type[BaseResponse]:
    """The class with what one stand-in carries."""
    return type(base.__name__, (base,), carried)
