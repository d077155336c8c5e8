"""The page about metrics and the dashboard tell of the metrics that there are: all of them, and no other."""

import json
import re
from pathlib import Path

import pytest

from bot.core.glance import PARTS
from bot.core.measures import MEASURES
from bot.core.outcome import Outcome
from bot.deploy import grafana

FOLDER = Path(grafana.__file__).parent
DOCS = (FOLDER / "METRICS.md").read_text()
LABELS = {each.name: set(each.labels) for each in MEASURES} | {
    f"{each.name}_bucket": {*each.labels, "le"} for each in MEASURES if each.kind == "histogram"
}
ROW = re.compile(r"^\| `(noroshi_\w+)` \| ([\w, ]*) ?\| (\w+) \| (.+) \|$", re.MULTILINE)
NAME = re.compile(r"noroshi_\w+")
MATCHED = re.compile(r"(noroshi_\w+)\{([^}]*)\}")
GROUPED = re.compile(r"(?:by|on|group_left) \(([\w, ]+)\)")
PANELS = [each for each in grafana.dashboard()["panels"] if each["type"] != "row"]
TARGETS = [(panel["title"], target) for panel in PANELS for target in panel["targets"]]
ALERTS = re.findall(r"expr: (.+)", DOCS)


def test_the_page_has_a_row_for_each_metric_with_its_labels_and_kind():
    told = {
        name: (tuple(filter(None, labels.strip().split(", "))), kind)
        for name, labels, kind, _ in ROW.findall(DOCS)
    }

    assert told == {each.name: (each.labels, each.kind) for each in MEASURES}
    assert len(ROW.findall(DOCS)) == len(MEASURES)


def test_the_page_names_nothing_that_is_not_there():
    assert set(NAME.findall(DOCS)) <= set(LABELS)


def test_the_page_names_every_part_and_every_outcome():
    for word in (*PARTS, *Outcome.__args__):
        assert f"`{word}`" in DOCS, word


@pytest.mark.parametrize("expression", [*ALERTS, *(target["expr"] for _, target in TARGETS)])
def test_every_expression_is_of_metrics_and_labels_that_there_are(expression):
    names = NAME.findall(expression)
    assert names
    assert set(names) <= set(LABELS)
    for name, matchers in MATCHED.findall(expression):
        for label in re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", matchers):
            assert label in LABELS[name]
    known = set().union(*(LABELS[name] for name in names))
    for labels in GROUPED.findall(expression):
        assert set(labels.split(", ")) <= known
    assert all(expression.count(a) == expression.count(b) for a, b in ("()", "{}", "[]"))


def test_every_metric_is_in_the_dashboard():
    """What nobody looks at is not worth its series; a name is joined on, so it is there too."""
    drawn = {name.removesuffix("_bucket") for _, target in TARGETS for name in NAME.findall(target["expr"])}

    assert drawn == {each.name for each in MEASURES}


@pytest.mark.parametrize(("title", "target"), TARGETS, ids=lambda each: each if isinstance(each, str) else "")
def test_every_legend_is_of_labels_that_the_answer_has(title, target):
    names = NAME.findall(target["expr"])
    grouped = GROUPED.search(target["expr"])
    kept = set(grouped[1].split(", ")) if grouped else LABELS[names[0]]

    assert set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"])) <= kept


def test_counters_are_rated_and_gauges_are_not():
    counters = {each.name for each in MEASURES if each.kind in ("counter", "histogram")}
    for expression in [*ALERTS, *(target["expr"] for _, target in TARGETS)]:
        for name in re.findall(r"(?:rate|increase)\((noroshi_\w+)", expression):
            assert name.removesuffix("_bucket") in counters
        for name in counters & set(NAME.findall(expression)):
            assert re.search(rf"(rate|increase)\({name}", expression)


def test_the_file_is_what_setup_prints():
    """After a change: noroshi setup grafana > bot/deploy/grafana.json."""
    assert (FOLDER / "grafana.json").read_text() == grafana.text()


def test_whoever_imports_it_chooses_where_the_data_is():
    made = json.loads(grafana.text())
    (variable,) = made["templating"]["list"]

    assert (variable["name"], variable["type"], variable["query"]) == (
        "datasource",
        "datasource",
        "prometheus",
    )
    for _, target in TARGETS:
        assert target["datasource"] == {"type": "prometheus", "uid": "${datasource}"}


def test_no_panel_lies_over_another_or_beside_the_page():
    seen = set()
    for panel in grafana.dashboard()["panels"]:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not seen & cells, panel["title"]
        assert max(x for x, _ in cells) < 24
        seen |= cells
    assert len({panel["id"] for panel in PANELS}) == len(PANELS)
