"""What a workspace and an account need before the bot can run there."""
