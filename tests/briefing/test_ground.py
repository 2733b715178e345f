"""What lies beneath the areas, and whose data the sheet says it is: the force's own first, then what is shipped where it is true."""

from __future__ import annotations

import pandas as pd
import pytest
import shapely

from ia_plugin.core.resources import resource_path

pytestmark = pytest.mark.qgis
BIRMINGHAM, LEEDS = (407_000, 287_000), (430_000, 433_000)


def areas_at(x, y, **more):
    rows = [(f"A{i}", "Area", "impact", shapely.box(x + 900 * i, y, x + 900 * i + 500, y + 500)) for i in range(2)]
    return pd.DataFrame(rows, columns=["area_id", "name", "role", "geometry"]).assign(**more)


@pytest.fixture
def found(qgis_app):
    """Ground of some areas, in a system of coordinates."""

    def find(areas, store=None, crs="EPSG:27700"):
        from qgis.core import QgsCoordinateReferenceSystem

        from ia_plugin.briefing.ground import ground_of

        return ground_of(areas, QgsCoordinateReferenceSystem(crs), store)

    return find


def names(ground):
    return [layer.name() for layer in ground.layers]


def basemap(folder, x, y, epsg=27700, *tables):
    """A basemap of the force's own with a street, and other tables, about a place."""
    from osgeo import ogr, osr

    system = osr.SpatialReference()
    system.ImportFromEPSG(epsg)
    package = ogr.GetDriverByName("GPKG").CreateDataSource(str(folder / "basemap.gpkg"), options=["VERSION=1.2"])
    for name in ("roads", *tables):
        layer = package.CreateLayer(name, system, ogr.wkbLineString)
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"LINESTRING({x - 200} {y}, {x + 3000} {y + 300})"))
        layer.CreateFeature(feature)


def test_boundaries_lie_beneath_areas_of_the_west_midlands_alone(found):
    ground = found(areas_at(*BIRMINGHAM))
    assert names(ground) == ["districts", "wards"] and ground.rights.startswith(
        "Boundaries of districts and wards: Source: Office for National Statistics"
    )
    assert (
        "Contains OS data © Crown copyright and database right 2025." in ground.rights
        and "basemap.gpkg" in ground.says[0]
    )
    one_outside = pd.concat([areas_at(*BIRMINGHAM), areas_at(*LEEDS)], ignore_index=True)
    for elsewhere in (areas_at(*LEEDS), one_outside):
        ground = found(elsewhere)
        assert (names(ground), ground.rights, ground.own) == ([], "", True) and "outlines" in ground.says[0]


def test_a_store_in_another_system_finds_them_too(found):
    """UTM 30 N: the same place stands at 575 km east, 5815 km north."""
    assert names(found(areas_at(574_814, 5_815_096), crs="EPSG:32630")) == ["districts", "wards"]


def test_the_ground_of_the_force_is_drawn_over_what_is_shipped(found):
    areas = pd.concat([areas_at(*LEEDS), areas_at(*LEEDS, role="rest")[:1]], ignore_index=True)
    assert names(found(areas)) == ["areas"] and found(areas).own


def test_the_basemap_beside_the_store_goes_before_all_with_its_own_words(found, tmp_path):
    basemap(tmp_path, *BIRMINGHAM, 27700, "rivers")
    ground = found(areas_at(*BIRMINGHAM), tmp_path)
    assert (names(ground), ground.rights, ground.own) == (["roads", "rivers"], "", False)
    (tmp_path / "basemap.txt").write_text(
        "\ufeffContains OS data © Crown copyright\nand database right 2026\n", encoding="utf-8"
    )
    assert found(areas_at(*BIRMINGHAM), tmp_path).rights == "Contains OS data © Crown copyright and database right 2026"


def test_a_basemap_in_another_system_reaches_the_areas(found, tmp_path):
    basemap(tmp_path, 574_814, 5_815_096, 32630)
    assert names(found(areas_at(*BIRMINGHAM), tmp_path)) == ["roads"]


@pytest.mark.parametrize(
    "made, why", [("elsewhere", "nothing where the areas lie"), ("no file of layers", "no layer that can be read")]
)
def test_a_basemap_that_is_of_no_use_is_left_out_and_said(found, tmp_path, made, why):
    if made == "elsewhere":
        basemap(tmp_path, *LEEDS)
    else:
        (tmp_path / "basemap.gpkg").write_bytes(b"no GeoPackage")
    ground = found(areas_at(*BIRMINGHAM), tmp_path)
    assert names(ground) == ["districts", "wards"] and why in ground.warns[0]


def test_the_boundaries_are_small_and_say_whose_they_are(root):
    assert sum(p.stat().st_size for p in resource_path("ground").iterdir()) < 500_000
    said = resource_path("ground", "ATTRIBUTION.txt").read_text(encoding="utf-8")
    assert "Open Government Licence v3.0" in said and "Office for National Statistics" in said and "OS data" in said
