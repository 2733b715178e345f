"""The key of a run: refused where it lies with the data or can be guessed, told where everybody can read it."""

from __future__ import annotations

import os

import pytest

from tests.support.outcomes import refused, rows_of
from tests.support.walks import walk

pytestmark = pytest.mark.qgis

SECRET = b"a key for tests, of no force at all"
EXTRACT = "officer_id,time,easting,northing\n12,2024-06-03 10:00,400000,280000\n12,2024-06-03 10:02,400100,280000\n"


@pytest.fixture
def use(monkeypatch):
    def file(path, secret=SECRET, mode=0o600):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(secret)
        path.chmod(mode)
        monkeypatch.setenv("IMPACTAREAS_KEY_FILE", str(path))

    return file


@pytest.fixture
def imported(run, tmp_path):
    def go():
        (tmp_path / "fixes.csv").write_text(EXTRACT, encoding="utf-8")
        return run("importaffiliations", {"INPUT": str(tmp_path / "fixes.csv"), "STORE": str(tmp_path / "store")})

    return go


@pytest.mark.parametrize("secret", [b"a" * 16, b"passwordpassword", b"0123456789012345"])
def test_a_weak_key_writes_no_store_and_no_layer(run, imported, points, use, tmp_path, secret):
    use(tmp_path / "keys" / "key", secret)
    refused(imported, "The key is weak", "random bytes")
    assert not (tmp_path / "store").exists()
    refused(lambda: run("buildtracks", {"INPUT": points(walk()), "OUTPUT": "memory:"}), "The key is weak")


def test_a_key_in_the_store_is_refused(imported, use, tmp_path):
    use(tmp_path / "store" / "keys" / "key")
    refused(imported, "lies in the folder of the store", "Move it")
    assert not (tmp_path / "store" / "restricted.gpkg").exists()


def test_a_key_in_the_project_is_refused_and_one_beside_it_taken(run, points, use, tmp_path):
    from qgis.core import QgsProject

    def go():
        return run("buildtracks", {"INPUT": points(walk()), "OUTPUT": "memory:"})

    (tmp_path / "project").mkdir()
    QgsProject.instance().setFileName(str(tmp_path / "project" / "town.qgz"))
    use(tmp_path / "project" / "key")
    refused(go, "lies in the folder of the project")
    use(tmp_path / "keys" / "key")
    assert len(rows_of(go()[0]["OUTPUT"])) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of files")
def test_a_key_that_everybody_can_read_is_told_once(imported, use, tmp_path):
    use(tmp_path / "keys" / "key", mode=0o644)
    results, log = imported()
    told = [w for w in log.warned if "key file" in w]
    assert results["ROWS_KEPT"] == 2 and len(told) == 1 and "chmod 600" in told[0]
    use(tmp_path / "keys" / "key")
    assert not any("key file" in w for w in imported()[1].warned)
