"""What plugins.qgis.org asks of an uploaded zip, asked of ours beforehand and offline.

After the site's validator and security scanner as of 2026. What it would refuse must not be there; what it would only
remark on is listed here with the reason, or is not there either. That its links answer cannot be tried offline.
"""

from __future__ import annotations

import ast
import configparser
import importlib.util
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from tools import package_plugin

LARGEST = 25_000_000  # bytes
FILES = ("__init__.py", "metadata.txt", "LICENSE")
FORBIDDEN = {"__MACOSX", ".git", "__pycache__"}
PROGRAMS = (".exe", ".dll", ".so", ".dylib", ".bat", ".sh", ".ps1", ".cmd")
REQUIRED = "name description version qgisMinimumVersion author email about tracker repository".split()
OPTIONAL = (
    "homepage changelog qgisMaximumVersion tags deprecated experimental external_deps server supportsQt6 icon category "
    "hasProcessingProvider plugin_dependencies license"
).split()
LINKS = ("homepage", "tracker", "repository")

REMARKS = ["nobody reads impact-area@users.noreply.github.com"]
"""Of our zip: whoever publishes the plugin has to give an address of their own, which nobody else can."""


# --- the zip ----------------------------------------------------------------------------------------------------------


def facts_of(archive: zipfile.ZipFile, folder: str) -> dict[str, str]:
    """The metadata as the site reads it: a % that is not doubled is an error."""
    parser = configparser.ConfigParser()
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(archive.read(f"{folder}/metadata.txt").decode("utf-8"))
    return dict(parser.items("general"))


def refusals(zipped: bytes) -> Iterator[str]:
    """Why the site would refuse a zip."""
    archive = zipfile.ZipFile(io.BytesIO(zipped))
    names = archive.namelist()
    folder = names[0].split("/")[0]
    if len(zipped) > LARGEST:
        yield f"{len(zipped)} bytes"
    for name in names:
        parts = PurePosixPath(name).parts
        if name.startswith("/") or ".." in parts:
            yield f"{name} leads out of the folder"
        if ".pyc" in name or FORBIDDEN.intersection(parts):
            yield f"{name} is forbidden"
    if {name.split("/")[0] for name in names} != {folder} or not folder.isidentifier():
        yield "not one folder with the name of a Python module"
    missing = [name for name in FILES if f"{folder}/{name}" not in names]
    if missing:
        yield f"no {missing[0]}"
        return
    try:
        facts = facts_of(archive, folder)
    except configparser.Error as error:
        yield f"metadata cannot be read: {type(error).__name__}"
        return
    yield from (f"metadata lacks {key}" for key in REQUIRED if not facts.get(key))
    yield from (f"{key} is no link" for key in LINKS if key in facts and not re.match(r"https?://[^/]+\.", facts[key]))
    if "/" in facts.get("author", ""):
        yield "a slash in the author's name"


def remarks(zipped: bytes) -> Iterator[str]:
    """What the site would remark on, to whoever reads the plugin's page."""
    archive = zipfile.ZipFile(io.BytesIO(zipped))
    names = archive.namelist()
    folder = names[0].split("/")[0]
    for entry in archive.infolist():
        if PurePosixPath(entry.filename).name.startswith("."):
            yield f"{entry.filename} is hidden"
        if entry.filename.lower().endswith(PROGRAMS):
            yield f"{entry.filename} is a program"
        if entry.filename.endswith(".py") and entry.external_attr >> 16 & 0o111:
            yield f"{entry.filename} may be executed"
    facts = facts_of(archive, folder)
    yield from (f"{key} is no key of metadata" for key in facts if key not in (*REQUIRED, *OPTIONAL))
    if not re.match(r"\d+\.\d+", facts.get("version", "")):
        yield "the version is no number"
    icon = facts.get("icon", "")
    if f"{folder}/{icon}" not in names or not icon.endswith(".png"):  # the site shows an SVG not everywhere
        yield "no icon in PNG"
    if facts.get("qgisMaximumVersion", "").startswith("4") and facts.get("supportsQt6", "True").lower() != "true":
        yield "for QGIS 4 but not for Qt 6"
    email = facts.get("email", "")
    if "noreply" in email or email.endswith(("example.com", "example.org")):
        yield f"nobody reads {email}"


GOOD = {
    "name": "P", "description": "d", "version": "1.0", "qgisMinimumVersion": "3.22", "author": "a", "email": "a@b.uk",
    "about": "x", "tracker": "https://b.uk/t", "repository": "https://b.uk/r", "icon": "i.png",
}  # fmt: skip


def zipped(added: dict[str, str], modes: dict[str, int], **facts: str) -> bytes:
    """A small plugin that the site takes as it is, with files added (None: left out) and other facts."""
    lines = "\n".join(f"{key}={value}" for key, value in {**GOOD, **facts}.items())
    files = {"p/__init__.py": "", "p/metadata.txt": f"[general]\n{lines}\n", "p/LICENSE": "", "p/i.png": "", **added}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = modes.get(name, 0o644) << 16
            if text is not None:
                archive.writestr(entry, text)
    return made.getvalue()


