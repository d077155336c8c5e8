"""Athena's reasons are texts; each kind that we know gets its next step, the others are passed on in its words."""

import pytest

from bot.adapters.aws.athena_reasons import failed, refused
from bot.errors import AccessDenied, NotConfigured, QueryFailed, Throttled, Upstream


@pytest.mark.parametrize(
    ("reason", "hint"),
    [
        ("TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.noroshi.trail' does not exist", "noroshi setup"),
        ("SCHEMA_NOT_FOUND: line 1:8: Schema 'noroshi' does not exist", "NOROSHI_TRAIL__DATABASE"),
        ("COLUMN_NOT_FOUND: line 1:8: Column 'useridentity' cannot be resolved", "noroshi setup prints"),
        ("HIVE_BAD_DATA: Error parsing a column in the table", "log file"),
        ("HIVE_CURSOR_ERROR: Unexpected end of input stream", "log file"),
        ("Query exhausted resources at this scale factor", "shorter window"),
        ("SYNTAX_ERROR: line 1:1: mismatched input 'SELCT'", "Trino"),
        ("GENERIC_INTERNAL_ERROR: null", ""),
    ],
)
def test_a_failure_keeps_athenas_words_and_adds_the_next_step(reason, hint):
    error = failed(reason, "q-1")

    assert isinstance(error, QueryFailed)
    assert reason in error.message
    assert hint in error.hint
    assert error.query_id == "q-1"


@pytest.mark.parametrize(
    ("reason", "action"),
    [
        (
            "HIVE_CANNOT_OPEN_SPLIT: com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied",
            "s3:GetObject",
        ),
        (
            "User: arn:aws:sts::111122223333:assumed-role/noroshi/i is not authorized to perform: s3:ListBucket on …",
            "s3:ListBucket",
        ),
        ("Access denied when reading an object encrypted with KMS", "kms:Decrypt"),
    ],
)
def test_files_that_athena_may_not_read_name_the_missing_action(reason, action):
    error = failed(reason, "q-1")

    assert isinstance(error, AccessDenied)
    assert error.action == action


def test_the_limit_of_the_workgroup_is_no_fault_of_the_query():
    error = failed("Query cancelled! : Bytes scanned limit was exceeded", "q-1")

    assert "limit" in error.message
    assert "limit per query" in error.hint


@pytest.mark.parametrize(
    ("code", "message", "kind", "hint"),
    [
        (
            "InvalidRequestException",
            "No output location provided. An output …",
            NotConfigured,
            "OUTPUT_LOCATION",
        ),
        ("InvalidRequestException", "WorkGroup noroshi is not found.", NotConfigured, "WORKGROUP"),
        ("InvalidRequestException", "line 1:1: mismatched input 'SELCT'", QueryFailed, "Trino"),
        ("TooManyRequestsException", "You have exceeded the limit", Throttled, "ask again"),
        ("AccessDeniedException", "no", AccessDenied, "athena:StartQueryExecution"),
        ("ExpiredTokenException", "expired", Upstream, "aws sso login"),
    ],
)
def test_a_start_that_is_refused_says_whose_turn_it_is(code, message, kind, hint):
    error = refused(code, message, workgroup="noroshi")

    assert type(error) is kind
    assert hint in error.hint
