"""GuardDuty's findings, which moto lacks; detectors stay moto's."""
