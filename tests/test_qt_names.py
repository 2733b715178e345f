"""Every name of Qt and QGIS that the sources write exists where they run, in the spelling that Qt 5 and Qt 6 share.

Run under QGIS this looks names up in that QGIS and its Qt; `make testqt` runs it on Qt 6, where QGIS is imitated and
only Qt's names are looked up.
"""

from __future__ import annotations

import ast
import enum
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Optional
from xml.etree import ElementTree

import pytest

pytest.importorskip("qgis.PyQt.QtWidgets", reason="this Python cannot import QGIS")

from tools.platforms import qt6_widgets

pytestmark = pytest.mark.qgis

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(path for folder in ("ia_plugin", "tests", "tools") for path in (ROOT / folder).rglob("*.py"))
FORMS = sorted((ROOT / "ia_plugin").rglob("*.ui"))
LOOKED_UP = "qgis" if getattr(importlib.import_module("qgis"), "__file__", None) else "qgis.PyQt"

GONE = {"exec_": "exec", "print_": "print", "toTime_t": "toSecsSinceEpoch", "fromTime_t": "fromSecsSinceEpoch"}
"""Methods that Qt 6 has not, by names that mean nothing else."""


def within(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# --- sources ----------------------------------------------------------------------------------------------------------


def chain(node: ast.AST) -> list[str]:
    """['Qt', 'Key', 'Key_Up'] of the expression Qt.Key.Key_Up; nothing of one that starts otherwise than by a name."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return [node.id, *reversed(names)] if isinstance(node, ast.Name) else []


def found(module: str, name: str) -> Any:
    """What `from module import name` gives; None where that fails."""
    try:
        at = importlib.import_module(module)
        return getattr(at, name) if hasattr(at, name) else importlib.import_module(f"{module}.{name}")
    except ImportError:
        return None


def is_short(parent: Any, member: Any) -> bool:
    """Whether a member of an enum was reached through the class round it: Qt.AlignLeft, not Qt.AlignmentFlag.AlignLeft."""
    return isinstance(parent, type) and getattr(parent, type(member).__name__, None) is type(member)


def spelling(names: list[str], at: Any) -> Optional[str]:
    """What is wrong with a dotted name that starts at an imported class."""
    for i, name in enumerate(names[1:], 2):
        if not hasattr(at, name):
            return f"{'.'.join(names[:i])} does not exist"
        parent, at = at, getattr(at, name)
        if is_short(parent, at):
            return f"{'.'.join(names[:i])} is short for {names[i - 2]}.{type(at).__name__}.{name}"
        if not isinstance(at, type):
            return None
    return None


def at_end(names: list[str], at: Any) -> Any:
    """What a dotted name that starts at an imported class leads to."""
    for name in names[1:]:
        at = getattr(at, name, None)
    return at


def complaints(source: str) -> Iterator[str]:
    """What Qt 5 or Qt 6 would not understand in a source."""
    if "qgis" not in source and not any(name in source for name in GONE):
        return  # it can name nothing of Qt
    nodes = list(ast.walk(ast.parse(source)))
    known: dict[str, Any] = {}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith(f"{LOOKED_UP}.") and not node.level:
            for alias in node.names:
                at = known[alias.asname or alias.name] = found(str(node.module), alias.name)
                if at is None:
                    yield f"{node.module} has no {alias.name}"
    inner = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
    for node in nodes:
        names = chain(node) if isinstance(node, ast.Attribute) and id(node) not in inner else []
        if names and known.get(names[0]) is not None:
            if names[0] == "QVariant":
                yield f"{'.'.join(names)}: take the type from compat.FieldType"
            elif wrong := spelling(names, known[names[0]]):
                yield wrong
        if isinstance(node, ast.Attribute) and node.attr in GONE:
            yield f".{node.attr} is {GONE[node.attr]} in Qt 6"
        if isinstance(node, ast.Call) and chain(node.func) == ["int"]:
            for names in filter(None, map(chain, (inside for arg in node.args for inside in ast.walk(arg)))):
                member = at_end(names, known.get(names[0]))
                if isinstance(member, enum.Enum) and not isinstance(member, int):
                    yield f"int(… {'.'.join(names)} …): this enum of PyQt6 is no number"


@pytest.mark.parametrize(
    "source, said",
    [
        ("from qgis.PyQt.QtCore import Qt\na = Qt.AlignmentFlag.AlignLeft", ""),
        ("from qgis.PyQt.QtCore import Qt\na = Qt.AlignmentFlag.AlignLow", "Qt.AlignmentFlag.AlignLow does not exist"),
        ("from qgis.PyQt.QtCore import QDate\na = int(QDate.currentDate().year())", ""),
        ("from qgis.PyQt.QtWidgets import QAction", ""),
        ("from qgis.PyQt.QtWidgets import QDesktopWidge", "qgis.PyQt.QtWidgets has no QDesktopWidge"),
        ("def late():\n    from qgis.PyQt.QtGui import QTeapot", "qgis.PyQt.QtGui has no QTeapot"),
        (
            "from qgis.PyQt.QtCore import QVariant\na = QVariant.Int",
            "QVariant.Int: take the type from compat.FieldType",
        ),
        ("from qgis.PyQt.QtCore import QVariant\na = isinstance(1, QVariant)", ""),
        ("dialog.exec_()", ".exec_ is exec in Qt 6"),
    ],
)
def test_the_reader_of_names_finds_what_is_wrong(source: str, said: str) -> None:
    assert list(complaints(source)) == ([said] if said else [])


@pytest.mark.parametrize("written", ["Qt.AlignLeft", "Qt.Key_Up"])
def test_a_short_enum_is_found(written: str) -> None:
    (said,) = complaints(f"from qgis.PyQt.QtCore import Qt\na = {written}")
    assert said.startswith(f"{written} is short for") or said == f"{written} does not exist", "Qt 5, or Qt 6"


@pytest.mark.skipif(LOOKED_UP == "qgis", reason="seen on Qt 6 only: make testqt")
def test_an_enum_that_is_no_number_is_found() -> None:
    source = "from qgis.PyQt.QtCore import Qt\na = int(b | Qt.MouseButton.LeftButton)\nb = int(Qt.Key.Key_A)"
    assert list(complaints(source)) == ["int(… Qt.MouseButton.LeftButton …): this enum of PyQt6 is no number"]


@pytest.mark.skipif(LOOKED_UP != "qgis", reason="QGIS's own names are looked up where QGIS is")
def test_short_enums_of_qgis_are_found_too() -> None:
    source = "from qgis.core import QgsTask\na = QgsTask.Flag.CanCancel\nb = QgsTask.CanCancel"
    assert list(complaints(source)) == ["QgsTask.CanCancel is short for QgsTask.Flag.CanCancel"]


def test_names_exist_and_are_spelt_for_qt_5_and_6() -> None:
    """One test for all: two thousand small ones took more time to begin than to run."""
    found = {within(path): list(complaints(path.read_text(encoding="utf-8"))) for path in SOURCES}
    assert len(found) > 1000 and {path: said for path, said in found.items() if said} == {}


def test_qt_is_imported_by_qgis_only() -> None:
    own = [path for path in SOURCES if path.is_relative_to(ROOT / "ia_plugin")]
    found = {within(path): QT_ITSELF & imported(path.read_text(encoding="utf-8")) for path in own}
    assert len(found) > 500 and {path: names for path, names in found.items() if names} == {}


QT_ITSELF = {"PyQt5", "PyQt6", "sip"}


def imported(source: str) -> set[str]:
    """The packages that a source imports, where it names one of Qt's own at all."""
    if not any(name in source for name in QT_ITSELF):
        return set()
    return {
        name.split(".")[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    }


def test_an_import_of_qt_itself_is_found() -> None:
    assert imported("import os\nfrom PyQt5.QtCore import Qt") == {"os", "PyQt5"}


# --- forms ------------------------------------------------------------------------------------------------------------


def of_form(text: str) -> Iterator[str]:
    """What Qt 5's or Qt 6's reader of forms would not understand.

    Both read `Class::Member`: Qt 5's no longer name, Qt 6's finds the enum by itself.
    """
    root = ElementTree.fromstring(text)
    for spacer in root.iter("spacer"):
        if spacer.find("property[@name='sizeHint']") is None:
            yield f"spacer {spacer.get('name')} has no sizeHint"
    written = [e.text or "" for tag in ("enum", "set") for e in root.iter(tag)]
    sizes = [f"QSizePolicy::{e.get(side)}" for e in root.iter("sizepolicy") for side in ("hsizetype", "vsizetype")]
    for member in [name for text in written for name in text.split("|")] + sizes:
        scope, *rest = member.split("::")
        modules = ("qgis.PyQt.QtCore", "qgis.PyQt.QtGui", "qgis.PyQt.QtWidgets")
        cls = next((c for m in modules if (c := getattr(importlib.import_module(m), scope, None))), None)
        if len(rest) != 1 or cls is None or not has_member(cls, rest[0]):
            yield f"{member} is no Class::Member"


def has_member(cls: type, name: str) -> bool:
    """Whether an enum of a class has a member: in Qt 5 it is the class's own too."""
    enums = [e for e in map(lambda n: getattr(cls, n, None), dir(cls)) if isinstance(e, enum.EnumMeta)]
    return hasattr(cls, name) or any(name in e.__members__ for e in enums)


SIZE = "<property name='sizeHint' stdset='0'><size><width>20</width><height>1</height></size></property>"


@pytest.mark.parametrize(
    "inside, said",
    [
        (f"<spacer name='gap'>{SIZE}</spacer>", ""),
        ("<spacer name='gap'/>", "spacer gap has no sizeHint"),
        ("<enum>Qt::Horizontal</enum>", ""),
        ("<enum>Qt::Orientation::Horizontal</enum>", "Qt::Orientation::Horizontal is no Class::Member"),
        ("<enum>Qt::Diagonal</enum>", "Qt::Diagonal is no Class::Member"),
        ("<set>QDialogButtonBox::Cancel|QDialogButtonBox::Ok</set>", ""),
        ("<set>QDialogButtonBox::Cancel|QDialogButtonBox::Aye</set>", "QDialogButtonBox::Aye is no Class::Member"),
        ("<sizepolicy hsizetype='Ignored' vsizetype='Preferred'/>", ""),
        ("<sizepolicy hsizetype='Ignored' vsizetype='Huge'/>", "QSizePolicy::Huge is no Class::Member"),
    ],
)
def test_the_reader_of_forms_finds_what_is_wrong(inside: str, said: str) -> None:
    assert list(of_form(f"<ui>{inside}</ui>")) == ([said] if said else [])


@pytest.mark.parametrize("path", FORMS, ids=within)
def test_forms_are_written_for_qt_5_and_6(path: Path) -> None:
    assert list(of_form(path.read_text(encoding="utf-8"))) == []


# --- field types, and what is run on Qt 6 -----------------------------------------------------------------------------


def test_field_types_are_those_of_this_qt() -> None:
    from qgis.PyQt.QtCore import QMetaType

    from ia_plugin.compat import FieldType

    meta = {"TEXT": "QString", "INTEGER": "LongLong", "REAL": "Double", "BOOL": "Bool"}
    meta |= {"DATE": "QDate", "TIME": "QTime", "DATE_TIME": "QDateTime"}
    assert {ours: getattr(FieldType, ours) for ours in meta} == {k: getattr(QMetaType.Type, v) for k, v in meta.items()}
    assert len(set(FieldType.INTEGERS)) == 4 and FieldType.INTEGER in FieldType.INTEGERS


def test_each_test_of_the_user_interface_runs_on_qt_6_or_says_what_it_needs() -> None:
    tests = {within(path) for path in (ROOT / "tests" / "ui").rglob("test_*.py")}
    run, left = set(qt6_widgets.ON_QT6), set(qt6_widgets.NEEDS_QGIS)
    assert not run & left and tests - run == left
