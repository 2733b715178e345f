"""A small run of the campaign of hostile layers; `python -m tools.attack.fuzz_layers` is the long one."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.qgis


@pytest.mark.long
def test_hostile_layers_and_parameters_are_answered_or_refused_in_a_sentence(tmp_path):
    from tools.attack.fuzz_layers import campaign

    found = campaign(tmp_path, 30, seed=11)
    assert found.findings == []
    assert found.outcomes["done"] > 3 and found.outcomes["refused"] > 3 and found.outcomes.total() == 30
    assert found.figure().startswith("fuzz_layers: 30 runs of ")


def test_the_judge_of_what_is_said_can_find_something():
    from tools.attack.layer_verdicts import faults_of_words

    assert list(faults_of_words("12 rows of unit are withheld until five officers have it.")) == []
    assert "no sentence" in next(faults_of_words("KeyError: 'time'"))
    assert "no sentence" in next(faults_of_words('File "base.py", line 7, in execute'))
    assert "planted" in next(faults_of_words("'Vanterpool' is no number."))


def test_the_judge_of_what_came_of_it_can_find_something():
    from qgis.core import QgsFeature, QgsProcessingContext, QgsVectorLayer

    from tools.attack.layer_verdicts import faults_of_results

    layer = QgsVectorLayer("None?field=hours:double", "hours", "memory")
    feature = QgsFeature(layer.fields())
    feature.setAttributes([float("inf")])
    layer.dataProvider().addFeature(feature)
    given = {"HOURS": float("nan"), "ROWS": -1, "OUTPUT": layer, "GOOD": 3.5, "SUMMARY": "7 days"}
    found = list(faults_of_results(given, QgsProcessingContext()))
    assert found == ["HOURS is nan", "ROWS is -1", "OUTPUT holds [inf]"]


def test_a_process_that_dies_is_a_finding_and_the_next_case_is_tried(tmp_path, monkeypatch):
    import subprocess
    import sys

    from tools.attack import fuzz_layers

    dies = (
        "import json, os, pathlib; "
        "pathlib.Path({report!r}).write_text(json.dumps(dict(step='start', case=3, label='visits x'))); os.abort()"
    ).format(report=str(tmp_path / "report.jsonl"))
    run = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda command, **more: run([sys.executable, "-c", dies], **more))
    found = fuzz_layers.Found()
    assert fuzz_layers.batch(tmp_path, 3, 9, 1, found) == 4
    [(case, label, what)] = found.findings
    assert (case, label) == (3, "visits x") and what.startswith("the process died")
