"""A small run of ``tools/attack/planted_people.py`` on layers: nobody who was planted stands in an output or in what was said."""

import shutil

import pytest

from tools.attack.invented_people import invented
from tools.attack.planted_people import found_again, run_layers, write_areas, write_layers

pytestmark = pytest.mark.qgis


class InProcess:
    """The runs of the attack, in this process."""

    def __init__(self, folder, run):
        self.folder, self._run, self.said, self.done = folder, run, [], 0
        (folder / "out").mkdir()

    def run(self, algorithm, *arguments):
        from qgis.core import QgsProcessingException

        logs = []
        try:
            self._run(algorithm, dict(a.split("=", 1) for a in arguments), prepare=logs.append)
            self.done += 1
        except QgsProcessingException as error:
            self.said.append(str(error))
        self.said += [text for log in logs for text in (*log.said, *log.warned)]
        (self.folder / "out" / "log.txt").write_text("\n".join(self.said), encoding="utf-8")


@pytest.mark.skipif(shutil.which("ogr2ogr") is None, reason="ogr2ogr makes the layers")
def test_people_planted_in_layers_are_found_nowhere(tmp_path, run):
    plants = invented(57, 12)
    write_layers(tmp_path, plants)
    write_areas(tmp_path / "areas.geojson")
    runs = InProcess(tmp_path, run)
    run_layers(runs, all_of_them=False)
    assert runs.done == 3  # the one with a wrong field of times is refused
    assert sum("withheld" in s for s in runs.said) >= 6 and any("cannot be read as a time" in s for s in runs.said)
    assert dict(found_again(tmp_path, plants)) == {}


def test_units_of_a_layer_are_kept_as_those_of_a_file(tmp_path, run):
    """Words that name nobody, words of five officers, and released ones; of a unit of one officer nothing is said."""
    from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer

    layer = QgsVectorLayer(
        "Point?crs=EPSG:27700&field=officer:string&field=at:string&field=unit:string", "fixes", "memory"
    )
    units = {
        "1": "Dudley CID",
        "2": "Zzyx",
        "3": "Zzyx",
        "4": "Zzyx",
        "5": "Zzyx",
        "6": "Zzyx",
        "7": "Quux",
        "8": "Thornwick",
    }
    for officer, unit in units.items():
        for minute in (0, 5):
            feature = QgsFeature(layer.fields())
            feature.setAttributes([officer, f"2024-06-03T10:{minute:02d}:00Z", unit])
            feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(405_000 + minute, 285_000)))
            assert layer.dataProvider().addFeature(feature)
    released = tmp_path / "mine.csv"
    released.write_text("words\nQuux\n", encoding="utf-8")
    fields = {"INPUT": layer, "OFFICER_FIELD": "officer", "TIME_FIELD": "at", "UNIT_FIELD": "unit"}
    outputs = {"OUTPUT": "memory:", "LEGS": "memory:", "RELEASED_WORDS": str(released)}
    results, log = run("buildtracks", {**fields, **outputs})
    legs = log.context.getMapLayer(results["LEGS"]) if isinstance(results["LEGS"], str) else results["LEGS"]
    assert sorted(f["unit"] for f in legs.getFeatures()) == ["(withheld)", "Dudley CID", "Quux", *["Zzyx"] * 5]
    [said] = [w for w in log.warned if "withheld" in w]
    assert said.startswith("INPUT: 1 value in 2 rows of unit is withheld until five officers have it (row 15)")


def fixes_layer(rows):
    """Points of (officer, time, unit)."""
    from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer

    fields = "&".join(f"field={n}:string" for n in ("officer", "at", "unit"))
    layer = QgsVectorLayer(f"Point?crs=EPSG:27700&{fields}", "fixes", "memory")
    for k, row in enumerate(rows):
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(row))
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(405_000 + k, 285_000)))
        assert layer.dataProvider().addFeature(feature)
    return layer


FIELDS = {"OFFICER_FIELD": "officer", "TIME_FIELD": "at", "UNIT_FIELD": "unit"}


def legs_of(run, rows, **more):
    outputs = {"OUTPUT": "memory:", "LEGS": "memory:", **more}
    results, log = run("buildtracks", {"INPUT": fixes_layer(rows), **FIELDS, **outputs})
    legs = results["LEGS"]
    return list((log.context.getMapLayer(legs) if isinstance(legs, str) else legs).getFeatures()), log


def test_an_officer_of_a_layer_has_one_id_with_and_without_a_rank(run):
    """As of a file: "PC 4512" among numbers is 4512, and what was read so is told."""
    rows = [
        (o, f"2024-06-03T10:{k:02d}:00Z", "Dudley CID") for k, o in enumerate(("PC 4512", "4512", "4,512", "77", "912"))
    ]
    legs, log = legs_of(run, rows)
    assert len(legs) == 2 and len({f["officer_day"] for f in legs}) == 1
    assert sum("INPUT: 1 reference of officers carries a rank" in s for s in log.said) == 1


def test_ids_that_last_a_day_count_on_their_fullest_day(run):
    """One officer's unit of five days is withheld, though the days have five ids; that of five ids of one day is kept."""
    rows = [
        (f"d{k:016x}", f"2024-06-{3 + k:02d}T10:{minute:02d}:00Z", "Quux") for k in range(5) for minute in (0, 5)
    ] + [(f"d{k:016x}", f"2024-06-10T10:{minute:02d}:00Z", "Zzyx") for k in range(8, 13) for minute in (0, 5)]
    legs, log = legs_of(run, rows)
    assert sorted(f["unit"] for f in legs) == ["(withheld)"] * 5 + ["Zzyx"] * 5
    assert any("rows of unit" in w or "rows of unit is" in w for w in log.warned)
