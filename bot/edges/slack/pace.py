"""How much at once, and how patiently."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """Threads, the queue before them, and the seconds that things may take.

    `pauses` stand before each progress note; few, for Slack may leave each standing above the answer
    (slackapi/bolt-python#1268). `grace` is what a press may take without a note: its
    note can't become its answer (see Reply), so what comes soon comes without; `soon` is the same for a
    press that acts. Words are read within `reading`; those of a form within `form_reading`, and the gate
    before them is waited for `form_gate`, since Slack waits three seconds for a form's ack. A press may be
    quicker than Slack's answer to the post: the record is looked at so many times, with so long a pause
    before each. `stop` is what a
    stop waits for answers in hand. After a refresh the Home tab follows what is seen anew for so many looks, with so
    long a pause behind each.
    """

    workers: int = 16
    waiting: int = 500
    pauses: tuple[float, ...] = (4.0,)
    grace: float = 0.8
    soon: float = 0.8
    reading: float = 10.0
    form_reading: float = 2.0
    form_gate: float = 0.8
    post_looks: int = 40
    post_pause: float = 0.15
    stop: float = 10.0
    home_looks: int = 36
    home_pause: float = 2.0
