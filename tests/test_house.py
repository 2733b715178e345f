"""The repository tests itself: the rules of the house, each as a test that fails when the rule is broken."""

from __future__ import annotations

import ast
import configparser
import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "ia_plugin"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
QT_AND_GIS = {"qgis", "PyQt5", "PyQt6", "osgeo"}

# Imports go down only: a room -> the rooms it may import from. `compat` holds version facts, for all but the core.
ROOMS = {
    "__init__": {"plugin"},
    "plugin": {"ui", "processing", "layers", "store", "core", "compat"},
    "ui": {"ui", "layers", "store", "gpkg", "core", "compat"},
    "processing": {"processing", "briefing", "layers", "store", "gpkg", "core", "compat"},
    "cluster": {"cluster", "store", "gpkg", "core"},
    "briefing": {"briefing", "layers", "core", "compat"},
    "layers": {"layers", "gpkg", "pgcopy", "core", "compat"},
    "store": {"store", "gpkg", "pgcopy", "core", "compat"},
    "gpkg": {"gpkg", "core"},
    "pgcopy": {"pgcopy", "core"},
    "compat": {"core"},
    "core": {"core"},
}


def name_of(path: Path) -> tuple[str, ...]:
    """('ia_plugin', 'core', 'tracks') of ia_plugin/core/tracks.py; a package's __init__ keeps its name."""
    return path.relative_to(ROOT).with_suffix("").parts


@cache
def tree_of(path: Path) -> ast.Module:
    """A file's syntax, read once for all rules; Python 3.9 reads it too."""
    return ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree_of(path)))


def called(call: ast.Call) -> str:
    """'run' of a call of subprocess.run(); '' of one of what another call gave."""
    return getattr(call.func, "attr", "") or getattr(call.func, "id", "")


def calls_of(path: Path) -> list[ast.Call]:
    return [node for node in nodes_of(path) if isinstance(node, ast.Call)]


@cache
def imported(path: Path) -> tuple[str, ...]:
    """The full name of every module a file imports, lazily or not, relative ones resolved."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    package = list(name_of(path)[:-1])
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{stem}.{alias.name}" for alias in node.names)


def room_of(module: str) -> str:
    """'core' of 'ia_plugin.core.tracks.build_legs'."""
    return module.split(".")[1]


def broken(paths: Iterable[Path], found_in: Callable[[Path], Iterable[str]]) -> dict[str, list[str]]:
    """What is against a rule, by the file where it stands."""
    found = {"/".join(name_of(path)[1:]): sorted(found_in(path)) for path in paths}
    return {name: what for name, what in found.items() if what}


def test_imports_go_down_only() -> None:
    def above(path: Path) -> set[str]:
        return {room_of(module) for module in imported(path) if module.startswith("ia_plugin.")} - ROOMS[
            name_of(path)[1]
        ]

    assert broken(MODULES, above) == {}


@pytest.mark.parametrize("path", sorted((PACKAGE / "core" / "geometry").glob("*.py")), ids=lambda p: p.stem)
def test_kernels_know_columns_and_errors_only(path: Path) -> None:
    below = tuple(f"ia_plugin.core.{name}" for name in ("geometry", "columns", "errors", "progress", "times.instants"))
    strangers = [m for m in imported(path) if m.startswith("ia_plugin.") and not m.startswith(below)]
    assert strangers == []


def test_core_never_names_qgis() -> None:
    core = [path for path in MODULES if name_of(path)[1] == "core"]
    assert len(core) > 400
    assert broken(core, lambda path: QT_AND_GIS & {module.split(".")[0] for module in imported(path)}) == {}


def test_what_tests_share_stands_in_support() -> None:
    """A test that imports from another one, or from helpers beside it, hides from the next reader where they live."""

    def elsewhere(path: Path) -> list[str]:
        return [m for m in imported(path) if m.startswith("tests.") and not m.startswith("tests.support.")]

    assert broken(TESTS, elsewhere) == {}


def dotted(path: Path) -> str:
    """'ia_plugin.core.tracks' of its file, 'ia_plugin.core' of a package's face."""
    return ".".join(name_of(path)).replace(".__init__", "")


