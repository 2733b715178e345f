"""QGIS's own batch dialog, filled as docs/at-night.md says: a row a day, and one that is refused stops none after it."""

from __future__ import annotations

import re

import pytest

from tests.support.small_store import small_store

pytestmark = pytest.mark.qgis
pytest.importorskip("matplotlib", reason="sheets have charts, and matplotlib is not installed")


@pytest.fixture
def batch(plugin, qgis_iface, monkeypatch):
    """Opens the dialog of an algorithm; what is typed into its window of expressions is given instead."""
    from processing.gui import BatchAlgorithmDialog as its_module
    from processing.gui import BatchPanel
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog
    from qgis.core import QgsApplication

    dialogs, typed = [], []

    class Typed:
        def __init__(self, *_, **__):
            pass

        def setExpectedOutputFormat(self, _):
            pass

        def exec(self):
            return True

        exec_ = exec

        def expressionText(self):
            return typed[-1]

    class Progress:
        """In place of the task in QGIS's status bar, whose thread outlives the dialog where no main window runs."""

        def __init__(self, *_):
            pass

        def setProgress(self, _):
            pass

    monkeypatch.setattr(its_module, "QgsScopedProxyProgressTask", Progress)
    monkeypatch.setattr(BatchPanel, "QgsExpressionBuilderDialog", Typed)

    def opened(name):
        made = BatchAlgorithmDialog(QgsApplication.processingRegistry().createAlgorithmById(f"impactareas:{name}"))
        dialogs.append(made)
        panel = made.mainWidget()
        made.columns = dict(panel.parameter_to_column)

        def fill(parameter):
            return panel.tblParameters.cellWidget(0, made.columns[parameter])

        def add(parameter, expression):
            """Autofill ▸ Add Values by Expression…"""
            typed.append(expression)
            fill(parameter).addByExpression()

        def calculate(parameter, expression):
            """Autofill ▸ Calculate by Expression…"""
            typed.append(expression)
            fill(parameter).calculateByExpression()

        def down(parameter, value):
            """A value in the first row, and Autofill ▸ Fill Down."""
            first(parameter, value)
            fill(parameter).fillDown()

        def first(parameter, value):
            from qgis.core import QgsProcessingContext

            panel.wrappers[0][made.columns[parameter]].setParameterValue(value, QgsProcessingContext())

        def outputs(parameter, names):
            for row, name in enumerate(names, 1):
                panel.tblParameters.cellWidget(row, made.columns[parameter]).setValue(name)

        made.first, made.add, made.calculate, made.down, made.outputs = first, add, calculate, down, outputs
        return made

    yield opened
    for made in dialogs:
        made.deleteLater()


def expressions_of_the_docs(root):
    """What at-night.md has one type: the first day by rows, the last day of each."""
    text = (root / "docs" / "at-night.md").read_text(encoding="utf-8")
    page = text.split("## A row a day")[1]
    days, last = (
        re.search(r"```\n(array_foreach.*)\n```", page)[1],
        re.search(r"\*Last day\*.*?`(@\w+)`", page, re.S)[1],
    )
    return days, last


def test_a_sheet_for_each_day_and_a_day_that_is_refused_stops_none(batch, tmp_path, root):
    """Four days from Sunday 2 June; the store has none of 2 June, whose sheet says so, and the third row has no such area."""
    from qgis.PyQt.QtWidgets import QTextEdit

    store = small_store(tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    dialog = batch("briefingmaps")
    days, last = expressions_of_the_docs(root)
    dialog.first("FIRST_DAY", "2024-06-02")
    dialog.add("FIRST_DAY", days.replace("29", "3").replace("2024-06-01", "2024-06-02"))
    assert dialog.mainWidget().batchRowCount() == 4
    dialog.calculate("LAST_DAY", last)
    dialog.down("STORE", str(store))
    dialog.calculate("WHICH_AREAS", "if(@FIRST_DAY = '2024-06-04', 'nowhere', 'all')")
    dialog.outputs("OUTPUT", [str(out / f"maps-{day}.pdf") for day in range(2, 6)])
    dialog.runAlgorithm()
    assert sorted(p.name for p in out.iterdir()) == ["maps-2.pdf", "maps-3.pdf", "maps-5.pdf"]
    said = " ".join(w.toPlainText() for w in dialog.findChildren(QTextEdit))
    assert "No area of the store is called 'nowhere'" in said and "1 executions failed" in said
    assert ended(store) == ["done", "done", "failed", "done"]


def ended(store):
    """How each run ended, by the record of runs."""
    from ia_plugin.gpkg.geopackage import GeoPackage

    with GeoPackage(store / "restricted.gpkg", create=False) as package:
        runs = package.read("runs")
    sheets = runs[runs["what"] == "briefingmaps"]
    return ["done" if o == "done" else "failed" for o in sheets["outcome"]]
