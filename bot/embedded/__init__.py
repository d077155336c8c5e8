"""The embedded world: servers that speak AWS and Slack on loopback, and the incident they tell."""
