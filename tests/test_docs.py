"""What the guides name is there: files, folders, make's targets, algorithms, links."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
NAMES = [p.relative_to(ROOT).as_posix() for p in PAGES]
# A path has a slash or ends as a program's file does; what a user makes (store folders, outputs) is named by other endings.
PATH = re.compile(r"^[A-Za-z_.]+(/[A-Za-z_.]+)*(/|\.py|\.json|\.csv|\.sh|\.toml)$|^(core|store|ui|layers|gpkg|processing|tests|tools|docs|resources)/[a-z_/]+$")  # fmt: skip


def code_in(page):
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S))


def is_there(name):
    """A path from the root, the package or its core, with or without ``.py``; or a file of that name anywhere in them."""
    for base in (ROOT, ROOT / "ia_plugin", ROOT / "ia_plugin" / "core", ROOT / "ia_plugin" / "ui"):
        if (base / name).exists() or (base / f"{name}.py").exists():
            return True
    folder, _, function = name.rpartition(".")
    if folder and "/" in name and not name.endswith(".py"):  # core/fixes.clean_fixes
        return is_there(folder) and f"def {function}" in text_of(folder)
    return "/" not in name.rstrip("/") and any(ROOT.glob(f"[irt]*/**/{name}"))


def text_of(name):
    for base in (ROOT / "ia_plugin", ROOT / "ia_plugin" / "core"):
        if (base / f"{name}.py").exists():
            return (base / f"{name}.py").read_text(encoding="utf-8")
        if (base / name / "__init__.py").exists():
            return "".join(p.read_text(encoding="utf-8") for p in (base / name).glob("*.py"))
    return ""


@pytest.mark.parametrize("page", [ROOT / "docs" / "developer-guide.md"], ids=lambda p: p.name)
def test_the_developer_guide_names_files_that_are_there(page):
    named = {n for n in code_in(page) if PATH.match(n) or re.match(r"^(core|store|ui|layers)/[a-z_/]+\.[a-z_]+$", n)}
    assert len(named) > 20
    assert not [n for n in sorted(named) if not is_there(n)]


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_pages_link_to_pages_and_pictures_that_are_there(page):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert not [link for link in local if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_commands_of_make_are_there(page):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    there = set(re.findall(r"^([a-z]+):", makefile, flags=re.M))
    # In a line of commands, or in code: `make lint`, make lint typecheck package.
    text = page.read_text(encoding="utf-8")
    lines = re.findall(r"^make ([a-z ]+)", text, flags=re.M) + re.findall(r"`make ([a-z ]+)", text)
    assert not {word for line in lines for word in line.split()} - there


def test_algorithms_that_the_guides_name_are_in_the_provider():
    ids = set(re.findall(r'^    ID = "([a-z]+)"', "".join(p.read_text(encoding="utf-8") for p in (ROOT / "ia_plugin" / "processing" / "algorithms").glob("*.py")), flags=re.M))  # fmt: skip
    ids |= {p.stem.replace("_", "") for p in (ROOT / "resources" / "models").glob("*.model3")}
    named = {n for p in PAGES for n in re.findall(r"impactareas:([a-z]+)", p.read_text(encoding="utf-8"))}
    assert named and not named - ids
