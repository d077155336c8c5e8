"""A fix that needs two people: one asks, another approves, and what is changed can be taken back for a while."""