@pytest.mark.parametrize(
    "added, facts, said",
    [
        ({}, {}, []),
        ({"p/../q.py": ""}, {}, ["p/../q.py leads out of the folder"]),
        ({"p/__pycache__/a.pyc": ""}, {}, ["p/__pycache__/a.pyc is forbidden"]),
        ({"other/a.py": ""}, {}, ["not one folder with the name of a Python module"]),
        ({"p/LICENSE": None}, {}, ["no LICENSE"]),
        ({}, {"about": "100% sure"}, ["metadata cannot be read: InterpolationSyntaxError"]),
        ({}, {"email": ""}, ["metadata lacks email"]),
        ({}, {"tracker": "ask us"}, ["tracker is no link"]),
        ({}, {"author": "a/b"}, ["a slash in the author's name"]),
    ],
)
def test_what_the_site_refuses_is_found(added, facts, said) -> None:
    assert list(refusals(zipped(added, {}, **facts))) == said


@pytest.mark.parametrize(
    "added, modes, facts, said",
    [
        ({}, {}, {}, []),
        ({"p/.hidden": ""}, {}, {}, ["p/.hidden is hidden"]),
        ({"p/run.bat": ""}, {}, {}, ["p/run.bat is a program"]),
        ({}, {"p/__init__.py": 0o755}, {}, ["p/__init__.py may be executed"]),
        ({}, {}, {"colour": "red"}, ["colour is no key of metadata"]),
        ({}, {}, {"version": "next"}, ["the version is no number"]),
        ({}, {}, {"icon": "gone.png"}, ["no icon in PNG"]),
        ({}, {}, {"qgisMaximumVersion": "4.99"}, []),
        ({}, {}, {"qgisMaximumVersion": "4.99", "supportsQt6": "no"}, ["for QGIS 4 but not for Qt 6"]),
        ({}, {}, {"email": "me@users.noreply.github.com"}, ["nobody reads me@users.noreply.github.com"]),
    ],
)
def test_what_the_site_remarks_on_is_found(added, modes, facts, said) -> None:
    assert list(remarks(zipped(added, modes, **facts))) == said


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return package_plugin.package(tmp_path_factory.mktemp("dist"))


def test_the_site_takes_our_zip(package: Path) -> None:
    assert list(refusals(package.read_bytes())) == []
    assert list(remarks(package.read_bytes())) == REMARKS


# --- its sources ------------------------------------------------------------------------------------------------------

STATEMENT = re.compile(r"(select\s.*from\s|delete\s+from\s|insert\s+into\s.*values[\s(]|update\s.*set\s)", re.I | re.S)
"""What the site's scanner (bandit, B608) takes for a statement of SQL."""


def texts_put_together(source: str) -> Iterator[str]:
    """The texts of a source that are f-strings, or to which +, %, format or replace is applied."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.BinOp):
            yield "".join(str(side.value) for side in (node.left, node.right) if isinstance(side, ast.Constant))
        elif isinstance(node, ast.Attribute) and node.attr in ("format", "replace"):
            yield str(node.value.value) if isinstance(node.value, ast.Constant) else ""


@pytest.mark.parametrize(
    "source, found",
    [
        ('f"SELECT a FROM {t} "', True),
        ('"DELETE FROM " + table', True),
        ('"UPDATE t SET a = %s" % value', True),
        ('"INSERT INTO {} VALUES (1)".format(t)', True),
        ('composed("SELECT a FROM {t} WHERE b", t=table)', False),
        ('f"Select one of {n}"', False),
    ],
)
def test_statements_put_together_are_found(source: str, found: bool) -> None:
    assert any(STATEMENT.search(text) for text in texts_put_together(source)) is found


def test_statements_of_sql_are_composed_in_one_place() -> None:
    modules = sorted((package_plugin.ROOT / "ia_plugin").rglob("*.py"))
    sources = {path.relative_to(package_plugin.ROOT).as_posix(): path.read_text(encoding="utf-8") for path in modules}
    found = [name for name, text in sources.items() if any(map(STATEMENT.search, texts_put_together(text)))]
    assert found == [], "core.sql.composed() quotes names by construction"
    assert [name for name, text in sources.items() if """'""'""" in text] == ["ia_plugin/core/sql.py"]


@pytest.mark.skipif(not importlib.util.find_spec("bandit"), reason="bandit, the site's scanner, is not installed here")
def test_the_sites_scanner_has_no_finding(package: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(package).extractall(tmp_path)
    command = [sys.executable, "-m", "bandit", "-r", str(tmp_path), "-f", "json", "--quiet", "-ll"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    found = json.loads(done.stdout)["results"]
    assert [f"{f['filename']}:{f['line_number']}: {f['test_id']} {f['issue_text']}" for f in found] == []
