"""Outputs onto what a run reads, onto a store, onto each other or into nowhere: refused before anything is touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.stores import KEY, extract, take_in

pytestmark = pytest.mark.qgis

EXTRACT = "Collar No,Time,Easting,Northing\n" + "".join(
    f"4512,2024-06-03T09:{m:02d}:00Z,{400_000 + m},280000\n" for m in range(10)
)
WALK = [("p1", f"2024-06-03T09:{m:02d}:00Z", 400_000 + 100 * m, 280_000) for m in range(10)]


def contents(folder):
    """Files and their bytes, without what QGIS leaves beside a GeoPackage that it reads."""
    read = ("one.gpkg-wal", "one.gpkg-shm")
    files = (p for p in Path(folder).rglob("*") if p.is_file() and p.name not in read)
    return {str(p.relative_to(folder)): p.read_bytes() for p in files}


@pytest.fixture
def refused(run, tmp_path):
    """Run what must be refused; gives what was said, once no file has changed."""

    def runner(algorithm, asked):
        from qgis.core import QgsProcessingException

        before = contents(tmp_path)
        with pytest.raises(QgsProcessingException) as told:
            run(algorithm, asked)
        assert contents(tmp_path) == before
        assert "Traceback" not in str(told.value)
        return str(told.value)

    return runner


@pytest.fixture
def force(tmp_path):
    """The folder of a store with fixes."""
    from ia_plugin.store.store import Store

    (tmp_path / "in").mkdir()
    extract(tmp_path / "in" / "a.csv", officers=2, fixes=5)
    with Store(tmp_path / "store", KEY) as store:
        take_in(store, tmp_path / "in")
    return tmp_path / "store"


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(EXTRACT, encoding="utf-8")
    return path


def by_link(path):
    (path.parent / "link.csv").symlink_to(path)
    return path.parent / "link.csv"


def by_second_name(path):
    os.link(path, path.parent / "second.csv")
    return path.parent / "second.csv"


def by_folder(path):
    (path.parent / "x").mkdir()
    return path.parent / "x" / ".." / path.name


WAYS = {
    "itself": str,
    "relative": lambda p: os.path.relpath(p),
    "through a folder": by_folder,
    "a link": by_link,
    "a second name": by_second_name,
    "a layer of it": lambda p: f"{p}|layername=own",
    "ogr": lambda p: f"ogr:dbname='{p}' table=\"own\"",
    "ogr and a path": lambda p: f"ogr:{p}",
}


@pytest.mark.parametrize("way", WAYS)
def test_an_output_onto_the_input(refused, own, way):
    said = refused("importaffiliations", {"INPUT": str(own), "OUTPUT": str(WAYS[way](own))})
    assert "OUTPUT would be written over 'own.csv', which the run needs (INPUT). Choose another file" in said


@pytest.mark.parametrize("output", ("OUTPUT", "REJECTS", "SAVE_MAPPING"))
def test_every_output_of_an_import(refused, own, output):
    assert f"{output} would be written over" in refused("importaffiliations", {"INPUT": str(own), output: str(own)})
    pattern = f"{own.parent}/*.csv"
    assert f"{output} would be written over" in refused("importaffiliations", {"INPUT": pattern, output: str(own)})


def test_a_mapping_and_a_config_are_inputs(refused, own, tmp_path):
    for name in ("MAPPING", "CONFIG"):
        (tmp_path / "m.json").write_text("{}", encoding="utf-8")
        said = refused("importaffiliations", {"INPUT": str(own), name: str(tmp_path / "m.json"), "SAVE_MAPPING": str(tmp_path / "m.json")})  # fmt: skip
        assert f"which the run needs ({name})" in said


def test_a_layer_of_a_file_and_a_part_of_it(refused, run, points, tmp_path):
    from qgis.core import QgsProcessingFeatureSourceDefinition, QgsProject, QgsVectorLayer

    shape = tmp_path / "tracks.shp"
    run("buildtracks", {"INPUT": points(WALK), "OUTPUT": "memory:", "LEGS": str(shape)})
    layer = QgsProject.instance().addMapLayer(QgsVectorLayer(str(shape), "of the project", "ogr"))
    for given in (layer, layer.id(), str(shape), QgsProcessingFeatureSourceDefinition(layer.id(), True)):
        assert "(INPUT)" in refused("classifymovement", {"INPUT": given, "OUTPUT": str(shape)})
    assert "(INPUT)" in refused("classifymovement", {"INPUT": str(tmp_path / "tracks.dbf"), "OUTPUT": str(shape)})


@pytest.mark.parametrize("name", ("summary.gpkg", "restricted.gpkg", "restricted.gpkg-wal", "summary.gpkg-shm"))
@pytest.mark.parametrize("output", ("OUTPUT", "LEGS"))
def test_a_file_of_a_store(refused, points, force, name, output):
    asked = {"INPUT": points(WALK), "OUTPUT": "memory:", output: str(force / name)}
    assert f"{output} would be written over {name!r}" in refused("buildtracks", asked)
    asked[output] = f"ogr:dbname='{force / name}' table=\"mine\" (geom)"
    assert f"{output} would be written over {name!r}" in refused("buildtracks", asked)


def test_a_store_by_other_names(refused, points, force, tmp_path):
    (tmp_path / "innocent.gpkg").symlink_to(force / "restricted.gpkg")
    os.link(force / "restricted.gpkg", tmp_path / "twin.gpkg")
    for path in ("innocent.gpkg", "twin.gpkg", "store/restricted", "in/../store/restricted.gpkg"):
        said = refused("buildtracks", {"INPUT": points(WALK), "OUTPUT": str(tmp_path / path)})
        assert "a file of a store" in said


def test_a_store_that_is_yet_to_be_made(refused, own, tmp_path):
    asked = {"INPUT": str(own), "STORE": str(tmp_path / "new"), "OUTPUT": str(tmp_path / "new" / "restricted.gpkg")}
    assert "(STORE)" in refused("importaffiliations", asked)


def test_two_outputs_onto_one_file(refused, run, points, tmp_path):
    one = tmp_path / "one.gpkg"
    said = refused("buildtracks", {"INPUT": points(WALK), "OUTPUT": str(one), "LEGS": str(one)})
    assert "LEGS and OUTPUT would be written to one file, 'one.gpkg'" in said
    table = f"ogr:dbname='{one}' table=\"{{}}\" (geom)"
    for pair in ((table.format("a"), table.format("A")), (str(one), table.format("a"))):
        asked = {"INPUT": points(WALK), **dict(zip(("OUTPUT", "LEGS"), pair))}
        assert "to one file" in refused("buildtracks", asked)
    run("buildtracks", {"INPUT": points(WALK), "OUTPUT": table.format("a"), "LEGS": table.format("b")})
    run("classifymovement", {"INPUT": f"{one}|layername=b", "OUTPUT": table.format("c")})
    assert "(INPUT)" in refused("classifymovement", {"INPUT": f"{one}|layername=b", "OUTPUT": table.format("B")})


@pytest.mark.parametrize(
    "algorithm, output, name",
    [
        ("buildtracks", "OUTPUT", "tracks.gpkg"),
        ("dataquality", "OUTPUT_HTML", "page.html"),
        ("calibratemovement", "SHEET", "sheet.html"),
        ("importaffiliations", "SAVE_MAPPING", "mapping.json"),
    ],
)
def test_what_cannot_be_written_is_said_before_the_work(
    refused, points, own, tmp_path, algorithm, output, name, monkeypatch
):
    from ia_plugin.processing.provider import algorithm_classes

    kind = next(a for a in algorithm_classes() if algorithm == a.ID)
    monkeypatch.setattr(kind, "execute", lambda *a: pytest.fail("the work began"))
    given = {"INPUT": str(own)} if algorithm == "importaffiliations" else {"INPUT": points(WALK)}
    if algorithm == "calibratemovement":
        given.update(LABELS=points(WALK), OUTPUT=str(tmp_path / "model.json"))
    said = refused(algorithm, {**given, output: str(tmp_path / "nowhere" / name)})
    assert "There is no folder" in said and f"to write {name!r} in. Make it" in said
    said = refused(algorithm, {**given, output: str(tmp_path)})
    assert "is a folder. Give the name of a file in it." in said


@pytest.mark.parametrize("name", ["a\0b.gpkg", "\0", "n" * 300 + ".gpkg", "ogr:dbname=", "  "])
def test_names_that_no_file_can_have_are_refused_in_a_sentence(refused, points, tmp_path, name):
    where = name if name.startswith(("ogr:", " ")) else str(tmp_path / name)
    said = refused("buildtracks", {"INPUT": points(WALK), "OUTPUT": "memory:", "LEGS": where})
    assert any(remedy in said for remedy in ("Choose another", "Choose a shorter", "Name a file"))


def test_case_counts_where_the_system_has_none(tmp_path):
    from ia_plugin.processing.output_files import _key

    assert _key(tmp_path / "A.CSV", caseless=True) == _key(tmp_path / "a.csv", caseless=True)
    assert _key(tmp_path / "A.CSV", caseless=False) != _key(tmp_path / "a.csv", caseless=False)


def test_an_ordinary_summary_is_no_store(run, points, tmp_path):
    run("buildtracks", {"INPUT": points(WALK), "OUTPUT": str(tmp_path / "summary.gpkg")})
    run("buildtracks", {"INPUT": points(WALK), "OUTPUT": str(tmp_path / "summary.gpkg")})
    assert os.listdir(tmp_path) == ["summary.gpkg"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("n" * 300 + ".gpkg", "too long"), ("n" * 300 + ".csv", "too long"), ("\0", "no name of a file")],
)
def test_a_name_that_no_file_can_have_is_refused_in_words(refused, tmp_path, own, name, words):
    asked = {"INPUT": str(own), "OUTPUT": name if name == "\0" else str(tmp_path / name)}
    assert words in refused("importaffiliations", asked)
