"""Athena by bare boto3: start, wait to the end, read."""

from typing import Any

from tests.aws_world import AwsWorld


class Asker:
    """Asks one world's Athena, in its database and workgroup."""

    def __init__(self, world: AwsWorld) -> None:
        self.world = world
        self.athena = world.client("athena")

    def start(self, sql: str, *parameters: str, **more: Any) -> str:
        if parameters:
            more["ExecutionParameters"] = list(parameters)
        asked = {"QueryExecutionContext": {"Database": "noroshi"}, "WorkGroup": "noroshi", **more}
        return self.athena.start_query_execution(QueryString=sql, **asked)["QueryExecutionId"]

    def status(self, query_id: str) -> dict[str, Any]:
        return self.athena.get_query_execution(QueryExecutionId=query_id)["QueryExecution"]

    def end(self, query_id: str) -> dict[str, Any]:
        self.world.aws.wait(query_id)
        return self.status(query_id)

    def run(self, sql: str, *parameters: str, **more: Any) -> dict[str, Any]:
        return self.end(self.start(sql, *parameters, **more))

    def scanned(self, sql: str, *parameters: str) -> int:
        status = self.run(sql, *parameters)
        assert status["Status"]["State"] == "SUCCEEDED", status["Status"]
        return int(status["Statistics"]["DataScannedInBytes"])

    def rows(self, sql: str, *parameters: str) -> list[list[str | None]]:
        status = self.run(sql, *parameters)
        assert status["Status"]["State"] == "SUCCEEDED", status["Status"]
        pages = self.athena.get_paginator("get_query_results").paginate(
            QueryExecutionId=status["QueryExecutionId"]
        )
        lines = [line for page in pages for line in page["ResultSet"]["Rows"]]
        return [[cell.get("VarCharValue") for cell in line["Data"]] for line in lines[1:]]
