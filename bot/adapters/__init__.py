"""One file per technology; each satisfies a port and translates its errors."""
