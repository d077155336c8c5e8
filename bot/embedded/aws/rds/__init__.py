"""RDS as far as somebody looks for copies of databases that everybody may restore."""
