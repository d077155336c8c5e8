"""Charts as pictures, for whoever may upload or save one; drawing needs the extra `charts`."""

import threading
from collections.abc import Iterator

from bot.core.sections import Chart
from bot.core.upload import Upload
from bot.core.view import View
from bot.errors import NotConfigured
from bot.render.files import csv_name
from bot.render.safe import clean

_ALT = 1000  # docs.slack.dev, files.getUploadURLExternal
_TITLE = 150
_DRAWS = threading.Lock()  # matplotlib is not made for several threads (its FAQ): one picture at a time


def png(chart: Chart, width: int = 1200) -> bytes:
    """The chart as a PNG so many pixels wide, to be read on a phone (320 wide) as well as whole.

    The same bytes for the same chart and the same fonts. Takes some tenths of a second, and a second the first time:
    never on an event loop. Raises NotConfigured where matplotlib is not installed.
    """
    with _DRAWS:
        try:
            from bot.render.chart_drawing import draw  # noqa: PLC0415 - an extra, and slow to load
        except ModuleNotFoundError as error:
            raise NotConfigured(
                "I can't draw pictures here: matplotlib is not installed.", "pip install 'noroshi[charts]'"
            ) from error
        return draw(chart, width)


def charts(view: View) -> tuple[Chart, ...]:
    """The charts of an answer, in order."""
    return tuple(part for part in view.sections if isinstance(part, Chart))


def drawn(view: View) -> Iterator[Upload]:
    """A picture of each of an answer's charts, to be uploaded or saved; raises NotConfigured where matplotlib is not installed."""
    called = csv_name(view).removesuffix(".csv")
    for n, chart in enumerate(charts(view)):
        name = f"{called}-{n + 1}.png" if n else f"{called}.png"
        title = clean(chart.title, _TITLE).strip() or name
        yield Upload(name, png(chart), title, clean(chart.alt, _ALT).strip() or title)
