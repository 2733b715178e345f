"""Where the files that are not code are: icons, styles, templates, sample data (standard library only)."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def resource_path(*parts: str) -> Path:
    """Path of a file under ``resources/``: ``resource_path("icons", "tracks.svg")``.

    In the zip, and in the folder of links QGIS loads from, ``resources`` stands inside the package; in the checkout
    beside it. The path is not resolved: a link must keep pointing through the plugin's folder.
    """
    inside = _PACKAGE / "resources"
    root = inside if inside.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)


def resource_text(*parts: str) -> str:
    """What a text under ``resources/`` says, in UTF-8; also where the package was never unpacked from its zip.

    A cluster is given the zip itself: there a file is in no folder, and has no path.

    >>> resource_text("movement_model.json").lstrip()[0]
    '{'
    """
    found = files(__name__.partition(".")[0]) / "resources"
    for part in parts:
        found = found / part
    return (found if found.is_file() else resource_path(*parts)).read_text(encoding="utf-8")


def plugin_version() -> str:
    """Version of the plugin, from its metadata."""
    inside = files(__name__.partition(".")[0]) / "metadata.txt"
    path = inside if inside.is_file() else _PACKAGE.parent / "metadata.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        if line.startswith("version="):
            return line.partition("=")[2].strip()
    return "unknown"
