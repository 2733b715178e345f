"""Officer density on the map: told cells as squares of the grid, in colours that mean the same in any week."""

from datetime import date

import pandas as pd
import pytest

from ia_plugin.core.columns import DENSITY
from ia_plugin.core.density.scale import SCALE
from ia_plugin.core.errors import ParameterError
from ia_plugin.store.store import Store
from tests.support.stores import KEY

pytestmark = pytest.mark.qgis

FIELD = "minutes_a_day"
MONDAY = date(2024, 6, 3)
ROWS = [("early", "1400:2000", 7 * 60 * 20.0), ("early", "1401:-3", 7 * 60 * 500.0), ("night", "1400:2000", 900.0)]


def density_layer(*asked):
    from ia_plugin.ui.map.density_layer import density_layer

    return density_layer(*asked)


@pytest.fixture
def folder(tmp_path):
    """A store whose summary tells three cells of a week."""
    table = pd.DataFrame(ROWS, columns=["shift", "cell", "officer_seconds"])
    table = table.assign(week=pd.Timestamp("2024-06-02T23:00Z"), side_m=200.0)[[*DENSITY.names]]
    with Store(tmp_path / "s", KEY) as store, store.together("a test"):
        store.put("density", table, "1")
    return tmp_path / "s"


def test_cells_of_the_week_and_shift_are_squares_in_the_one_scale(qgis_app, folder):
    layer = density_layer(folder, MONDAY, "early")
    assert layer.isValid() and layer.crs().authid() == "EPSG:27700"
    boxes = {f["cell"]: f.geometry().boundingBox() for f in layer.getFeatures()}
    corners = {c: (b.xMinimum(), b.yMinimum(), b.width(), b.height()) for c, b in boxes.items()}
    assert corners == {"1400:2000": (400_000, 280_000, 200, 200), "1401:-3": (-600, 280_200, 200, 200)}
    minutes = {f["cell"]: f[FIELD] for f in layer.getFeatures()}
    assert minutes == {"1400:2000": 20.0, "1401:-3": 60.0}  # capped where the scale ends
    renderer = layer.renderer()
    colours = {c: renderer.symbolForValue(m).color().name() for c, m in minutes.items()}
    assert colours == {"1400:2000": SCALE[2].colour, "1401:-3": SCALE[4].colour}
    assert [r.label() for r in renderer.ranges()] == [c.words for c in SCALE]
    assert layer.mapTipTemplate() == '[% round("minutes_a_day") %] officer minutes a day'
    assert "fewer than five officers" in layer.metadata().abstract() and "03/06/2024" in layer.name()
    assert layer.metadata().abstract().endswith("Beta: not yet checked against source systems.")


def test_classes_stay_in_a_week_of_little_time(qgis_app, folder):
    """The scale is of no week: quiet ones are pale."""
    layer = density_layer(folder, MONDAY, "night")
    (feature,) = layer.getFeatures()
    assert layer.renderer().symbolForValue(feature[FIELD]).color().name() == SCALE[0].colour
    assert len(layer.renderer().ranges()) == len(SCALE)


def test_a_value_on_a_break_belongs_to_the_class_that_begins_there(qgis_app, folder):
    layer = density_layer(folder, MONDAY, "early")
    found = [layer.renderer().symbolForValue(c.low).color().name() for c in SCALE]
    assert found == [c.colour for c in SCALE]


def test_a_week_that_is_not_told_is_an_empty_layer_and_no_other_shift_is_taken(qgis_app, folder):
    assert density_layer(folder, date(2024, 6, 10), "early").featureCount() == 0
    assert density_layer(folder, MONDAY, "late").featureCount() == 0
    with pytest.raises(ParameterError, match="early, late, night"):
        density_layer(folder, MONDAY, "Any hour")


def test_the_dock_offers_the_weeks_that_are_told(tmp_path, monkeypatch):
    from datetime import date

    import ia_plugin.store.density as density
    from ia_plugin.ui.density_choice import offered

    monkeypatch.setattr(density, "density_weeks", lambda _folder: [date(2024, 6, 3), date(2024, 6, 10)])
    found = offered(tmp_path)
    assert next(iter(found)) == "10–16 Jun 2024, Early 07:00–15:00" and len(found) == 6
    assert found["3–9 Jun 2024, Night 23:00–07:00"] == (date(2024, 6, 3), "night")
