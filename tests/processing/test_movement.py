"""classifymovement and calibratemovement, on a walk and a drive."""

from __future__ import annotations

import pytest

from tests.support.outcomes import refused, rows_of
from tests.support.walks import E, N

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
    assert "officer_id" not in legs[0] and "1234" not in {str(v) for leg in legs for v in leg.values()}
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
    other.write_text("{}", encoding="utf-8")
    refused(
        lambda: run("classifymovement", {"INPUT": points(shift()), "MODEL": str(other), "OUTPUT": "memory:"}),
        "not a movement model",
    )
    other.write_bytes(b"\xff\xfe{}")
    refused(
        lambda: run("classifymovement", {"INPUT": points(shift()), "MODEL": str(other), "OUTPUT": "memory:"}),
        "no text in UTF-8",
    )
    missing = str(tmp_path / "none.json")
    refused(
        lambda: run("classifymovement", {"INPUT": points(shift()), "MODEL": missing, "OUTPUT": "memory:"}),
        "cannot be read",
    )


@pytest.fixture
def labels(qgis_app):
    """A table of (officer, start, end, mode) as text."""

    def make(rows):
        from qgis.core import QgsFeature, QgsVectorLayer

        fields = "&".join(f"field={n}:string" for n in ("officer_id", "start", "end", "mode"))
        layer = QgsVectorLayer(f"None?{fields}", "labels", "memory")
        features = []
        for row in rows:
            feature = QgsFeature(layer.fields())
            feature.setAttributes(list(row))
            features.append(feature)
        assert layer.dataProvider().addFeatures(features)[0]
        return layer

    return make


def labelled(officers):
    """Half an hour on foot, half an hour driven, for so many officers; and what they wrote down."""
    fixes, periods = [], []
    for k in range(officers):
        who = f"{1000 + k}"
        x = 0.0
        for i in range(60):
            fixes.append((who, f"2024-06-03T10:{i:02d}:00Z", E + x, N))
            x += 75.0 if i < 30 else 550.0
        periods.append((who, "2024-06-03T10:00:00Z", "2024-06-03T10:30:00Z", "on foot"))
        periods.append((who, "2024-06-03T10:30:00Z", "2024-06-03T10:59:00Z", "vehicle"))
    return fixes, periods


def test_calibration_writes_a_model_that_is_checked(run, points, labels, tmp_path):
    fixes, periods = labelled(22)
    model, sheet = tmp_path / "model.json", tmp_path / "sheet.html"
    parameters = {"INPUT": points(fixes), "LABELS": labels(periods), "OUTPUT": str(model), "SHEET": str(sheet)}
    results, log = run("calibratemovement", parameters)
    assert results["LABELLED_LEGS"] == 22 * 59
    assert any("of this force's officers" in s for s in log.said)
    assert "1000" not in model.read_text(encoding="utf-8")
    assert "get into or out of a vehicle" in sheet.read_text(encoding="utf-8")
    results, log = run("classifymovement", {"INPUT": points(fixes), "MODEL": str(model), "OUTPUT": "memory:"})
    assert not any("model is not yet checked" in s for s in [*log.said, *log.warned])


def test_too_few_shifts_are_refused_with_the_number_needed(run, points, labels, tmp_path):
    fixes, periods = labelled(3)
    parameters = {"INPUT": points(fixes), "LABELS": labels(periods), "OUTPUT": str(tmp_path / "model.json")}
    refused(lambda: run("calibratemovement", parameters), "3 shifts of 20")
    assert not (tmp_path / "model.json").exists()


def test_the_less_sure_a_leg_the_fainter_it_is_drawn(run, points, root):
    from qgis.core import QgsSymbol

    results, _ = run("classifymovement", {"INPUT": points(shift()), "OUTPUT": "memory:"})
    layer = results["OUTPUT"]
    layer.loadNamedStyle(str(root / "resources" / "styles" / "legs.qml"))
    rules = layer.renderer().rootRule().children()
    assert [r.label() for r in rules][:4] == ["on foot", "in a vehicle", "stopped", "cannot tell"]
    for rule in rules[:4]:
        opacity = rule.symbol().dataDefinedProperties().property(QgsSymbol.Property.PropertyOpacity)
        assert "confidence" in opacity.expressionString()
