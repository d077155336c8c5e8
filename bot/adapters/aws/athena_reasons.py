"""What Athena's reasons mean: the words of a failed query, and of a start that was refused.

Athena gives no codes for most of these, only texts that begin with Trino's error name
(https://docs.aws.amazon.com/athena/latest/ug/troubleshooting-athena.html).
"""

import re

from bot.adapters.aws.errors import denied, refusal
from bot.errors import NoroshiError, NotConfigured, QueryFailed

_S3_DENIED = re.compile(r"access denied|status code: 403|not authorized to perform", re.IGNORECASE)
_KMS = re.compile(r"\bKMS\b|kms:", re.IGNORECASE)
_LIMIT = re.compile(r"bytes scanned limit", re.IGNORECASE)

_HINTS = (
    (
        re.compile(r"TABLE_NOT_FOUND|SCHEMA_NOT_FOUND|table .*does not exist", re.IGNORECASE),
        "Make it with noroshi setup, or name yours in NOROSHI_TRAIL__DATABASE and NOROSHI_TRAIL__TABLE.",
    ),
    (
        re.compile(r"COLUMN_NOT_FOUND|TYPE_MISMATCH|FUNCTION_NOT_FOUND", re.IGNORECASE),
        "The table was made differently: compare it with what noroshi setup prints.",
    ),
    (
        re.compile(r"HIVE_BAD_DATA|HIVE_CURSOR_ERROR|Malformed ORC|not valid JSON|JsonParseException"),
        "A log file can't be read. Ask for fewer days to find it, or keep other files out of AWSLogs/…/CloudTrail/.",
    ),
    (
        re.compile(r"EXCEEDED_MEMORY|exhausted resources|EXCEEDED_TIME", re.IGNORECASE),
        "Ask for a shorter window.",
    ),
    (re.compile(r"SYNTAX_ERROR|mismatched input", re.IGNORECASE), "Check the SQL: Athena speaks Trino's."),
)


def failed(reason: str, query_id: str | None) -> NoroshiError:
    """Say why a query ended as FAILED or CANCELLED; `reason` is Athena's StateChangeReason."""
    reason = " ".join(reason.split())[:500]
    if _LIMIT.search(reason):
        return QueryFailed(
            f"The workgroup's limit stopped the query: {reason.rstrip('.')}.",
            "Ask for a shorter window, or raise the workgroup's limit per query.",
            query_id=query_id,
        )
    if _S3_DENIED.search(reason):
        action = "kms:Decrypt" if _KMS.search(reason) else "s3:GetObject"
        return denied(reason, action=action, what="by Athena for the trail's files")
    hint = next((hint for pattern, hint in _HINTS if pattern.search(reason)), "")
    return QueryFailed(f"Athena could not run the query: {reason.rstrip('.')}.", hint, query_id=query_id)


def refused(code: str, message: str, *, workgroup: str) -> NoroshiError:
    """Say why Athena would not even start."""
    if "No output location provided" in message:
        return NotConfigured(
            f"Athena has nowhere to write results: workgroup {workgroup} has no output location.",
            "Set NOROSHI_TRAIL__OUTPUT_LOCATION=s3://bucket/prefix/, or give the workgroup one.",
        )
    if re.search(
        r"workgroup .*(not found|does not exist|is disabled)|workgroup is not found", message, re.IGNORECASE
    ):
        return NotConfigured(
            f"Athena does not know the workgroup {workgroup}: {message.rstrip('.')}.",
            "Set NOROSHI_TRAIL__WORKGROUP to one that exists in this region.",
        )
    if code == "InvalidRequestException":
        return failed(message, None)
    return refusal(code, message, action="athena:StartQueryExecution", what="to run a query")
