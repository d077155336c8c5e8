"""Where people and queues come in: Slack, the terminal, SQS."""