OLD_NAMES = {
    "ia_plugin.core.clocks": "ia_plugin.core.times.clocks",
    "ia_plugin.core.imports.opening": "ia_plugin.core.imports.open_extract",
    "ia_plugin.core.instants": "ia_plugin.core.times.instants",
    "ia_plugin.core.intervals": "ia_plugin.core.times.intervals",
    "ia_plugin.store.bringing": "ia_plugin.store.imports",
    "ia_plugin.store.geopackage": "ia_plugin.gpkg.geopackage",
    "ia_plugin.store.purging": "ia_plugin.store.purge",
}
"""For programs outside that were written before version 0.2; nothing here uses them."""


@pytest.mark.parametrize("old, new", OLD_NAMES.items())
def test_old_names_are_the_very_modules(old: str, new: str) -> None:
    assert importlib.import_module(old) is importlib.import_module(new)


def test_nothing_here_uses_an_old_name() -> None:
    used = {module for path in MODULES + TESTS for module in imported(path)}
    assert not {module for module in used if any(module == o or module.startswith(o + ".") for o in OLD_NAMES)}


def import_graph() -> dict[str, set[str]]:
    """Module -> the modules of ours it imports when it is imported itself; lazy imports inside functions too."""
    known = {dotted(path) for path in MODULES}
    graph = {}
    for path in MODULES:
        found = set()
        for module in imported(path):
            # `from ..tracks import build_legs` names a function: the module is what stands before it.
            hit = module if module in known else module.rpartition(".")[0]
            if hit in known and hit != dotted(path) and hit not in OLD_NAMES:
                found.add(hit)
        graph[dotted(path)] = found
    return graph


def in_circles(graph: dict[str, set[str]]) -> list[str]:
    """What of a graph is reached from itself."""
    found = []
    for name in sorted(graph):
        reached, waiting = set(), list(graph[name])
        while waiting:
            step = waiting.pop()
            if step not in reached:
                reached.add(step)
                waiting.extend(graph.get(step, ()))
        found += [name] if name in reached else []
    return found


def test_circles_are_found() -> None:
    assert in_circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == ["b", "c"]


def test_no_import_runs_in_a_circle() -> None:
    """A package's face is left out: it gathers what its own files hand out."""
    faces = {dotted(path) for path in MODULES if path.name == "__init__.py"}
    assert (
        in_circles({module: targets - faces for module, targets in import_graph().items() if module not in faces}) == []
    )


def test_rooms_of_core_have_an_order() -> None:
    """A room imports from rooms below it alone: times, geometry, presence, summaries, material, answers, charts, …"""
    rooms: dict[str, set[str]] = {p.name: set() for p in (PACKAGE / "core").iterdir() if (p / "__init__.py").is_file()}
    for path in MODULES:
        room = name_of(path)[2] if name_of(path)[1] == "core" and len(name_of(path)) > 3 else None
        if room is not None:
            others = {module.split(".")[2] for module in imported(path) if module.startswith("ia_plugin.core.")}
            rooms[room] |= (others & set(rooms)) - {room}
    assert rooms["material"] >= {"summaries"}
    assert in_circles(rooms) == []


LONGEST_FILE, LONGEST_FUNCTION = 400, 60
LONG_FILES: dict[str, int] = {}
LONG_FUNCTIONS: dict[str, int] = {}
"""What is longer still, with the length it may not pass; an entry goes as soon as its file or function is short."""


def functions_of(path: Path) -> Iterator[tuple[str, int]]:
    """(file::function, number of its lines) of every function of a file, methods included, decorators not."""
    for node in nodes_of(path):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield f"{path.relative_to(PACKAGE).as_posix()}::{node.name}", lines


def too_long(lengths: dict[str, int], limit: int, known: dict[str, int]) -> list[str]:
    """Names that pass the limit, or their own length in the list of known ones; and entries of it that are needless."""
    grown = [f"{name}: {n} lines" for name, n in lengths.items() if n > known.get(name, limit)]
    return grown + [
        f"{name} is no longer too long: take it off the list" for name in known if lengths.get(name, 0) <= limit
    ]


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    lengths = {p.relative_to(PACKAGE).as_posix(): len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES}
    assert too_long(lengths, LONGEST_FILE, LONG_FILES) == []


