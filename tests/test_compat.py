"""What a user is told when a library is missing: one sentence, with what was found and what to do."""

from __future__ import annotations

import ctypes.util
import importlib.util
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from ia_plugin.compat import installed_version, missing_requirements

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.qgis


@pytest.mark.parametrize(
    "versions",
    [
        {"pandas": "1.5.3", "shapely": "2.0"},
        {"pandas": "2.2.3", "shapely": "2.1.0rc1"},
        {"pandas": "1.5", "shapely": "10.0"},
    ],
)
def test_nothing_is_missing(versions: dict[str, str]) -> None:
    assert missing_requirements(lambda name: versions.get(name, "")) == ""


@pytest.mark.parametrize(
    "versions, start",
    [
        ({"pandas": "1.5.3", "shapely": "1.8.5"}, "needs pandas ≥ 1.5 and shapely ≥ 2.0; found shapely 1.8.5: "),
        ({"shapely": "2.0.1"}, "needs pandas ≥ 1.5 and shapely ≥ 2.0; found no pandas: "),
        (
            {"pandas": "1.4.9", "shapely": "1.8"},
            "needs pandas ≥ 1.5 and shapely ≥ 2.0; found pandas 1.4.9 and shapely 1.8: ",
        ),
        ({}, "needs pandas ≥ 1.5 and shapely ≥ 2.0; found no pandas and no shapely: "),
    ],
)
def test_the_sentence_says_what_was_found_and_what_to_do(versions: dict[str, str], start: str) -> None:
    sentence = missing_requirements(lambda name: versions.get(name, ""))
    assert sentence.startswith(start) and sentence.endswith(".") and len(sentence) > len(start) + 20


def test_a_machine_without_time_zones_is_told_before_anything_runs() -> None:
    versions = {"pandas": "2.2.3", "shapely": "2.1"}
    sentence = missing_requirements(lambda name: versions.get(name, ""), zones=lambda: False)
    assert sentence.startswith("needs time zones, but neither ") and "pip install tzdata" in sentence


def test_versions_are_those_an_import_would_find() -> None:
    import pytest as itself

    assert installed_version("pytest") == itself.__version__
    assert installed_version("no_such_library") == ""


# As a program of QGIS's does it: its GEOS is there, for all to call, before Python begins.
WITH_QGIS_GEOS = "import ctypes; ctypes.CDLL('libgeos_c.so.1', mode=ctypes.RTLD_GLOBAL); from ia_plugin import compat; "


def said_beside_geos(code: str) -> str:
    """What a Python of its own prints that has the system's GEOS loaded as QGIS has."""
    if not ctypes.util.find_library("geos_c") or not hasattr(os, "RTLD_DEEPBIND"):
        pytest.skip("no GEOS of the system's, or no deep binding, on this machine")
    done = subprocess.run(
        [sys.executable, "-c", WITH_QGIS_GEOS + code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_shapely_calls_the_geos_it_was_built_with() -> None:
    assert said_beside_geos("compat.load_shapely(); import shapely; print(compat.foreign_geos())") == ""


def test_shapely_that_calls_another_geos_is_refused() -> None:
    """Only where the environment's shapely brings its own (a wheel); the system's has QGIS's in any order."""
    said = said_beside_geos(
        "import sys; sys.modules.pop('shapely', None); import shapely; print(compat.missing_requirements() or 'same')"
    )
    own = "dist-packages" in (importlib.util.find_spec("shapely").origin or "")
    assert said == "same" if own else said.startswith("shapely ") and "python3-shapely" in said


@pytest.mark.parametrize("module, expected", [(True, "2.0"), (False, "0+unknown")])
def test_a_package_that_does_not_know_its_version_is_known_by_what_it_has(monkeypatch, module, expected) -> None:
    monkeypatch.setattr(metadata, "version", lambda name: "0+unknown")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name == "shapely" or module or None)
    assert installed_version("shapely") == expected
