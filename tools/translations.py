"""The words that can be translated, gathered from the sources into resources/i18n: `make translations`.

Each call of `tr()`, `_tr()` and `QCoreApplication.translate()` and each string of a .ui file becomes a message in
`impactareas_en.ts` (Qt Linguist's format), under the context that Qt asks by at run time. A translator copies that file to, say,
`impactareas_cy.ts` (Welsh) and fills it in; the next run keeps what was translated there, and where Qt's `lrelease` is installed
also writes the .qm that the plugin loads. The templates of the core's sentences (`core/sentence.py`) are gathered too, under one
context; they are literals, and the names in their braces are those of their values. What is not a text as written is worked out from the constants it stands for; what
cannot be is a fault, named with its place.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, is_dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Optional
from xml.etree import ElementTree
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ia_plugin.core import columns, errors, filter_state, params

PACKAGE, FOLDER = ROOT / "ia_plugin", ROOT / "resources" / "i18n"
STEM, SOURCE = "impactareas", "impactareas_en.ts"
OURS = "ImpactArea"
CORE = "Core"  # of ui/translated.py, the one door of the core's sentences
CALLS = ("tr", "_tr", "translate")
ERRORS = {
    n for n, e in vars(errors).items() if isinstance(e, type) and issubclass(e, errors.ImpactAreaError)
}  # each says itself
WORDS_OF = {"words": "Words"}  # who else's tr() is called, by the variable's name
DECLARED = {
    ("ui/filter/hour_choice.py", "name"): "[name for name, _, _ in filter_state.SHIFTS]",  # one's own stay as they are
    ("ui/map/density_layer.py", "known[shift].words"): "[s.words for s in STORED_SHIFTS]",
    (
        "ui/map/store_layers.py",
        "title",
    ): "['Areas', *[title for title, _, _ in KINDS.values()], 'Fixes', 'Tracks', 'Legs by mode']",
    ("ui/notes_editor.py", "kind"): "NOTE_KINDS",
    ("layers/symbols.py", "words"): "ROLE_WORDS.values()",
    ("ui/pages/challenge_page.py", "state"): "columns.FLAG_STATES",
    ("processing/base.py", "GROUPS[self.GROUP]"): "GROUPS.values()",
    ("processing/models.py", "GROUPS[GROUP]"): "GROUPS.values()",
    ("processing/models.py", "title"): "TITLES",
}
"""What a variable handed to tr() may be, as an expression in the names of its file; `columns` and `filter_state` are those of the core."""
GIVEN = {
    ("processing/base.py", "self.NAME"): "NAME",
    ("processing/base.py", "self.SUMMARY"): "SUMMARY",
    ("processing/base.py", "n"): "NOTES",
    ("processing/base.py", "declaration.help"): "help",
    ("processing/base.py", "declaration.label"): "label",
}
"""What every algorithm or declared parameter gives."""


@dataclass
class Gathered:
    """Texts by context, and the calls of which nobody can tell what they translate."""

    texts: dict[str, set[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, contexts: list[str], texts: list[str]) -> None:
        for context in contexts:
            self.texts.setdefault(context, set()).update(t for t in texts if t.strip())


def gather(package: Path = PACKAGE) -> Gathered:
    """All texts of a package's sources."""
    found = Gathered()
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(package.rglob("*.py"))}
    classes = {n.name: n for tree in trees.values() for n in ast.walk(tree) if isinstance(n, ast.ClassDef)}
    for path, tree in trees.items():
        _of_module(found, path, tree, classes, package)
    for path in sorted(package.rglob("*.ui")):
        tree = ElementTree.parse(path)
        context = tree.findtext("class") or OURS
        found.add([context], [e.text or "" for e in tree.iter("string") if e.get("notr") != "true"])
    return found


def _of_module(found: Gathered, path: Path, tree: ast.Module, classes: dict[str, ast.ClassDef], package: Path) -> None:
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    own = {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}
    where = path.relative_to(package).as_posix()
    if where.startswith(("core/", "store/", "ui/")):
        _of_core(found, where, tree)
    for call in ast.walk(tree):
        name = ast.unparse(call.func).rpartition(".")[2] if isinstance(call, ast.Call) else ""
        if not isinstance(call, ast.Call) or name not in CALLS or not call.args:
            continue
        above = list(_above(call, parents))
        if name == "translate" and len(call.args) < 2:
            continue  # a str's own translate()
        if any(isinstance(n, ast.FunctionDef) and n.name in ("tr", "_tr") for n in above):
            continue  # the definition of tr() itself
        cls = next((n for n in above if isinstance(n, ast.ClassDef)), None)
        text = call.args[1 if name == "translate" else 0]
        if name == "translate":
            contexts = [str(ast.literal_eval(call.args[0]))]
        else:
            contexts = _contexts(call.func, cls, own, classes)
        texts = _texts(text, path, where, above)
        if texts is None:
            found.faults.append(f"{where}:{call.lineno}: {ast.unparse(call)}")
        else:
            found.add(contexts, texts)