def test_no_function_is_longer_than_a_screen() -> None:
    lengths: dict[str, int] = {}
    for name, lines in (pair for path in MODULES for pair in functions_of(path)):
        lengths[name] = max(lines, lengths.get(name, 0))
    assert too_long(lengths, LONGEST_FUNCTION, LONG_FUNCTIONS) == []


def test_the_list_of_long_files_can_only_shrink() -> None:
    assert too_long({"a.py": 401, "b.py": 500, "c.py": 400}, 400, {"b.py": 499, "c.py": 450}) == [
        "a.py: 401 lines",
        "b.py: 500 lines",
        "c.py is no longer too long: take it off the list",
    ]


ODD_WORDS = {"been", "laid", "mine", "said", "told"}
ODD_FILES = {
    "core/activity/__init__.py",
    "core/activity/rules.py",
    "processing/algorithms/activities.py",
    "ui/controller.py",
    "ui/dock.py",
    "ui/map/overlays.py",
    "ui/widgets/chart_view.py",
}
ODD_ROOMS = {"core/answers", "core/charts", "core/events", "core/imports", "ui/pages"}
"""Where names of a private dialect still stand; one goes off the list when it is mended."""


def names_in(path: Path) -> set[str]:
    """Every name a file gives or uses: of variables, functions, parameters, attributes."""
    found = set()
    for node in nodes_of(path):
        for field in ("id", "attr", "arg", "name", "asname"):
            value = getattr(node, field, None)
            if isinstance(value, str):
                found.add(value)
    return found


def test_names_are_plain_current_english() -> None:
    odd = {
        path.relative_to(PACKAGE).as_posix(): words
        for path in MODULES
        if (words := {n for n in names_in(path) if ODD_WORDS & set(n.lower().split("_"))})
    }
    assert {f: w for f, w in odd.items() if f not in ODD_FILES and f.rpartition("/")[0] not in ODD_ROOMS} == {}


MOST_ANY = 20  # per thousand lines
ANY_IN_ROOMS = {"core/imports", "ui"}
"""Rooms in which it stands more often; one goes off the list when it is mended."""


def test_types_mean_something() -> None:
    """`Any` says that nobody knows: it may only become rarer."""
    lines: dict[str, int] = {}
    unknown: dict[str, int] = {}
    for path in MODULES:
        room, text = path.parent.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8")
        names = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Name) and n.id == "Any"]
        lines[room] = lines.get(room, 0) + len(text.splitlines())
        unknown[room] = unknown.get(room, 0) + len(names)
    often = {room for room, n in unknown.items() if lines[room] > 200 and 1000 * n / lines[room] > MOST_ANY}
    assert often <= ANY_IN_ROOMS
    assert 1000 * sum(unknown.values()) / sum(lines.values()) <= MOST_ANY


