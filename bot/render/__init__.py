"""The one place where values become Slack blocks, terminal text, or files."""