def _of_core(found: Gathered, where: str, tree: ast.Module) -> None:
    """Templates and phrases of the core and of the store; what only puts values beside each other has no words."""
    for call in ast.walk(tree):
        name = call.func.id if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) else ""
        if isinstance(call, ast.Call) and name in ERRORS:
            found.add(
                [CORE], [a.value for a in call.args[:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            )
        if not isinstance(call, ast.Call) or name not in ("sentence", "phrase", "phrases") or where.startswith("ui/"):
            continue
        given = call.args if name == "phrases" else [t for arg in call.args[:1] for t in _either(arg)]
        texts = [t.value for t in given if isinstance(t, ast.Constant) and isinstance(t.value, str)]
        names = {keyword.arg for keyword in call.keywords}
        if name == "sentence":  # of templates to choose from, one may need less than the others
            used = [_placeholders(text) for text in texts]
            known = None not in names and all(u <= names for u in used) and set().union(*used) == names
        else:
            known = not names
        if len(texts) < len(given) or not texts or not known:
            found.faults.append(f"{where}:{call.lineno}: {ast.unparse(call)}")
        else:
            found.add([CORE], [t for t in texts if name != "sentence" or _has_words(t)])


def _has_words(template: str) -> bool:
    """Whether a template has words, or an order of values that another language may have otherwise: "{day} {month} {year}"."""
    return len(_placeholders(template)) > 1 or any(c.isalpha() for c in re.sub(r"{[^{}]*}", "", template))


def _either(text: ast.expr) -> list[ast.expr]:
    """The texts of a choice between two: `one if n == 1 else many`."""
    return [*_either(text.body), *_either(text.orelse)] if isinstance(text, ast.IfExp) else [text]


def _placeholders(template: str) -> set[Optional[str]]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def _above(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    while node in parents:
        node = parents[node]
        yield node


def _contexts(
    func: ast.expr, cls: Optional[ast.ClassDef], own: set[str], classes: dict[str, ast.ClassDef]
) -> list[str]:
    """Qt's own tr() asks by the class of the object, which may be one below the class that the call stands in."""
    receiver = ast.unparse(func).rpartition(".")[0]
    if receiver in WORDS_OF:
        return [WORDS_OF[receiver]]
    if (not receiver and ast.unparse(func) in own) or (receiver not in ("self", "") or cls is None):
        return [OURS]
    below = [name for name, c in classes.items() if cls.name in _line(c, classes)]
    return sorted({OURS if _has_tr(classes[n], classes) else n for n in below})


def _line(cls: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> list[str]:
    """A class and those above it, as far as they are ours."""
    bases = [ast.unparse(b).rpartition(".")[2] for b in cls.bases]
    return [cls.name, *(name for b in bases if b in classes and b != cls.name for name in _line(classes[b], classes))]


def _has_tr(cls: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> bool:
    return any(isinstance(n, ast.FunctionDef) and n.name == "tr" for c in _line(cls, classes) for n in classes[c].body)


# --- texts that stand in constants ------------------------------------------------------------------------------------


def _texts(text: ast.expr, path: Path, where: str, above: list[ast.AST]) -> Optional[list[str]]:
    """What a call may translate; None where nobody can tell."""
    if isinstance(text, ast.Constant) and isinstance(text.value, str):
        return [text.value]
    key = (where, ast.unparse(text))
    try:
        if key in GIVEN:
            return _given(GIVEN[key])
        if key in DECLARED:
            found = list(eval(DECLARED[key], {"columns": columns, "filter_state": filter_state, **_names(path)}))
        elif isinstance(text, ast.Name) and isinstance(_names(path).get(text.id), str):
            found = [_names(path)[text.id]]
        else:
            found = _looped(text, path, above)
    except Exception:
        return None
    return found if found and all(isinstance(t, str) for t in found) else None


def _looped(text: ast.expr, path: Path, above: list[ast.AST]) -> list[str]:
    """The texts of a variable of a loop over constants."""
    used = {n.id for n in ast.walk(text) if isinstance(n, ast.Name)}
    for node in above:
        loops = [node] if isinstance(node, ast.For) else getattr(node, "generators", [])
        for loop in loops:
            if used & {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)}:
                each = ast.comprehension(target=loop.target, iter=loop.iter, ifs=[], is_async=0)
                listed = ast.Expression(ast.ListComp(elt=text, generators=[each]))
                code = compile(ast.fix_missing_locations(listed), str(path), "eval")
                return list(eval(code, dict(_names(path))))
    return []


@cache
def _names(path: Path) -> dict[str, Any]:
    """The constants of a module by name, its imports from the core included, without importing the module, which may need QGIS."""
    names: dict[str, Any] = {"__builtins__": builtins}
    package = list(path.relative_to(ROOT).with_suffix("").parts[:-1]) if path.is_relative_to(ROOT) else []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.level and package:
            stem = ".".join([*package[: len(package) - node.level + 1], *([node.module] if node.module else [])])
            for alias in node.names:
                names.update(_imported(stem, alias.name, alias.asname or alias.name))
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            try:
                names[ast.unparse(target)] = eval(ast.unparse(node.value), dict(names))
            except Exception:
                continue  # made of what is not known here; a tr() of it is named as a fault
    return names


def _imported(stem: str, name: str, known_as: str) -> dict[str, Any]:
    if ".core." in f"{stem}.":
        return {known_as: getattr(importlib.import_module(stem), name, None)}
    path = ROOT / Path(*stem.split(".")).with_suffix(".py")
    found = _names(path).get(name) if path.is_file() else None
    return {} if found is None else {known_as: found}


@cache
def _given(attribute: str) -> list[str]:
    """What the algorithms' classes say under a name, or what the core's parameters are declared with."""
    if attribute in ("help", "label"):
        sets = [
            s for s in vars(params).values() if isinstance(s, type) and is_dataclass(s) and hasattr(s, "declarations")
        ]
        return sorted({getattr(d, attribute) for s in sets for d in s.declarations().values()})
    found: list[str] = []
    for path in sorted((PACKAGE / "processing").rglob("*.py")):
        for cls in (n for n in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(n, ast.ClassDef)):
            for node in cls.body:
                if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == attribute:
                    value = eval(ast.unparse(node.value), dict(_names(path)))
                    found += [value] if isinstance(value, str) else value
    return found


# --- Qt Linguist's files ----------------------------------------------------------------------------------------------


def as_ts(texts: dict[str, set[str]], language: str = "en", known: Optional[dict[tuple[str, str], str]] = None) -> str:
    """A .ts file: contexts and texts in the order of the alphabet, so that a new text changes one place."""
    known = known or {}
    head = f'<TS version="2.1" language="{language}" sourcelanguage="en">'
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>", head]
    for context in sorted(texts):
        lines += ["<context>", f"    <name>{escape(context)}</name>"]
        for text in sorted(texts[context]):
            said = known.get((context, text), "")
            translation = f"<translation>{escape(said)}</translation>" if said else '<translation type="unfinished"></translation>'  # fmt: skip
            lines += ["    <message>", f"        <source>{escape(text)}</source>", f"        {translation}", "    </message>"]  # fmt: skip
        lines.append("</context>")
    return "\n".join([*lines, "</TS>", ""])


def translated(path: Path) -> dict[tuple[str, str], str]:
    """What a .ts file says, by context and text; unfinished translations too, for a translator goes on with them."""
    found = {}
    for context in ElementTree.parse(path).iter("context"):
        for message in context.iter("message"):
            found[context.findtext("name", ""), message.findtext("source", "")] = message.findtext("translation", "")
    return found


def _write(path: Path, text: str) -> None:
    """With the same ends of lines on every system."""
    path.write_bytes(text.encode("utf-8"))


def main() -> int:
    """Write the files anew; 1 where a call cannot be told."""
    found = gather()
    for fault in found.faults:
        print(f"cannot tell what is translated here: {fault}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    _write(FOLDER / SOURCE, as_ts(found.texts))
    for path in sorted(FOLDER.glob(f"{STEM}_*.ts")):
        language = path.stem.partition("_")[2]
        if path.name != SOURCE:
            _write(path, as_ts(found.texts, language, translated(path)))
            if shutil.which("lrelease"):
                subprocess.run(["lrelease", "-silent", str(path)], check=True)
    count = sum(len(t) for t in found.texts.values())
    print(f"{(FOLDER / SOURCE).relative_to(ROOT)}: {count} texts in {len(found.texts)} contexts")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
