"""The words that can be translated: all are in the list, and the list is that of today's sources."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.translations import FOLDER, OURS, PACKAGE, SOURCE, as_ts, gather, translated


@pytest.fixture(scope="module")
def found():
    return gather()


def test_the_list_is_that_of_todays_sources(found) -> None:
    assert (FOLDER / SOURCE).read_text(encoding="utf-8") == as_ts(found.texts), "run `make translations`"


def test_of_every_call_it_is_known_what_it_translates(found) -> None:
    assert found.faults == []


@pytest.mark.parametrize(
    "context, text",
    [
        (OURS, "Officer-hours"),  # of the core's list of measures, under a variable
        (OURS, "Time zone"),  # of a declared parameter
        (OURS, "Officer hours observed"),  # of a loop over pairs
        (OURS, "LEGS"),
        ("Words", "+ filter"),  # asked for by another object
        ("FilterBar", "Reset"),  # of a .ui file
        ("ManyChoice", "LEGS"),
    ],
)
def test_texts_stand_under_the_context_that_qt_asks_by(found, context, text) -> None:
    assert (text in found.texts[context]) == (text != "LEGS")


MODULE = """
from qgis.PyQt.QtCore import QCoreApplication, QObject
PAIRS = (("a", "First"), ("b", "Second"))
def _tr(text): return QCoreApplication.translate("ImpactArea", text)
class Plain(QObject):
    def words(self, given):
        return self.tr("plain"), [self.tr(w) for _, w in PAIRS]
class Below(Plain): pass
class Own(QObject):
    def tr(self, text): return _tr(text)
    def words(self): return self.tr("own & <more>"), "x".translate({})
"""


def written(tmp_path: Path, more: str = "") -> Path:
    (tmp_path / "module.py").write_text(MODULE + more, encoding="utf-8")
    return tmp_path


def test_a_class_without_a_tr_of_its_own_is_asked_by_its_name_and_by_those_below_it(tmp_path: Path) -> None:
    texts = gather(written(tmp_path)).texts
    assert texts == {
        "Plain": {"plain", "First", "Second"},
        "Below": {"plain", "First", "Second"},
        OURS: {"own & <more>"},
    }


@pytest.mark.parametrize(
    "call",
    ["_tr(given)", "_tr(f'{1} area')", "_tr('one' if PAIRS else given)", "QCoreApplication.translate('X', given)"],
)
def test_what_nobody_can_tell_is_named_with_its_place(tmp_path: Path, call: str) -> None:
    found = gather(written(tmp_path, f"def more(given): return {call}\n"))
    assert len(found.faults) == 1 and found.faults[0].startswith("module.py:") and found.faults[0].endswith(call)


def test_what_a_translator_wrote_is_kept(tmp_path: Path) -> None:
    texts = {OURS: {"Hours & <days>", "New"}}
    known = {(OURS, "Hours & <days>"): "Oriau & <dyddiau>", (OURS, "Gone"): "Wedi mynd"}
    path = tmp_path / "impactareas_cy.ts"
    path.write_text(as_ts(texts, "cy", known), encoding="utf-8")
    assert translated(path) == {(OURS, "Hours & <days>"): "Oriau & <dyddiau>", (OURS, "New"): ""}


SETTERS = {"setText", "setToolTip", "setWindowTitle", "setAccessibleName", "setAccessibleDescription", "setPlaceholderText",
           "addItem", "addItems", "addTab", "addAction", "addMenu", "setTitle", "setHtml", "setPlainText", "warn", "tell", "_say",
           "addButton", "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu", "plain_label",
           "question", "information", "warning", "critical"}  # fmt: skip
MADE_OF = {
    "join",
    "escape",
    "as_rich_text",
    "capitalised",
}  # other calls take names, or make the core's English sentences


def untranslated(source: str) -> list[str]:
    """Words written in a call that shows them, outside of tr()."""
    calls = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call) and name_of(n) in SETTERS]
    # Behind the first comes what an item carries; a dialog has its words behind its parent.
    shown = [call.args if name_of(call) in ("question", "information", "warning", "critical") else call.args[:1] for call in calls]  # fmt: skip
    return [text for args in shown for arg in args for text in _words_in(arg)]


def name_of(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _words_in(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and name_of(node) in ("format", "replace"):
        node = node.func  # what is put in is data
    if isinstance(node, ast.Call) and name_of(node) not in MADE_OF:
        return
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    text = "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in parts)
    if re.search(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>|[{][^}]*[}]", "", text)):
        yield text
    if isinstance(node, ast.JoinedStr):
        for part in (p for p in parts if isinstance(p, ast.FormattedValue)):
            yield from _words_in(part.value)
    elif not isinstance(node, (ast.Subscript, ast.Compare)):
        for child in ast.iter_child_nodes(node):
            yield from _words_in(child)


@pytest.mark.parametrize("path", sorted((PACKAGE / "ui").rglob("*.py")), ids=lambda p: p.stem)
def test_no_words_are_shown_as_written(path: Path) -> None:
    assert untranslated(path.read_text(encoding="utf-8")) == []


def test_words_shown_as_written_are_found() -> None:
    source = 'label.setText(f"{n} areas")\nQLabel(tr("Area"))\nbox.addItem("–", "key")\nbutton.setToolTip("Undo" if n else "")'
    assert untranslated(source) == ["{} areas", "Undo"]
