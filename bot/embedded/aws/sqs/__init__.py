"""SQS: moto's, with standard queues that take a storm."""

from bot.embedded.aws.sqs.backend import close_queues, fill, mount_sqs

__all__ = ["close_queues", "fill", "mount_sqs"]
