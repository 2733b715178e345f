"""CONFIG against what an algorithm declares: names, kinds, bounds and choices, without repeating a value."""

from __future__ import annotations

import json

import pytest

from tests.support.outcomes import refused, rows_of
from tests.support.walks import AREAS, walk

pytestmark = pytest.mark.qgis

PERSON = "PC 4512 Jane Marlowe"


@pytest.fixture
def timed(run, points, polygons, tmp_path):
    def go(config):
        path = tmp_path / "run.json"
        path.write_text(config if isinstance(config, str) else json.dumps(config), encoding="utf-8")
        given = {"INPUT": points(walk()), "AREAS": polygons(AREAS), "CONFIG": str(path), "OUTPUT": "memory:"}
        return run("timeinareas", given)

    return go


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"MAX_GPA": 300}, "Did you mean MAX_GAP?"),
        ({"area_id_field": "code"}, "Did you mean AREA_ID_FIELD?"),
        ({PERSON: 1}, "the 1st name is no parameter of this algorithm"),
        ({"CONFIG": "other.json"}, "no parameter"),
        ({"MAX_GAP": PERSON}, "the value of MAX_GAP is text that does not fit. MAX_GAP takes a number"),
        ({"MAX_GAP": [300]}, "is a list. MAX_GAP takes a number"),
        ({"MAX_GAP": True}, "is true or false. MAX_GAP takes a number"),
        ({"MAX_SPEED": -5}, "is a number that does not fit. MAX_SPEED takes a number from"),
        ({"MAX_SPEED": "nan"}, "MAX_SPEED takes a number"),
        ({"METHOD": PERSON}, "METHOD takes one of: bridge, linear, last_fix."),
        ({"METHOD": 17}, "METHOD takes one of"),
        ({"ALL_IMPACT": PERSON}, "ALL_IMPACT takes true or false"),
        ({"ALL_IMPACT": 7}, "ALL_IMPACT takes true or false"),
        ({"AREA_ID_FIELD": [1, 2]}, "AREA_ID_FIELD takes text"),
        ({"TIMEZONE": {PERSON: 1}}, "TIMEZONE is an object"),
        ('{"METHOD": "linear", "METHOD": "bridge"}', "gives one name twice"),
    ],
)
def test_what_does_not_fit_is_refused(timed, config, said):
    with pytest.raises(Exception) as told:
        timed(config)
    assert said in str(told.value) and PERSON not in str(told.value) and "4512" not in str(told.value)


@pytest.mark.parametrize(
    "config", [{"METHOD": "last_fix"}, {"MAX_GAP": None, "MAX_SPEED": "40", "ALL_IMPACT": True}, {}]
)
def test_what_fits_is_taken(timed, config):
    results, _ = timed({"AREA_ID_FIELD": "code", **config})
    assert {r["area_id"] for r in rows_of(results["OUTPUT"])} == set(AREAS)


def test_a_folder_and_a_file_that_is_not_there(run, points, polygons, tmp_path):
    for path, said in ((tmp_path, "is a folder"), (tmp_path / "none.json", "cannot be read")):
        given = {"INPUT": points(walk()), "AREAS": polygons(AREAS), "CONFIG": str(path), "OUTPUT": "memory:"}
        refused(lambda given=given: run("timeinareas", given), said)


def test_every_default_of_every_algorithm_is_taken(plugin):
    """No algorithm declares a default that its own CONFIG would refuse."""
    from ia_plugin.processing.config import _wanted

    for algorithm in plugin.algorithms():
        for definition in algorithm.parameterDefinitions():
            default = definition.defaultValue()
            assert _wanted(definition, default) == "", (algorithm.name(), definition.name(), default)
