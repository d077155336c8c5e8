"""How each thing of a chart looks, in the chart itself and in its legend.

Colours are Okabe and Ito's, which colour-blind people tell apart (jfly.uni-koeln.de/color); hatches tell the series
apart without any.
"""

from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke

INK, DIM, RULE = "#1d1c1d", "#616061", "#e3e3e3"
_BAND, _TO_COME = "#d0d0d0", "#3c3c3c"
# Each series' colour, its hatch, and the colour of hatch and edge.
_SERIES = (
    ("#0072B2", "", "white"),
    ("#E69F00", "/////", "white"),
    ("#009E73", "....", "white"),
    ("#56B4E9", r"\\\\\\", "white"),
    ("#D55E00", "xxxxx", "white"),
    ("#CC79A7", "-----", "white"),
    ("#F0E442", "|||||", "#7a7000"),
    ("#8a8a8a", "oo", "white"),
)


def as_series(n: int, patch: Patch) -> Patch:
    """As the series of that number, from the bottom up."""
    colour, hatch, edge = _SERIES[n]
    patch.set(facecolor=colour, hatch=hatch, edgecolor=edge, linewidth=0.3)
    patch.set_hatch_linewidth(0.6)
    return patch


def as_band(patch: Patch) -> Patch:
    """As what lies between the bounds of what is expected."""
    patch.set(facecolor=_BAND, linewidth=0)
    return patch


def as_expected(line: Line2D) -> Line2D:
    """As what is expected."""
    line.set(color=_TO_COME, linewidth=1.8, solid_capstyle="butt")
    return line


def as_before(line: Line2D) -> Line2D:
    """As what it is compared with, seen on any colour."""
    line.set(color=INK, linewidth=1.1, path_effects=[withStroke(linewidth=2.6, foreground="white")])
    return line
