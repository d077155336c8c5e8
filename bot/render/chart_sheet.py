"""A sheet to draw on: 320 units wide, from its lower left corner, whatever pixels it becomes."""

import io
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.transforms import Affine2D
from PIL import Image

from bot.render.chart_text import DPI

WIDE = 320.0
_COLOURS = 128  # more than are drawn, with the shades between them: a picture has a third of the bytes so


class Sheet:
    """A figure of its own, so many pixels wide: nothing of pyplot's, whose state all threads share."""

    def __init__(self, tall: float, width: int) -> None:
        self.tall = tall
        dpi = width * DPI / WIDE
        self._figure = Figure(figsize=(WIDE / DPI, tall / DPI), dpi=dpi, facecolor="white")
        self._canvas: Any = FigureCanvasAgg(self._figure)  # in part untyped in matplotlib

    def axes(self, left: float, bottom: float, wide: float, tall: float) -> Axes:
        """A place for bars and lines."""
        share = (left / WIDE, bottom / self.tall, wide / WIDE, tall / self.tall)
        return self._figure.add_axes(share)

    def write(self, x: float, y: float, said: str, font: FontProperties, **look: Any) -> None:
        """Words from there on, never as mathtext; `look` is Text's own: `ha`, `va`, `color`."""
        place = (x / WIDE, y / self.tall)
        self._figure.text(*place, said, fontproperties=font, parse_math=False, **look)

    def put(self, *drawn: Artist) -> None:
        """Shapes whose places are in units."""
        inches = Affine2D().scale(1 / DPI) + self._figure.dpi_scale_trans
        for each in drawn:
            each.set_transform(inches)
            self._figure.add_artist(each)

    def png(self) -> bytes:
        """The picture; the same bytes for the same sheet, for it says nothing of when and by what it was made."""
        self._canvas.draw()
        size = self._canvas.get_width_height(physical=True)
        drawn = Image.frombuffer("RGBA", size, self._canvas.buffer_rgba()).convert("RGB")
        out = io.BytesIO()
        drawn.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, format="PNG", optimize=True)
        return out.getvalue()
