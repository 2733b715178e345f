"""What officers' time is set beside: a file of the plan that is not there, or is none, is named as the plan names it."""

from __future__ import annotations

import pytest

from ia_plugin.cluster.force import force_of
from ia_plugin.cluster.plan import Plan
from ia_plugin.core.errors import AreaError, FileError
from ia_plugin.gpkg.geopackage import GeoPackage
from tools.attack.batch_days import AREAS


@pytest.fixture
def plan(tmp_path):
    with GeoPackage(tmp_path / "areas.gpkg") as file:
        file.append("areas", AREAS)
    with GeoPackage(tmp_path / "empty.gpkg"):
        pass
    (tmp_path / "rubbish.gpkg").write_text("no database", encoding="utf-8")
    return lambda **given: Plan(**{"input": "a", "output": "b", "areas": str(tmp_path / "areas.gpkg"), **given})


def test_areas_of_a_store_serve(plan):
    facts, events = force_of(None, plan(), None)
    assert len(facts.areas) == 4 and not len(events)


@pytest.mark.parametrize(
    "given, words",
    [
        ({"areas": "nowhere/areas.gpkg"}, "AREAS 'nowhere/areas.gpkg' is not there"),
        ({"areas": "rubbish.gpkg"}, "rubbish.gpkg' is no GeoPackage"),
        ({"areas": "empty.gpkg"}, "empty.gpkg' has no table of areas"),
        ({"epsg": 4326}, "AREAS is in EPSG:27700, and the plan says EPSG = 4326"),
        ({"model": "nowhere.json"}, "MODEL 'nowhere.json' is not there"),
        ({"postings": "nowhere"}, "POSTINGS 'nowhere' is not there"),
        ({"event_officers": "nowhere/x.csv"}, "EVENT_OFFICERS 'nowhere/x.csv' is not there"),
        ({"events": "nowhere"}, "EVENTS 'nowhere' is not there"),
    ],
)
def test_what_is_not_there_or_cannot_serve_is_named(plan, tmp_path, monkeypatch, given, words):
    monkeypatch.chdir(tmp_path)
    with pytest.raises((AreaError, FileError), match=words.replace("(", ".")) as refused:
        force_of(None, plan(**given), None)
    assert refused.value.remedy
