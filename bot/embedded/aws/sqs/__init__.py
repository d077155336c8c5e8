"""SQS: moto's, with standard queues that take a storm."""

from bot.embedded.aws.sqs.backend import fill, mount_sqs

__all__ = ["fill", "mount_sqs"]
