"""The library that the inspector's page draws with is the one that tools/page_library builds, small, and with its licences."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from ia_plugin.core.resources import resource_path

VENDOR = resource_path("page", "vendor")
SOURCES = Path(__file__).parents[3] / "tools" / "page_library"
VERSION = json.loads((VENDOR / "VERSION.json").read_text(encoding="utf-8"))
MOST_BYTES = 80_000


def hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_text(encoding="utf-8").encode("utf-8")).hexdigest()


@pytest.mark.parametrize(("folder", "part"), [(VENDOR, "sha256"), (SOURCES, "built_of")])
def test_it_is_the_one_that_was_built(folder: Path, part: str) -> None:
    found = {name: hash_of(folder / name) for name in VERSION[part]}
    assert found == VERSION[part], "run tools/page_library/build.sh, and commit what it wrote"


def test_versions_are_those_that_are_pinned() -> None:
    asked = json.loads((SOURCES / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert asked.items() <= VERSION["versions"].items()


def test_it_is_small_and_makes_no_program_of_a_text() -> None:
    text = (VENDOR / "d3.js").read_text(encoding="utf-8")
    assert len(text.encode("utf-8")) < MOST_BYTES
    for way in ("eval(", "new Function", "XMLHttpRequest", "fetch(", "WebSocket", "importScripts"):
        assert way not in text, way


def test_each_part_has_its_licence() -> None:
    licences = (VENDOR / "LICENSES.txt").read_text(encoding="utf-8")
    for name, version in VERSION["versions"].items():
        assert f"{name} {version}" in licences
