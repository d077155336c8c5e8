"""What was counted, in memory: satisfies `bot.ports.Counting`."""


class Counts:
    """Keeps each as it came; seconds apart, as no two runs take the same."""

    def __init__(self):
        self.aws_calls, self.slack_calls, self.deliveries, self.waits, self.seconds = [], [], [], [], []

    def aws(self, service, operation, outcome, seconds):
        self.aws_calls.append((service, operation, outcome))
        self.seconds.append(seconds)

    def slack(self, method, outcome, seconds):
        self.slack_calls.append((method, outcome))
        self.seconds.append(seconds)

    def delivered(self, channel, does, outcome, waited):
        self.deliveries.append((channel, does, outcome))
        self.waits.append(waited)
