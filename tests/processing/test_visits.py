"""The visits algorithm, on a walk through two areas."""

from __future__ import annotations

import pytest

from tests.support.outcomes import rows_of
from tests.support.walks import AREAS, walk

pytestmark = pytest.mark.qgis


def test_visits_and_their_lengths(run, points, polygons):
    parameters = {"INPUT": points(walk()), "AREAS": polygons(AREAS), "AREA_ID_FIELD": "code", "OUTPUT": "memory:"}
    results, log = run("visits", {**parameters, "BANDS": "memory:", "MIN_VISIT": 150})
    rows = rows_of(results["OUTPUT"])
    assert [(r["area_id"], round(r["seconds"])) for r in rows] == [("west", 180)]
    assert (results["VISITS"], results["PASSES"]) == (1, 1)
    assert rows[0]["officer_day"].startswith("d") and "officer_id" not in rows[0]
    assert rows[0]["enter"].toString("HH:mm:ss") == "10:02:00"
    bands = {(r["area_id"], r["band"]): r["visits"] for r in rows_of(results["BANDS"])}
    assert len(bands) == 15 and bands["west", "0–5 min"] == 1 and sum(bands.values()) == 1
    assert any("Purpose" in s for s in log.said)


def test_a_purpose_that_is_not_on_the_list_is_refused(run, points, polygons):
    from qgis.core import QgsProcessingException

    parameters = {"INPUT": points(walk()), "AREAS": polygons(AREAS), "OUTPUT": "memory:"}
    with pytest.raises(QgsProcessingException):
        run("visits", {**parameters, "PURPOSE": "individual performance"})
