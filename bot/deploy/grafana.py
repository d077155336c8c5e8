"""The Grafana dashboard, as Grafana imports it.

https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from bot.deploy.grafana_panels import ROWS, Panel, Row

_WIDE, _HIGH = 24, 8
_SOURCE = {"type": "prometheus", "uid": "${datasource}"}
Json = dict[str, Any]


def dashboard() -> Json:
    """The dashboard, its data source a variable."""
    return {
        "uid": "noroshi",
        "title": "Noroshi",
        "tags": ["aws", "slack"],
        "timezone": "utc",
        "schemaVersion": 39,
        "refresh": "1m",
        "time": {"from": "now-24h", "to": "now"},
        "templating": {
            "list": [
                {"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus"}
            ]
        },
        "panels": list(_placed(ROWS)),
    }


def text() -> str:
    """The dashboard as JSON, to import in Grafana."""
    return json.dumps(dashboard(), indent=2) + "\n"


def _placed(rows: Sequence[Row]) -> Iterator[Json]:
    """Rows from above, in each the panels from the left, on the next line where one no longer fits."""
    y, number = 0, 1
    for row in rows:
        yield {"id": number, "type": "row", "title": row.title, "gridPos": _at(0, y, _WIDE, 1), "panels": []}
        x, y, number = 0, y + 1, number + 1
        for panel in row.panels:
            if x + panel.width > _WIDE:
                x, y = 0, y + _HIGH
            yield _panel(panel, number, _at(x, y, panel.width, _HIGH))
            x, number = x + panel.width, number + 1
        y += _HIGH


def _at(x: int, y: int, width: int, height: int) -> Json:
    return {"x": x, "y": y, "w": width, "h": height}


def _panel(panel: Panel, number: int, place: Json) -> Json:
    now = panel.kind != "timeseries"
    defaults: Json = {"unit": panel.unit}
    if panel.bad is not None:
        steps = [{"color": "green", "value": None}, {"color": "red", "value": panel.bad}]
        defaults["thresholds"] = {"mode": "absolute", "steps": steps}
    return {
        "id": number,
        "type": panel.kind,
        "title": panel.title,
        "description": panel.about,
        "gridPos": place,
        "datasource": _SOURCE,
        "fieldConfig": {"defaults": defaults, "overrides": []},
        "targets": [
            {
                "refId": chr(ord("A") + n),
                "datasource": _SOURCE,
                "expr": expression,
                "legendFormat": legend,
                "instant": now,
                "range": not now,
                **({"format": "table"} if panel.kind == "table" else {}),
            }
            for n, (expression, legend) in enumerate(panel.asks)
        ],
    }
