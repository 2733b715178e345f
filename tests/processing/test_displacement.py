"""displacement, through Processing: from events and areas to results, a page and a map; and what it refuses."""

from __future__ import annotations

import pytest

from tests.support.outcomes import refused, rows_of

pytestmark = pytest.mark.qgis

SIDE = 600
AREAS = {
    f"{role[0]}{i}": (role, 400_000 + 5_000 * i, 290_000 + 6_000 * (role == "impact"))
    for role in ("impact", "comparison")
    for i in range(6)
}
WINDOWS = {"BEFORE_FROM": "2022-01-01", "BEFORE_TO": "2022-12-31", "AFTER_FROM": "2023-01-01", "AFTER_TO": "2023-12-31"}


def square(x, y, side=SIDE):
    return f"POLYGON(({x} {y},{x + side} {y},{x + side} {y + side},{x} {y + side},{x} {y}))"


@pytest.fixture
def areas(polygons):
    return polygons({k: square(x, y) for k, (_, x, y) in AREAS.items()}, roles={k: v[0] for k, v in AREAS.items()})


@pytest.fixture
def events(qgis_app):
    """A layer of events: in each area 40 before and 40 after, in impact areas 28; in each ring 20 and 20."""

    def make(after_in_impact=28, precision="minute", snapped="point", everywhere=1.0):
        from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer

        names = ("event_id", "kind", "category", "key_type", "start", "end", "time_precision", "location_precision")
        layer = QgsVectorLayer(
            "Point?crs=EPSG:27700" + "".join(f"&field={n}:string" for n in names), "events", "memory"
        )
        found = []
        for i, (role, x, y) in enumerate(AREAS.values()):
            for year, n in ((2022, 40), (2023, after_in_impact if role == "impact" else 40)):
                for k in range(int(everywhere * (n + 20 + i % 3))):
                    feature = QgsFeature(layer.fields())
                    time = (
                        f"{year}-{1 + k % 12:02}-01T00:00:00Z"
                        if precision == "month"
                        else f"{year}-{1 + k % 12:02}-10T{k % 24:02}:30:00Z"
                    )
                    feature.setAttributes(
                        [str(len(found)), "crime", "Burglary", "burglary", time, time, precision, snapped]
                    )
                    east = 13 * k % SIDE if k < n else SIDE + 40 + 5 * (k - n)
                    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x + east + 0.5, y + 300.5)))
                    found.append(feature)
        layer.dataProvider().addFeatures(found)
        return layer

    return make


def asked(events, areas, **more):
    return {
        "INPUT": events,
        "AREAS": areas,
        "AREA_ID_FIELD": "code",
        **WINDOWS,
        "OUTPUT": "memory:",
        "RINGS": "memory:",
        **more,
    }


@pytest.mark.clocks
def test_results_page_and_map(run, events, areas, tmp_path):
    page = tmp_path / "page.html"
    results, log = run("displacement", asked(events(), areas, OUTPUT_HTML=str(page)))
    rows = rows_of(results["OUTPUT"])
    assert [r["primary"] for r in rows] == [True] * 3 + [False] * 2
    # 240 before, 168 after, where they are compared 240 and 240.
    assert results["CHANGE"] == rows[0]["estimate"] == -72
    assert rows[0]["sentence"].startswith(
        "Adoption went with fewer records of burglary in Impact Areas: best estimate −72 events"
    )
    assert rows[1]["estimate"] == 0 and rows[0]["measure"] == "difference" and rows[0]["p_kind"] == "jackknife"
    text = page.read_text(encoding="utf-8")
    assert "Did crime move?" in text and "Spatial only" in text and text.count("data:image/png") == 2
    rings = {(r["area_id"], r["band_m"]): r for r in rows_of(results["RINGS"])}
    assert len(rings) == 36
    one = rings["i0", 0.0]
    assert (one["before"], one["after"], one["expected"], one["change"]) == (40, 28, 40, -12)
    assert rings["i0", 250.0]["before"] == 20 and rings["i0", 250.0]["km2"] == pytest.approx(0.6 + 0.19635, rel=0.01)
    assert any("read; areas have 4.3 km²" in s for s in log.said)


def test_a_second_layer_in_another_system(run, events, areas, polygons):
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsGeometry, QgsProject

    to_degrees = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:27700"), QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance()
    )
    shapes = {"impact": {}, "comparison": {}}
    for name, (role, x, y) in AREAS.items():
        shape = QgsGeometry.fromWkt(square(x, y))
        if role == "comparison":
            shape = shape.densifyByCount(20)
            shape.transform(to_degrees)
        shapes[role][name] = shape.asWkt(12)
    source = events()
    both, _ = run("displacement", asked(source, areas))
    other, _ = run(
        "displacement",
        asked(source, polygons(shapes["impact"]), COMPARISON_AREAS=polygons(shapes["comparison"], crs="EPSG:4326")),
    )
    assert other["CHANGE"] == both["CHANGE"] == -72


def test_a_boundary_cuts_the_rings(run, events, areas, polygons):
    x, y = AREAS["i0"][1:]
    land = polygons({"land": square(x - 20_000, y - 20_000, 20_000 + SIDE)})
    results, _ = run("displacement", asked(events(), areas, BOUNDARY=land))
    left = {r["area_id"]: r["km2"] for r in rows_of(results["RINGS"]) if r["band_m"] == 250}
    assert left["i0"] == pytest.approx(0.3 + 0.19635 / 4, rel=0.01) and "i1" not in left