@pytest.mark.parametrize("face", sorted(PACKAGE.rglob("__init__.py")), ids=lambda p: "/".join(p.parent.parts[-2:]))
def test_no_module_hides_a_function_of_its_packages_face(face: Path) -> None:
    exported = {
        alias.asname or alias.name
        for node in nodes_of(face)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert not exported & {path.stem for path in face.parent.glob("*.py")}


def test_a_file_is_named_for_what_it_hands_out_not_for_an_activity() -> None:
    gerund = re.compile(r"[a-z]{3,}ing$")
    words = {path: path.stem.split("_") for path in MODULES if dotted(path) not in OLD_NAMES}
    assert [str(p) for p, parts in words.items() if any(gerund.match(w) and w not in ACTIVITIES for w in parts)] == []


ACTIVITIES = {"briefing", "cycling", "mapping", "marking", "matching"}
"""Words of the field that end in -ing and name a thing."""


def test_errors_are_declared_in_one_place() -> None:
    """Two classes `Cancelled` once made a cancel while reading an error in the record of runs."""
    from ia_plugin.core import errors

    known = {"Exception", *(name for name, value in vars(errors).items() if isinstance(value, type))}
    found = [
        f"{dotted(path)}.{node.name}"
        for path in MODULES
        for node in nodes_of(path)
        if isinstance(node, ast.ClassDef) and {ast.unparse(base) for base in node.bases} & (known - {"Exception"})
    ]
    assert [name for name in found if not name.startswith("ia_plugin.core.errors.")] == []


def test_what_is_translated_is_the_text_as_written() -> None:
    """A text that is put together first is in no list of translations: put the values in after `tr()`."""

    def put_together(path: Path) -> list[str]:
        return [
            ast.unparse(call)
            for call in calls_of(path)
            if called(call) in ("tr", "translate")
            and any(isinstance(a, (ast.JoinedStr, ast.BinOp, ast.Call)) for a in call.args)
        ]

    assert broken(MODULES, put_together) == {}


ONCE = {
    "nine in ten of a normal law": r"\b1\.64\d+",
    "the default marking": r"[\"']OFFICIAL-SENSITIVE[\"']",
    "the refusal of a blank marking": "marking is blank",
    "that nobody has checked": "Beta: not yet",
    "the modes of a leg": r"""[(\[]["']foot["'], ["']vehicle["'], ["']stationary["']""",
    "the shortest longest gap": r"\b(max|maximum)\((900|SHORTEST_LIMIT_S)|2\.5 \* \w*(median|interval)",
    "the test of a pseudonym's form": r"is_pseudonym\([^)]*\)+\.all\(",
}
"""What is written in one file of the plugin, whatever uses it; a second copy disagrees one day."""


@pytest.mark.parametrize("what", ONCE)
def test_it_is_written_once(what: str) -> None:
    found = [str(p.relative_to(ROOT)) for p in MODULES if re.search(ONCE[what], p.read_text(encoding="utf-8"))]
    assert len(found) <= 1, f"{what}: {found}"


def run_with_blocked(blocked: set[str], code: str) -> subprocess.CompletedProcess[str]:
    """Run `code` in a Python of its own in which importing any of `blocked` fails."""
    blocker = (
        "import sys\n"
        "class Blocker:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name.split('.')[0] in {sorted(blocked)!r}: raise ModuleNotFoundError('blocked: ' + name, name=name)\n"
        "sys.meta_path.insert(0, Blocker())\n"
    )
    return subprocess.run(
        [sys.executable, "-c", blocker + code], cwd=ROOT, capture_output=True, text=True, timeout=1200, encoding="utf-8"
    )


def test_the_blocker_blocks() -> None:
    done = run_with_blocked({"json"}, "import json.decoder")
    assert done.returncode and "blocked: json" in done.stderr


def test_core_imports_where_there_is_no_qgis() -> None:
    modules = [".".join(name_of(path)).replace(".__init__", "") for path in (PACKAGE / "core").rglob("*.py")]
    code = f"import importlib\nfor name in {modules!r}: importlib.import_module(name)"
    done = run_with_blocked(QT_AND_GIS, code)
    assert done.returncode == 0, done.stderr


@pytest.mark.long
def test_tests_that_need_no_qgis_are_found_where_there_is_none() -> None:
    code = "import pytest; sys.exit(pytest.main(['--collect-only', '-q', '-p', 'no:cacheprovider', 'tests']))"
    done = run_with_blocked(QT_AND_GIS, code)
    assert done.returncode == 0, done.stdout + done.stderr


def test_declarations_import_the_standard_library_only() -> None:
    code = "import ia_plugin.core.columns, ia_plugin.core.params, ia_plugin.core.errors, ia_plugin.core.resources, ia_plugin.core.times.time_zones, ia_plugin.core.words"
    done = run_with_blocked({"numpy", "pandas", "shapely", "scipy", "pyproj", *QT_AND_GIS}, code)
    assert done.returncode == 0, done.stderr


def test_algorithms_are_listed_without_heavy_libraries() -> None:
    if importlib.util.find_spec("qgis") is None:
        pytest.skip("this Python cannot import QGIS")
    code = (
        "from ia_plugin.processing.provider import ALGORITHMS, algorithm_classes\n"
        "assert len(algorithm_classes()) == len(ALGORITHMS) > 0"
    )
    done = run_with_blocked({"numpy", "pandas", "shapely", "scipy", "matplotlib"}, code)
    assert done.returncode == 0, done.stderr


def test_each_file_parses_on_python_39_and_says_what_it_is() -> None:
    def missing(path: Path) -> Iterator[str]:
        tree = tree_of(path)
        if not ast.get_docstring(tree):
            yield "the first screen of a file says what lives there"
        annotated = any(isinstance(node, ast.FunctionDef) for node in nodes_of(path))
        future = any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body)
        if annotated and not future:
            yield "from __future__ import annotations keeps X | Y readable on 3.9"

    assert broken(MODULES, missing) == {}


