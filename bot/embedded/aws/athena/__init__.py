"""Athena that runs its SQL: Glue's table, partition projection, DuckDB over the stand-in's own S3."""
