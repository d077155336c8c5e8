"""Athena's API over `Executions`; workgroups stay moto's."""

from typing import Any, ClassVar

from moto.athena.responses import AthenaResponse
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult, EmptyResult
from moto.glue.models import glue_backends

from bot.adapters.aws.athena_values import LONGEST
from bot.embedded.aws.athena.describing import describe
from bot.embedded.aws.athena.execution import ENDED, Execution, Executions, Request
from bot.embedded.aws.athena.failure import Failure
from bot.embedded.aws.athena.results import PAGE
from bot.embedded.aws.athena.reuse import reusable
from bot.embedded.aws.athena.statement import Malformed, Statement, parse
from bot.embedded.aws.athena.workgroup import output_location
from bot.embedded.aws.errors import InvalidRequest, Refused

_BROKEN = "1 validation error detected: Value '{}' at 'executionParameters' failed to satisfy constraint: {}"


class Athena(AthenaResponse):
    """One request; a subclass carries the stand-in's executions."""

    executions: ClassVar[Executions]

    def get_work_group(self) -> Any:
        """Tell a workgroup's settings; moto answers an empty object for one that is not there."""
        name = self._asked()["WorkGroup"]
        if name not in self.athena_backend.work_groups:
            raise InvalidRequest(f"WorkGroup {name} is not found.")
        return super().get_work_group()

    def start_query_execution(self) -> ActionResult:
        """Queue a query; SQL that can't be parsed is refused here, as by Athena."""
        asked = self._asked()
        sql = asked["QueryString"]
        _check_parameters(asked.get("ExecutionParameters"))
        statement = None
        try:
            statement = parse(sql)
        except Malformed as error:
            raise InvalidRequest(f"line 1:1: {error}") from error
        except Failure:
            pass  # started, and then failed with its reason
        execution = self.executions.start(self._request(asked, statement))
        return ActionResult({"QueryExecutionId": execution.query_id})

    def get_query_execution(self) -> ActionResult:
        """Tell a query's state."""
        return ActionResult({"QueryExecution": describe(self._execution(self._asked()["QueryExecutionId"]))})

    def batch_get_query_execution(self) -> ActionResult:
        """Tell several; ids nobody knows come back as unprocessed."""
        ids = self._asked()["QueryExecutionIds"]
        found = {each: self.executions.get(self.current_account, self.region, each) for each in ids}
        unknown = [{"QueryExecutionId": each} for each, execution in found.items() if execution is None]
        return ActionResult(
            {
                "QueryExecutions": [describe(e) for e in found.values() if e],
                "UnprocessedQueryExecutionIds": unknown,
            }
        )

    def list_query_executions(self) -> ActionResult:
        """List a workgroup's queries, newest first, fifty to a page."""
        asked = self._asked()
        every = self.executions.of(self.current_account, self.region, asked.get("WorkGroup") or "primary")
        begin, size = int(asked.get("NextToken") or 0), int(asked.get("MaxResults") or 50)
        answer: dict[str, Any] = {"QueryExecutionIds": [e.query_id for e in every[begin : begin + size]]}
        if begin + size < len(every):
            answer["NextToken"] = str(begin + size)
        return ActionResult(answer)

    def stop_query_execution(self) -> ActionResult:
        """Ask a query to end."""
        self.executions.stop(self._execution(self._asked()["QueryExecutionId"]))
        return EmptyResult()

    def get_query_results(self) -> ActionResult:
        """Give a page of rows of a query that succeeded."""
        asked = self._asked()
        execution = self._execution(asked["QueryExecutionId"])
        size = int(asked.get("MaxResults") or PAGE)
        if not 1 <= size <= PAGE:
            raise InvalidRequest(f"MaxResults is more than maximum allowed length {PAGE}.")
        if execution.state not in ENDED:
            raise InvalidRequest(f"Query has not yet finished. Current state: {execution.state}")
        if execution.results is None:
            raise InvalidRequest(f"Query did not finish successfully. Final query state: {execution.state}")
        return ActionResult(execution.results.page(asked.get("NextToken"), size))

    def get_table_metadata(self) -> ActionResult:
        """Tell a Glue table in Athena's words."""
        asked = self._asked()
        glue = glue_backends[self.current_account][self.region]
        try:
            table = glue.get_table(asked["DatabaseName"].lower(), asked["TableName"].lower()).as_dict()
        except JsonRESTError as error:
            raise Refused("MetadataException", f"EntityNotFoundException: {error.message}") from error
        storage = table["StorageDescriptor"]
        metadata = {
            "Name": table["Name"],
            "TableType": table.get("TableType"),
            "Columns": storage["Columns"],
            "PartitionKeys": table.get("PartitionKeys"),
            "Parameters": (table.get("Parameters") or {}) | {"location": storage["Location"]},
        }
        return ActionResult({"TableMetadata": metadata})

    def _asked(self) -> dict[str, Any]:
        self.parse_parameters(self.normalized_request)
        return dict(self.params)

    def _execution(self, query_id: str) -> Execution:
        found = self.executions.get(self.current_account, self.region, query_id)
        if found is None:
            raise InvalidRequest(f"QueryExecution {query_id} was not found")
        return found

    def _request(self, asked: dict[str, Any], statement: Statement | None) -> Request:
        name = asked.get("WorkGroup") or "primary"
        group = self.athena_backend.work_groups.get(name)
        if group is None:
            raise InvalidRequest(f"WorkGroup {name} is not found.")
        return Request(
            account_id=self.current_account,
            region=self.region,
            sql=asked["QueryString"],
            parameters=tuple(asked.get("ExecutionParameters") or ()),
            database=(asked.get("QueryExecutionContext") or {}).get("Database") or "default",
            workgroup=name,
            output=output_location(group.configuration, asked.get("ResultConfiguration") or {}),
            cutoff=group.configuration.get("BytesScannedCutoffPerQuery"),
            kind="UNLOAD" if statement and statement.unload else "SELECT",
            reusable=reusable(asked.get("ResultReuseConfiguration") or {}, statement),
        )


def _check_parameters(parameters: list[str] | None) -> None:
    """Hold AWS to its own model, which boto3 does not check: one or more, each of 1 to 1024 characters."""
    least = "Member must have length greater than or equal to 1"
    if parameters == []:
        raise InvalidRequest(_BROKEN.format(parameters, least))
    if not all(1 <= len(each) <= LONGEST for each in parameters or ()):
        most = f"Member must have length less than or equal to {LONGEST}"
        raise InvalidRequest(_BROKEN.format(parameters, f"Member must satisfy constraint: [{most}, {least}]"))