def without_encoding(source: str) -> list[str]:
    """The calls of a program that read or write text in whatever encoding the machine has (Windows: not UTF-8)."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and _is_of_text(node) and "encoding" not in {k.arg for k in node.keywords}
    ]


PROGRAMS = ("run", "Popen", "call", "check_call", "check_output")
TEXT_CALLS = {
    "read_text",
    "write_text",
    "open",
    "fdopen",
    "TextIOWrapper",
    "NamedTemporaryFile",
    "TemporaryFile",
    *PROGRAMS,
}


def _is_of_text(call: ast.Call) -> bool:
    name = called(call)
    if name not in TEXT_CALLS:
        return False
    of = ast.unparse(call.func).rpartition(".")[0]
    if name in ("read_text", "write_text"):
        return len(call.args) < (1 if name == "read_text" else 2)
    if name in PROGRAMS:
        return of == "subprocess" and bool({"text", "universal_newlines"} & {k.arg for k in call.keywords})
    if of == "tarfile":
        return False
    if name == "TextIOWrapper":
        return True
    modes = [
        v for v in [*call.args, *(k.value for k in call.keywords if k.arg == "mode")] if isinstance(v, ast.Constant)
    ]
    mode = next((v.value for v in modes if isinstance(v.value, str) and re.fullmatch(r"[rwaxbt+]{1,3}", v.value)), None)
    if mode is None:  # a file's way of opening where nothing is said; other things than files have an open() too
        return name == "fdopen" or of in ("", "io") or (name == "open" and of.endswith(("path", "file")))
    return "t" in mode if of == "gzip" else "b" not in mode


def test_pandas_never_looks_a_time_zone_up_by_itself() -> None:
    """Given a name, it fails where there is no database (Windows); a column's zone comes from `core/times/civil.py`."""

    def looked_up(path: Path) -> Iterator[str]:
        for call in calls_of(path):
            if called(call) in ("tz_convert", "tz_localize", "ZoneInfo"):
                zone = ast.unparse(call.args[0])
                given = zone in ("None", "'UTC'", "zone") or zone.startswith("pandas_zone(")
                if called(call) == "ZoneInfo" or not given:
                    yield ast.unparse(call)

    assert broken((path for path in MODULES if path.stem != "time_zones"), looked_up) == {}


def test_the_search_for_text_without_encoding_finds_it() -> None:
    found = without_encoding("open(p); open(p, 'w'); path.open('a'); path.read_text(); p.write_text(t); f(text=1)")
    assert found == ["open(p)", "open(p, 'w')", "path.open('a')", "path.read_text()", "p.write_text(t)"]
    assert without_encoding("subprocess.run(c, text=True); gzip.open(p, 'rt')") != []
    assert (
        without_encoding("open(p, 'rb'); path.open('rb'); p.read_text('utf-8'); run.open('OUTPUT'); dialog.open()")
        == []
    )


@pytest.mark.parametrize("room", ["ia_plugin", "tools", "tests"])
def test_text_names_its_encoding(room: str) -> None:
    found = {str(p.relative_to(ROOT)): without_encoding(p.read_text("utf-8")) for p in (ROOT / room).rglob("*.py")}
    assert {path: calls for path, calls in found.items() if calls} == {}


