"""An execution as GetQueryExecution gives it."""

from typing import Any

from bot.embedded.aws.athena.execution import ENDED, Execution
from bot.embedded.aws.athena.unloading import manifest


def describe(execution: Execution) -> dict[str, Any]:
    """The answer's QueryExecution."""
    request = execution.request
    minutes = request.reusable and int(request.reusable.total_seconds() // 60)
    reuse: dict[str, Any] = {"Enabled": minutes is not None}
    if minutes is not None:
        reuse["MaxAgeInMinutes"] = minutes
    return {
        "QueryExecutionId": execution.query_id,
        "Query": request.sql,
        "StatementType": "DML",
        "SubstatementType": request.kind,
        "ResultConfiguration": {"OutputLocation": execution.file},
        "ResultReuseConfiguration": {"ResultReuseByAgeConfiguration": reuse},
        "QueryExecutionContext": {"Database": request.database, "Catalog": "awsdatacatalog"},
        "Status": _status(execution),
        "Statistics": _statistics(execution),
        "WorkGroup": request.workgroup,
        "EngineVersion": {
            "SelectedEngineVersion": "AUTO",
            "EffectiveEngineVersion": "Athena engine version 3",
        },
        "ExecutionParameters": list(request.parameters) or None,
    }


def _status(execution: Execution) -> dict[str, Any]:
    status: dict[str, Any] = {"State": execution.state, "SubmissionDateTime": execution.submitted}
    if execution.completed and execution.state in ENDED:
        status["CompletionDateTime"] = execution.completed
    if execution.reason:
        status["StateChangeReason"] = execution.reason
    if execution.state == "FAILED":
        status["AthenaError"] = {"ErrorCategory": 2, "ErrorType": 1001, "ErrorMessage": execution.reason}
    return status


def _statistics(execution: Execution) -> dict[str, Any]:
    end = execution.completed or execution.submitted
    took = int((end - execution.submitted).total_seconds() * 1000)
    statistics: dict[str, Any] = {
        "EngineExecutionTimeInMillis": took,
        "DataScannedInBytes": execution.bytes_scanned,
        "TotalExecutionTimeInMillis": took,
        "ResultReuseInformation": {"ReusedPreviousResult": execution.reused is not None},
    }
    if execution.request.kind == "UNLOAD" and execution.state == "SUCCEEDED":
        statistics["DataManifestLocation"] = manifest(execution.file)
    return statistics
