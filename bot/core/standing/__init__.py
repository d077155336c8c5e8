"""The state of the accounts at a glance, as people read it: on the Home tab and as `noroshi status`."""
