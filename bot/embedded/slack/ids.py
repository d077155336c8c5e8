"""Ids, secrets and timestamps in Slack's shapes: the same seed and calls give the same ones."""

import random
import string
import uuid
from collections.abc import Callable
from datetime import datetime

ALPHABET = string.ascii_uppercase + string.digits


class Ids:
    """Makes ids one after the other; `clock` gives the present for message timestamps."""

    def __init__(self, seed: int, clock: Callable[[], datetime]) -> None:
        self._chance = random.Random(seed)
        self._clock = clock
        self._last_micros = 0

    def new(self, prefix: str, length: int = 9) -> str:
        """Return an id such as `U0` + 9 letters and digits."""
        return f"{prefix}0{''.join(self._chance.choices(ALPHABET, k=length))}"

    def secret(self, prefix: str = "", length: int = 24) -> str:
        """Return a token; the word standin in tokens keeps anyone from taking it for a real one."""
        return prefix + "".join(self._chance.choices("0123456789abcdef", k=length))

    def block(self) -> str:
        """Return a block_id as Slack fills in where a block has none."""
        return "".join(self._chance.choices(string.ascii_letters + string.digits, k=5))

    def envelope(self) -> str:
        """Return an envelope id (a UUID)."""
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))

    def ts(self) -> str:
        """Return the present as Slack's `seconds.micros`, later than every one before."""
        micros = max(int(self._clock().timestamp() * 1_000_000), self._last_micros + 1)
        self._last_micros = micros
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"
