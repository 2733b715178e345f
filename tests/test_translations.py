"""The words that can be translated: all are in the list, and the list is that of today's sources."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.translations import CORE, FOLDER, OURS, PACKAGE, SOURCE, as_ts, gather, translated


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
        (CORE, "Officer-hours"),  # a phrase of the core
        (CORE, "{figure} per km²"),  # a template of the core
        (CORE, "There is no shift."),  # what an error says
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


# --- the core's sentences ---------------------------------------------------------------------------------------------

DOCK = ("core/dashboard", "core/about", "core/material", "core/answers/verdict.py", "core/answers/figure_words.py",
        "core/answers/reopen.py", "core/disclosure/own_area.py", "core/checked.py", "core/marking.py",
        *(f"core/charts/{n}.py" for n in ("bars", "chart_cells", "chart_table", "chart_words", "choice", "draw", "places_map",
                                          "series")))  # fmt: skip
"""What writes sentences that the dock shows."""
OTHER_READERS = {
    "core/about/row_words.py": "sheets of a check, which are files",
    "core/about/agreement.py": "what is typed back onto a sheet, and the names of its parts in the tables",
    "core/about/card.py": "words by which an office is told from a person",
    "core/charts/choice.py": "CHARTS, which the page's boxes name themselves",
}
"""Where words stand that are for no reader of the dock."""
MADE_FOR_ALL = ("sentence", "phrase", "phrases", "count_of")
NO_WORDS = {
    "h per km²",
    "per km²",
    "h per {}",
    "{} per km²",
    "{}_seconds",
    "{}_median",
    "{}_low",
    "{}_high",
    "own area",
    "last filled day",
    r"\s*(?:{}|Beta: [\d,]+ of [\d,]+ checks? agrees?)\.\s*$",
}  # names of units, columns, settings and ids, which are looked up
FOR_QT = {
    "offset points",
    "axes fraction",
    "th{}",
    "td{}",
    '<table cellspacing="0" cellpadding="4" border="0"><tr>',
    "by source",
}


def without_template(source: str) -> list[str]:
    """Words of the core that no template has: an f-string with words, or a text of several; what an error says has a way of its own."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(tree):
        above = list(_parents(node, parents))
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
            words = re.search(r"[^\W\d_]{2,}", text)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and not isinstance(above[0], ast.JoinedStr):
            text, words = (
                node.value,
                re.search(r"[^\W\d_]{2,} |[A-Z][a-z]+ ", node.value + " ") if " " in node.value.strip() else None,
            )
        else:
            continue
        made = any(isinstance(n, ast.Call) and name_of(n) in MADE_FOR_ALL for n in above[:2])
        if words and not made and not any(isinstance(n, (ast.Raise, ast.Expr, ast.Subscript)) for n in above):
            found.append(text)
    return found


def _parents(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    while node in parents:
        node = parents[node]
        yield node


DOCK_FILES = sorted(
    p for room in DOCK for p in ([PACKAGE / room] if room.endswith(".py") else (PACKAGE / room).rglob("*.py"))
)


@pytest.mark.parametrize("path", DOCK_FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_what_the_dock_shows_of_the_core_has_a_template(path: Path) -> None:
    if path.relative_to(PACKAGE).as_posix() not in OTHER_READERS:
        assert [t for t in without_template(path.read_text(encoding="utf-8")) if t not in NO_WORDS | FOR_QT] == []


def test_words_without_a_template_are_found() -> None:
    source = 'a = f"{n} areas"\nb = phrase("two words")\nc = "no template"\nd = sentence("one {n}" if n else "two {n}", n=n)\nraise E(f"{n} bad")'
    assert without_template(source) == ["{} areas", "no template"]


@pytest.mark.parametrize(
    "call",
    [
        "phrase(name)",
        'phrase(f"{n} areas")',
        'sentence("{n} areas")',
        'sentence("areas", n=1)',
        'sentence("{n} of {m}", n=1, **more)',
    ],
)
def test_a_template_is_a_literal_whose_names_are_its_values(tmp_path: Path, call: str) -> None:
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "module.py").write_text(f"x = {call}\n", encoding="utf-8")
    found = gather(tmp_path)
    assert (
        len(found.faults) == 1
        and found.faults[0].replace('"', "'").endswith(call.replace('"', "'"))
        and found.texts == {}
    )


def test_templates_of_the_core_are_gathered(tmp_path: Path) -> None:
    (tmp_path / "core").mkdir()
    source = 'a = sentence("1 area" if n == 1 else "{n} areas", n=n)\nb = phrases("day", "days")\nc = sentence("{a}", a=a)\nd = sentence("{d} {m}", d=d, m=m)\nraise ParameterError("No area.", f"{n}")\n'
    (tmp_path / "core" / "module.py").write_text(source, encoding="utf-8")
    found = gather(tmp_path)
    assert found.faults == [] and found.texts == {CORE: {"1 area", "{n} areas", "day", "days", "{d} {m}", "No area."}}


WORDS_OF_CORE = {
    "about_html", "amount", "as_answer", "as_sentence", "as_table", "bare", "beta_words", "cell_in_words", "count_of", "day_in_words",
    "in_words", "listed", "month_in_words", "period_in_words", "places_in_words", "restricted_for", "title_of", "weekdays_in_words", "with_range", "words_of_date",
}  # fmt: skip
"""Functions and methods of the core that make texts for readers."""
DOOR = ("translated",)


def past_the_door(source: str) -> list[str]:
    """Calls for a text of the core that a ui file does not hand to translated(); to join or to cut it first forgets how it was made."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    own = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
    found = []
    for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call) and name_of(n) in WORDS_OF_CORE - own):
        above = list(_parents(call, parents))
        within = [n for n in above if isinstance(n, ast.Call)]
        looped = any(isinstance(n, (ast.GeneratorExp, ast.ListComp)) and _opens_door(n.elt) for n in above)
        if not looped and not any(_opens_door(n) for n in within[:2]):
            found.append(ast.unparse(call))
    return found


def _opens_door(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and (
        name_of(node) in DOOR or (name_of(node) == "map" and ast.unparse(node.args[0]) in DOOR)
    )


@pytest.mark.parametrize("path", sorted((PACKAGE / "ui").rglob("*.py")), ids=lambda p: p.stem)
def test_texts_of_the_core_come_to_the_screen_by_one_door(path: Path) -> None:
    assert past_the_door(path.read_text(encoding="utf-8")) == []


def test_a_text_of_the_core_that_goes_past_the_door_is_found() -> None:
    source = "a.setText(beta_words(x))\nb.setText(translated(beta_words(x)))\nc = [translated(t) for t in (day_in_words(d), e)]\nd = f'{count_of(n, m)}'"
    assert past_the_door(source) == ["beta_words(x)", "count_of(n, m)"]
