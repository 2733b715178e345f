"""classifymovement and calibratemovement, on a walk and a drive."""

from __future__ import annotations

import pytest

from .conftest import rows_of
from .test_tracks_and_areas import E, N, refused

pytestmark = pytest.mark.qgis


def shift(officer="1234", metres=80.0, n=40, day=3):
    """Due east, so many metres a minute."""
    return [(officer, f"2024-06-{day:02d}T10:{i:02d}:00Z", E + metres * i, N) for i in range(n)]


def test_a_walk_and_a_drive(run, points):
    layer = points(shift("1234", 80.0) + shift("77", 600.0))
    results, log = run("classifymovement", {"INPUT": layer, "OUTPUT": "memory:", "HOURS": "memory:"})
    legs = rows_of(results["OUTPUT"])
    assert len(legs) == 78
    slow = {leg["mode"] for leg in legs if leg["speed_kmh"] < 10}
    fast = {leg["mode"] for leg in legs if leg["speed_kmh"] > 10}
    assert (slow, fast) == ({"foot"}, {"vehicle"})
    assert "officer_id" not in legs[0] and "1234" not in str(legs)
    hours = rows_of(results["HOURS"])
    assert [h["hour"] for h in hours] == [11]
    assert "not yet checked on this force's officers" in hours[0]["note"]
    assert results["FOOT_HOURS"] + results["VEHICLE_HOURS"] == pytest.approx(1.3, abs=0.05)
    assert any("not yet checked" in s for s in log.warned)
    assert any("Purpose" in s for s in log.said)


def test_the_confidence_asked_for_is_kept_to(run, points):
    results, _ = run(
        "classifymovement", {"INPUT": points(shift(metres=150)), "MIN_CONFIDENCE": 0.999, "OUTPUT": "memory:"}
    )
    assert {leg["mode"] for leg in rows_of(results["OUTPUT"])} == {"unknown"}
    assert results["UNKNOWN_HOURS"] == pytest.approx(39 / 60)


def test_no_model_file_is_told(run, points, tmp_path):
    other = tmp_path / "other.json"
    other.write_text("{}")
    refused(
        lambda: run("classifymovement", {"INPUT": points(shift()), "MODEL": str(other), "OUTPUT": "memory:"}),
        "not a movement model",
    )
    missing = str(tmp_path / "none.json")
    refused(
        lambda: run("classifymovement", {"INPUT": points(shift()), "MODEL": missing, "OUTPUT": "memory:"}),
        "cannot be read",
    )
