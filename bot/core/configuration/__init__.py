"""What AWS Config recorded: resources, their configuration items, what differs between two, and what that means."""
