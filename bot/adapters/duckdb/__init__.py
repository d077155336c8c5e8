"""CloudTrail files as a table that Athena's SQL can ask: DuckDB in this process, nothing installed, nothing scanned twice."""
