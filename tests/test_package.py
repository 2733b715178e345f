"""The zip: what is in it, and that a QGIS without pandas or shapely loads it and is told what is missing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.long import long_after
from tools import link_plugin, package_plugin, qgis_env

REGISTER = (package_plugin.ROOT / "ia_plugin" / "processing" / "provider.py").read_text(encoding="utf-8")
ALGORITHMS = [f"impactareas:{name.replace('_', '')}" for name in re.findall(r'^    "(\w+)\.\w+",$', REGISTER, re.M)]
HAS_QGIS = any(shutil.which(name) for name in ("qgis_process.bin", "qgis_process"))
needs_qgis = pytest.mark.skipif(not HAS_QGIS, reason="qgis_process is not on the PATH")


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> Path:
    return package_plugin.package(tmp_path_factory.mktemp("dist"))


def test_the_zip_holds_the_plugin_and_nothing_made(package: Path) -> None:
    names = zipfile.ZipFile(package).namelist()
    assert package.name == f"ia_plugin-{package_plugin.version()}.zip"
    assert {name.split("/")[0] for name in names} == {"ia_plugin"}
    for wanted in ("metadata.txt", "LICENSE", "__init__.py", "core/tracks.py", "resources/icons/impact_area.svg"):
        assert f"ia_plugin/{wanted}" in names
    made = re.compile(r"__pycache__|\.py[co]$|\.gpkg-(wal|shm)$|/tests/|/\.")
    assert [name for name in names if made.search(name)] == []


def test_the_same_checkout_gives_the_same_bytes(package: Path, tmp_path: Path) -> None:
    assert package_plugin.package(tmp_path).read_bytes() == package.read_bytes()


def test_the_folder_of_links_has_the_zips_files(package: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ia_plugin"
    (folder / "gone.py").parent.mkdir()
    (folder / "gone.py").write_text("# of an earlier version\n", encoding="utf-8")
    link_plugin.lay_out(folder)
    link_plugin.lay_out(folder)
    top = {name.split("/")[1] for name in zipfile.ZipFile(package).namelist()}
    assert top <= {path.name for path in folder.iterdir()}
    assert not (folder / "gone.py").exists()


def test_one_function_finds_resources_in_the_checkout_and_in_the_zip(package: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(package).extractall(tmp_path)
    code = "from ia_plugin.core.resources import resource_path; print(resource_path('icons', 'impact_area.svg'))"
    for folder, expected in ((package_plugin.ROOT, "resources"), (tmp_path, "ia_plugin/resources")):
        said = subprocess.run(
            [shutil.which("python3") or "python3", "-c", code],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
        )
        assert Path(said.stdout.strip()) == folder / expected / "icons" / "impact_area.svg"
        assert Path(said.stdout.strip()).is_file()


def test_the_method_runs_from_the_zip_itself(package: Path, tmp_path: Path) -> None:
    """A cluster is given the zip, and never unpacks it: texts of the method have no path there."""
    code = (
        "from ia_plugin.core.movement import default_model; from ia_plugin.core.presence.bridge_model import default_bridge; "
        "from ia_plugin.core.resources import plugin_version; default_bridge(); print(plugin_version(), default_model().states[0])"
    )
    env = {**os.environ, "PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, encoding="utf-8")  # fmt: skip
    assert done.stderr == "" and done.stdout.split()[0] == package_plugin.version()


@pytest.fixture(scope="module")
def bare_qgis(package: Path, tmp_path_factory) -> dict[str, str]:
    """The environment of a QGIS that has the unpacked zip and, beside it, only what the system brings."""
    home = tmp_path_factory.mktemp("bare")
    zipfile.ZipFile(package).extractall(home / "plugins")
    env = qgis_env.environment(plugins=home / "plugins", config=home / "config", with_venv=False)
    env["PYTHONPATH"] = str(_shadow(home))
    qgis_env.enable_plugin(env)
    return env


@pytest.fixture(scope="module")
def inputs(tmp_path_factory) -> list[str]:
    """The mandatory parameters of both algorithms, on a fix and an area too small to do anything with."""
    folder = tmp_path_factory.mktemp("inputs")
    square = [[[-1.9, 52.4], [-1.8, 52.4], [-1.8, 52.5], [-1.9, 52.4]]]
    shapes = {
        "fixes": ({"type": "Point", "coordinates": [-1.85, 52.45]}, {"officer": "a", "time": "2024-06-01T12:00:00Z"}),
        "areas": ({"type": "Polygon", "coordinates": square}, {"area": "one"}),
    }
    for name, (geometry, properties) in shapes.items():
        feature = {"type": "Feature", "geometry": geometry, "properties": properties}
        text = json.dumps({"type": "FeatureCollection", "features": [feature]})
        (folder / f"{name}.geojson").write_text(text, encoding="utf-8")
    fields = ["OFFICER_FIELD=officer", "TIME_FIELD=time"]
    return [f"INPUT={folder / 'fixes.geojson'}", f"AREAS={folder / 'areas.geojson'}", *fields]


def _shadow(home: Path) -> Path:
    """A folder that hides pandas and makes shapely 1.8, where the system should have newer ones.

    QGIS 3.40 tries to import shapely itself and goes on where the module is not found; other errors end its Python.
    """
    folder = home / "shadow"
    (folder / "shapely-1.8.5.dist-info").mkdir(parents=True)
    (folder / "shapely-1.8.5.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: shapely\nVersion: 1.8.5\n", encoding="utf-8"
    )
    (folder / "shapely.py").write_text(
        "raise ModuleNotFoundError('the zip imported shapely to list its algorithms')\n", encoding="utf-8"
    )
    (folder / "pandas.py").write_text(
        "raise ModuleNotFoundError('the zip imported pandas to list its algorithms')\n", encoding="utf-8"
    )
    (folder / "pandas-0.1.dist-info").mkdir()
    (folder / "pandas-0.1.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: pandas\nVersion: 0.1\n", encoding="utf-8"
    )
    return folder


@needs_qgis
def test_the_zip_loads_and_lists_its_algorithms_without_pandas_or_shapely(bare_qgis: dict[str, str]) -> None:
    listed = subprocess.run(
        [qgis_env.qgis_process(), "list"],
        env=bare_qgis,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert "Impact Area" in listed.stdout
    for algorithm in ALGORITHMS:
        assert algorithm in listed.stdout
    assert "Traceback" not in listed.stdout + listed.stderr


@needs_qgis
@pytest.mark.parametrize("algorithm", long_after(1, ALGORITHMS))
def test_each_algorithm_says_what_it_needs_when_run(
    bare_qgis: dict[str, str], inputs: list[str], tmp_path: Path, algorithm: str
) -> None:
    wanted = [text for text in inputs if not (text.startswith("AREAS=") and algorithm.endswith("buildtracks"))]
    # qgis_process asks for what is mandatory before it asks the algorithm.
    wanted += [text.replace("INPUT=", "LABELS=") for text in inputs if text.startswith("INPUT=")]
    wanted += [text.replace("INPUT=", "EVENTS=") for text in inputs if text.startswith("INPUT=")]
    wanted += [
        f"STORE={tmp_path}",
        f"TO={tmp_path / 'other'}",
        "BEFORE=2024-01-01",
        f"OUTPUT_HTML={tmp_path / 'out.html'}",
        f"OUTPUT_SQL={tmp_path / 'out.sql'}",
    ]
    ran = subprocess.run(
        [qgis_env.qgis_process(), "run", algorithm, "--", *wanted, f"OUTPUT={tmp_path / 'out.gpkg'}"],
        env=bare_qgis,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    said = ran.stdout + ran.stderr
    assert ran.returncode != 0
    assert "needs pandas ≥ 1.5 and shapely ≥ 2.0; found pandas 0.1 and shapely 1.8.5: " in said
    assert "Traceback" not in said
    assert not (tmp_path / "out.gpkg").exists()


@needs_qgis
def test_help_is_readable_without_pandas_or_shapely(bare_qgis: dict[str, str]) -> None:
    helped = subprocess.run(
        [qgis_env.qgis_process(), "help", ALGORITHMS[0]],
        env=bare_qgis,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert helped.returncode == 0 and "INPUT" in helped.stdout and "Traceback" not in helped.stderr
