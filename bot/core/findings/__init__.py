"""GuardDuty's findings: what one says, in words, and which of them are asked for."""