def test_files_are_written_by_the_one_function_that_says_why_not() -> None:
    """On Windows a file that another program shows cannot be written; `core/write_file.py` says so, with the remedy."""

    def writes(path: Path) -> list[str]:
        return [
            ast.unparse(call)
            for call in calls_of(path)
            if called(call) in ("write_text", "write_bytes")
            or (called(call) == "open" and re.search(r"['\"][wax]b?t?['\"]", ast.unparse(call)))
        ]

    assert broken((path for path in MODULES if path.stem != "write_file"), writes) == {}


def test_words_are_searched_by_pythons_own_rules() -> None:
    """`core.texts.texts`, not `astype(str).str`: missing words and regular expressions differ between versions of pandas."""
    assert broken(MODULES, lambda p: re.findall(r"\.astype\(str\)\.str", p.read_text(encoding="utf-8"))) == {}


def metadata() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    return parser["general"]


def test_metadata_is_complete() -> None:
    facts = metadata()
    wanted = (
        "name description about version author email license homepage repository tracker tags icon category".split()
    )
    assert [name for name in wanted if not facts.get(name)] == []
    assert (facts["qgisMinimumVersion"], facts["qgisMaximumVersion"]) == ("3.22", "4.99")
    assert facts.getboolean("hasProcessingProvider")
    assert (ROOT / facts["icon"]).is_file()


def test_metadata_and_changelog_agree() -> None:
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert newest and newest.group(1) == metadata()["version"]
    assert metadata()["changelog"].split()[0] == metadata()["version"]


def test_every_group_has_a_handsome_icon() -> None:
    base = ast.parse((PACKAGE / "processing" / "base.py").read_text(encoding="utf-8"))
    groups = next(
        ast.literal_eval(node.value)
        for node in base.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "GROUPS"
    )
    for name in ["impact_area", *groups]:
        svg = ElementTree.parse(ROOT / "resources" / "icons" / f"{name}.svg").getroot()
        assert svg.tag.endswith("svg") and len(svg) > 1 and svg.get("viewBox")


def test_fonts_of_styles_and_pages_exist_on_windows() -> None:
    """The first one named counts; those after it stand in for it elsewhere."""
    named = [
        (path.name, font)
        for path in sorted((ROOT / "resources").rglob("*.*"))
        if path.suffix in (".qml", ".qpt", ".css", ".html", ".ui", ".svg")
        for font in re.findall(
            r"""(?:fontFamily=|font-family[:=]\s*|font:[^;"]*?(?=")|<font family=)["']([^"',]+)""",
            path.read_text("utf-8"),
        )
    ]
    assert {"time_in_areas.qml", "page.css"} <= {name for name, _ in named}
    assert [(name, font) for name, font in named if font not in ("Arial", "Segoe UI")] == []


def committed_text() -> Iterator[tuple[Path, str]]:
    """Every text file git knows or would add, with its text; every file of the known folders where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if listed.returncode:
        pytest.skip("this is not a git checkout, so there is no list of its files")
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        try:
            yield path, path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue


def test_no_path_of_a_machine_is_written_down() -> None:
    machine = re.compile(r"(?<![\w.~$})*-])/(?:" + "|".join(["work", "home", "root", "Users", "tmp", "mnt"]) + r")/\w")
    assert machine.search("see " + "/" + "home/someone") and not machine.search("https://example.org/home/page")
    found = [
        f"{path.relative_to(ROOT)}: {hit.group()}…" for path, text in committed_text() for hit in machine.finditer(text)
    ]
    assert found == []


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


def commands(text: str) -> list[str]:
    """The lines of a text that are `make something`, in order."""
    return re.findall(r"^ *(?:entry: )?(make \w+)\b", text, re.M)


def test_readme_starts_with_two_commands_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first_screen = readme.split("\n## ")[0]
    assert commands(first_screen) == ["make demo", "make test"]
    assert {command.split()[1] for command in commands(readme)} <= make_targets()


def test_ci_runs_what_readme_and_precommit_say() -> None:
    ci = commands((ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert set(ci) == {"make setup", "make lint", "make typecheck", "make package", "make testall", "make platforms"}
    hooks = commands((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert set(hooks) == set(ci) - {"make setup", "make platforms", "make testall"} | {"make test"}, (
        "setup is a dependency; other platforms and long tests take minutes"
    )
    assert {command.split()[1] for command in ci} <= make_targets()
