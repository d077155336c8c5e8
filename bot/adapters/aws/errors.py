"""Turns what botocore raises into our own errors: whose turn it is, and the next step.

The code lists are AWS's common errors
(https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html) plus what single services
add: S3's bare 403 to a HEAD, EC2's `Client.` prefix, KMS behind SQS.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from botocore import exceptions as aws
from botocore.parsers import ResponseParserError

from bot.errors import AccessDenied, NoroshiError, Throttled, Upstream

_DENIED = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "AuthorizationError",
        "AuthorizationErrorException",
        "Forbidden",
        "KMS.AccessDeniedException",
        "KmsAccessDenied",
        "NotAuthorized",
        "UnauthorizedAccess",
        "UnauthorizedOperation",
        "403",
    }
)
_THROTTLED = frozenset(
    {
        "BandwidthLimitExceeded",
        "EC2ThrottledException",
        "LimitExceededException",
        "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionInProgressException",
    }
)
_EXPIRED = frozenset({"ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"})
_UNKNOWN_KEY = frozenset(
    {
        "AuthFailure",
        "IncompleteSignature",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    }
)
# What AWS says to valid keys in a region that the account has not switched on.
_SWITCHED_OFF = frozenset(
    {
        "AuthFailure",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "InvalidToken",
        "OptInRequired",
        "UnrecognizedClientException",
    }
)
_ACTION = re.compile(r"not authorized to perform:? `?([A-Za-z0-9-]+:[A-Za-z0-9*]+)", re.IGNORECASE)
_PRINCIPAL = re.compile(r"(?:User|Principal): (arn:[^\s,]+|[^\s,]+)")
_RESOURCE = re.compile(r"on resource:? (\S+)", re.IGNORECASE)
_LOGIN = "Log in again (aws sso login), or give the bot fresh credentials."


@contextmanager
def asking(action: str, what: str = "") -> Iterator[None]:
    """Translate, and chain, whatever botocore raises inside.

    `action` is the IAM action the call needs (`s3:ListBucket`), `what` says it in words
    (`whether acme-payroll exists`).
    """
    try:
        yield
    except (aws.ClientError, aws.BotoCoreError) as error:
        raise translate(error, action=action, what=what) from error
    except (
        ResponseParserError
    ) as error:  # a proxy's page, or another server: botocore counts it among no errors
        service = action.partition(":")[0]
        raise Upstream(
            f"{service} answered in a form that I don't know.",
            "Check AWS_ENDPOINT_URL, and proxies, if they are set.",
        ) from error


def translate(error: aws.ClientError | aws.BotoCoreError, *, action: str, what: str = "") -> NoroshiError:
    """Give the NoroshiError that says what `error` means; raises nothing."""
    if isinstance(error, aws.ClientError):
        details = error.response.get("Error", {})
        return refusal(
            str(details.get("Code", "")), str(details.get("Message", "")), action=action, what=what
        )
    return _unreachable(error, what)


def code(error: NoroshiError) -> str:
    """AWS's own code of what was refused, "" where it was no refusal."""
    cause = error.__cause__
    return str(cause.response.get("Error", {}).get("Code", "")) if isinstance(cause, aws.ClientError) else ""


def is_switched_off(error: NoroshiError) -> bool:
    """Whether it may be for the region alone, which the account has not switched on; valid keys are refused there."""
    return code(error) in _SWITCHED_OFF


def refusal(code: str, message: str, *, action: str, what: str = "") -> NoroshiError:
    """Read one of AWS's refusals: its code and its message."""
    code = code.rpartition("#")[2].removeprefix("Client.")
    if code in _DENIED or _ACTION.search(message):
        return denied(message, action=action, what=what)
    if code in _THROTTLED:
        return Throttled(f"AWS is throttling {action}.", "Wait a minute and ask again.")
    if code in _EXPIRED:
        return Upstream("The bot's AWS credentials have expired.", _LOGIN)
    if code in _UNKNOWN_KEY:
        return Upstream(f"AWS does not accept the bot's credentials ({code}).", _LOGIN)
    asked = f" when asked {what}" if what else f" to {action}"
    return Upstream(f"AWS said no{asked}: {_sentence(message) or code} ({code})")


def denied(message: str, *, action: str, what: str = "") -> AccessDenied:
    """Name the missing IAM action: the message's own if it names one, else `action`."""
    named = _ACTION.search(message)
    action = named[1] if named else action
    principal, resource = _PRINCIPAL.search(message), _RESOURCE.search(message)
    who = principal[1].rstrip(".:") if principal else "the bot's role"
    where = f" on {resource[1].rstrip('.')}" if resource else ""
    told = f", asked {what}" if what else ""
    return AccessDenied(
        f"AWS refused{told}: {who} may not {action}{where}.",
        f"Allow {action} to it, or run: noroshi doctor",
        action=action,
    )


def _unreachable(error: aws.BotoCoreError, what: str) -> Upstream:
    match error:
        case aws.NoCredentialsError() | aws.PartialCredentialsError() | aws.CredentialRetrievalError():
            return Upstream(
                "There are no AWS credentials to ask with.",
                "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role.",
            )
        case aws.NoRegionError() | aws.InvalidRegionError():
            return Upstream("No AWS region is set.", "Set AWS_REGION, such as AWS_REGION=eu-west-1.")
        case aws.ProfileNotFound():
            return Upstream(f"{_sentence(str(error))}.", "Set AWS_PROFILE to a profile of ~/.aws/config.")
        case aws.SSOError() | aws.TokenRetrievalError():
            return Upstream("The bot's AWS login is no longer valid.", _LOGIN)
        case aws.HTTPClientError() | aws.ConnectionError():
            return Upstream(
                f"AWS can't be reached: {_sentence(str(error))}.",
                "Check the network, and AWS_ENDPOINT_URL if it is set.",
            )
        case _:
            asked = f" {what}" if what else ""
            return Upstream(f"AWS could not be asked{asked}: {_sentence(str(error))}.")


def _sentence(words: str) -> str:
    return " ".join(words.split()).rstrip(".")[:500]
