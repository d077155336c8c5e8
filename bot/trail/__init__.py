"""The CloudTrail table: its columns, its partitions, the SQL over it."""