def test_a_table_of_counts(run):
    from qgis.core import QgsFeature, QgsVectorLayer

    table = QgsVectorLayer(
        "None?field=area_id:string&field=role:string&field=band_m:double&field=before:int&field=after:int",
        "counts",
        "memory",
    )
    found = []
    for name, (role, _, _) in AREAS.items():
        for band, before, after in ((0, 40, 28 if role == "impact" else 40), (250, 20, 20)):
            feature = QgsFeature(table.fields())
            feature.setAttributes([name, role, band, before, after])
            found.append(feature)
    table.dataProvider().addFeatures(found)
    results, log = run("displacement", {"INPUT": table, "OUTCOME": "burglaries", "OUTPUT": "memory:"})
    assert results["CHANGE"] == -72 and "table of counts" in " ".join(log.said)
    assert rows_of(results["OUTPUT"])[0]["sentence"].startswith("Adoption went with fewer burglaries in Impact Areas")


def test_each_bad_day_has_its_sentence(run, events, areas, polygons):
    good = asked(events(), areas)
    one = polygons({"i0": square(*AREAS["i0"][1:]), "c0": square(*AREAS["c0"][1:])}, roles={"c0": "comparison"})
    for change, words in (
        ({"BEFORE_FROM": ""}, "BEFORE_FROM"),
        ({"AFTER_FROM": "2022-06-01"}, "not before the time after begins"),
        ({"DISTANCES": "near"}, "DISTANCES"),
        ({"DISTANCES": "130"}, "multiples of 50"),
        ({"AUDIENCE": "public", "AFTER_TO": "2023-12-30"}, "whole calendar months"),
        ({"OUTCOME": "robbery"}, "No event is of the type 'robbery'"),
        ({"AREAS": None}, "AREAS was not given"),
        ({"INPUT": areas}, "holds no points"),
        (
            {"AREAS": polygons({k: square(x, y, 5_500) for k, (_, x, y) in AREAS.items()}, roles={"c0": "comparison"})},
            "Areas share ground",
        ),
        ({"AREAS": polygons({"i0": square(*AREAS["i0"][1:])}), "ALL_IMPACT": True}, "no comparison area"),
        ({"INPUT": events(precision="month"), "HOURS": "18-02"}, "so they have no hour"),
        ({"INPUT": events(precision="month"), "BEFORE_FROM": "2022-01-15"}, "the windows cut months"),
    ):
        refused(lambda change=change: run("displacement", {**good, **change}), words)
    for change, code in (
        ({"AREAS": one}, "rests_on_one_area"),
        ({"INPUT": events(after_in_impact=0, everywhere=0)}, "no_events"),
        ({"SCORED_FROM": "2022-03-01", "SCORED_TO": "2022-05-31"}, "before_scored_areas"),
        ({"INPUT": events(snapped="snapped"), "DISTANCES": "100, 500"}, "snapped_points"),
    ):
        results, _ = run("displacement", {**good, **change})
        assert any(code in r["caveats"] for r in rows_of(results["OUTPUT"])), code


def test_a_swallowed_ring_is_named(run, events, areas, polygons):
    x, y = AREAS["i0"][1:]
    frame = {
        "n": (x - SIDE, y + SIDE),
        "s": (x - SIDE, y - SIDE),
        "w": (x - SIDE, y),
        "e": (x + SIDE, y),
        "ne": (x, y + SIDE),
        "se": (x, y - SIDE),
        "far": (x + 2 * SIDE, y - SIDE),
    }
    frame.update(nee=(x + SIDE, y + SIDE), see=(x + SIDE, y - SIDE))
    shapes = {"middle": square(x, y), **{k: square(*at) for k, at in frame.items()}}
    _, log = run("displacement", asked(events(), polygons(shapes, roles=dict.fromkeys(frame, "comparison"))))
    assert any(s.startswith("No ground is left around middle") for s in log.said)


def test_no_least_area_is_the_declared_one(run, events, areas):
    assert run("displacement", asked(events(), areas, LEAST_AREA=None))[0]["CHANGE"] == -72


def test_a_withheld_figure_is_no_output(run, events, areas):
    assert "CHANGE" not in run("displacement", asked(events(everywhere=0), areas))[0]


def test_what_the_public_sees(run, events, areas):
    from qgis.core import NULL

    results, _ = run("displacement", asked(events(), areas, AUDIENCE="public"))
    assert all(r["events"] % 5 == 0 for r in rows_of(results["OUTPUT"]))
    shown = [r["before"] for r in rows_of(results["RINGS"]) if r["before"] != NULL]
    assert len(shown) >= 24 and all(n % 5 == 0 for n in shown)


def test_notes_that_fall_between_both_times_are_those_of_either_home_of_a_store(run, events, areas, postgis, tmp_path):
    from datetime import date

    import pandas as pd

    from ia_plugin.store.notes import add_note
    from tests.support.two_homes import two_homes

    found = {}
    with two_homes(tmp_path, postgis) as homes:
        layer = events()
        for home, place in homes.places.items():
            for day, kind in ((date(2022, 12, 1), "system change"), (date(2024, 2, 1), "outage")):
                add_note(
                    place, kind=kind, first=day, text="No names.", at=pd.Timestamp("2024-07-10T12:00Z"), version="t"
                )
            results, log = run("displacement", asked(layer, areas, STORE=place))
            found[home] = (
                rows_of(results["OUTPUT"]),
                rows_of(results["RINGS"]),
                results["SUMMARY"],
                [line for line in log.said if not line.startswith("Results:")],
                log.warned,
            )
        assert found["postgis"] == found["geopackage"]
        told = " ".join(str(row) for row in found["postgis"][0])
        assert "system change" in told.lower() and "outage" not in told.lower()
