"""The machines, libraries and toolkits the plugin is promised for, all tried by one command: ``make matrix``.

    python -m tools.platforms.matrix                    everything (about an hour on two cores)
    python -m tools.platforms.matrix newest qt6         those alone, by the names of the first column
    python -m tools.platforms.matrix --write docs/platforms.md

* here, trixie, forky: the two commands of the README as a stranger runs them, in a fresh clone; the other releases
  of Debian in a tree of their own (as root, with debootstrap);
* the names of tools/platforms/environments.py: the tests of core and store, but for the long ones;
* qt6: the widgets on real Qt 6;  windows-oldest, windows-newest: core and store as Python on Windows would see them;
* same: ids, words and figures of one small force, laid side by side from all of these.

A part that cannot be tried on this machine, for want of an interpreter say, is named with its reason and fails nothing;
where nothing at all could be tried, or the package index does not answer, the whole fails.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Callable, Optional

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tools.platforms.environments import ENVIRONMENTS, Environment, IndexUnreachable, NotToBeHad, ready
from tools.run_tests import SHORT, counts_of

BUILD = ROOT / "build" / "matrix"
TREES = ROOT / "build" / "debian"
TREE = Path(__file__).with_name("debian_tree.sh")
SAME = Path(__file__).with_name("same_everywhere.py")
SUITES = ("trixie", "forky")
IN_TREE = "srv/impact-area"
FILLED = Lock()  # two parts may use one environment
VERSIONS = (
    "import sys, importlib.metadata as m\n"
    "def v(n):\n"
    "    try: return m.version(n)\n"
    "    except Exception: return '-'\n"
    "try:\n"
    "    from qgis.core import Qgis; print('QGIS', Qgis.QGIS_VERSION.split('-')[0], end=', ')\n"
    "except ImportError: pass\n"
    "print(', '.join(['Python ' + sys.version.split()[0], *(n + ' ' + v(n) for n in ('numpy', 'pandas', 'shapely'))]))\n"
)


@dataclass(frozen=True)
class Row:
    """What one part of the matrix gave."""

    name: str
    tried: str
    result: str
    seconds: float = 0.0
    versions: str = ""
    good: bool = True
    failures: tuple[str, ...] = ()
    tried_at_all: bool = True

    def cells(self) -> tuple[str, ...]:
        took = f"{self.seconds:.0f} s" if self.seconds else ""
        return (self.name, self.versions, self.tried, self.result, took)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("names", nargs="*", choices=[[], *PARTS], help="parts to try; all without any")
    parser.add_argument("--write", type=Path, help="a page to write the table to")
    given = parser.parse_args(arguments)
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    rows = [row for rows in _side_by_side(given.names or list(PARTS)) for row in rows]
    if given.write:
        given.write.write_text(page(rows), encoding="utf-8")
    bad = [row for row in rows if not row.good]
    skipped = [row for row in rows if row.good and not row.tried_at_all]
    print(f"{len(rows) - len(bad) - len(skipped)} passed, {len(bad)} failed, {len(skipped)} skipped")
    return int(bool(bad) or len(skipped) == len(rows))


def _side_by_side(names: list[str]) -> Iterator[list[Row]]:
    """The rows of each part in the order asked: the quiet parts two at a time, the others, which fill the machine, alone.

    What the parts say of one force is compared last of all, whatever the order.
    """
    loud = [name for name in names if name in LOUD]
    quiet = [name for name in names if name not in LOUD and name != "same"]
    with ThreadPoolExecutor(2) as pool:
        found = dict(zip(loud, map(_rows, loud)))
        found.update(zip(quiet, pool.map(_rows, quiet)))
    if "same" in names:
        found["same"] = _rows("same")
    yield from (found[name] for name in names)


def _rows(name: str) -> list[Row]:
    """What one part gives, printed as it comes."""
    rows = []
    for row in PARTS[name]():
        lines = [" | ".join(row.cells()), *("    " + line for line in row.failures)]
        sys.stdout.write("\n".join(lines) + "\n")  # one write, so that two parts do not mix their lines
        sys.stdout.flush()
        rows.append(row)
    return rows


def _not_tried(name: str, tried: str, reason: object, *, excused: bool = True) -> Row:
    """A part that this machine cannot try, or, where it is not excused, could have tried."""
    return Row(name, tried, f"not tried: {reason}", good=excused, tried_at_all=False)


# --- the two commands ---------------------------------------------------------------------------------------------------


def here() -> Iterator[Row]:
    """A fresh clone beside nothing, in this machine's own system."""
    clone = BUILD / "here"
    _run(["git", "clone", "-q", str(ROOT), str(clone)], BUILD)
    yield from _commands("here", lambda command, log: _shell(command, log, clone), clone / ".venv" / "bin" / "python")


def debian(suite: str) -> Callable[[], Iterator[Row]]:
    """The part of another release of Debian."""

    def part() -> Iterator[Row]:
        tree = TREES / suite
        if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("debootstrap"):
            yield _not_tried(suite, "make demo, make test", "needs root and debootstrap")
            return
        if _run([str(TREE), "make", str(tree), suite], BUILD, BUILD / f"{suite}.tree.log"):
            yield Row(suite, "make demo, make test", "the tree could not be unpacked", good=False)
            return
        clone = tree / IN_TREE
        shutil.rmtree(clone, ignore_errors=True)
        _run(["git", "clone", "-q", str(ROOT), str(clone)], BUILD)

        def run(command: str, log: Path) -> int:
            inside = f"git config --global --add safe.directory '*'; cd /{IN_TREE} && {command}"
            return _run([str(TREE), "run", str(tree), inside], ROOT, log)

        yield from _commands(suite, run, Path("/") / IN_TREE / ".venv" / "bin" / "python")
        told = clone / "same.json"
        if told.exists():
            shutil.copy(told, BUILD / f"same-{suite}.json")

    return part


def _commands(name: str, run: Callable[[str, Path], int], python: Path) -> Iterator[Row]:
    versions = ""
    for target in ("demo", "test"):
        log = BUILD / f"{name}.{target}.log"
        began = time.monotonic()
        status = run(f"make {target}", log)
        seconds = time.monotonic() - began
        if not versions:
            asked = BUILD / f"{name}.versions.log"
            run(f"QT_QPA_PLATFORM=offscreen {python} -W ignore -c {_quoted(VERSIONS)}", asked)
            versions = _text(asked).strip().splitlines()[-1] if _text(asked).strip() else ""
        yield _row(name, f"make {target}", status, log, seconds, versions)
    run(f"{python} tools/platforms/same_everywhere.py --write same.json", BUILD / f"{name}.same.log")
    if (BUILD / name / "same.json").exists():
        shutil.copy(BUILD / name / "same.json", BUILD / f"same-{name}.json")


# --- libraries, toolkits, Windows ---------------------------------------------------------------------------------------


def libraries(environment: Environment) -> Callable[[], Iterator[Row]]:
    """The part of one environment: the tests of core and store, and what it says of the small force."""

    def part() -> Iterator[Row]:
        try:
            with FILLED:
                python = ready(environment)
        except (NotToBeHad, IndexUnreachable) as reason:
            yield _not_tried(environment.name, "core, store", reason, excused=isinstance(reason, NotToBeHad))
            return
        yield _pytest(environment.name, "core, store", python, [], BUILD / f"{environment.name}.log")
        _run([str(python), str(SAME), "--write", str(BUILD / f"same-{environment.name}.json")], ROOT)

    return part


def _pytest(name: str, tried: str, python: Path, before: list[str], log: Path) -> Row:
    tests = ["tests/core", "tests/gpkg", "tests/store", "-q", "-m", SHORT, "-p", "no:cacheprovider", "-W", "ignore"]
    program = [*before, *tests] if before else ["-m", "pytest", *tests]
    began = time.monotonic()
    status = _run([str(python), *program], ROOT, log)
    seconds = time.monotonic() - began
    return _row(name, tried, status, log, seconds, _said([str(python), "-c", VERSIONS]).strip())


def windows(environment: Environment) -> Callable[[], Iterator[Row]]:
    """The part of core and store as on Windows, with the libraries of one environment."""

    def part() -> Iterator[Row]:
        name = f"windows-{environment.name}"
        try:
            with FILLED:
                python = ready(environment)
        except (NotToBeHad, IndexUnreachable) as reason:
            excused = isinstance(reason, NotToBeHad)
            yield _not_tried(name, "core, store as on Windows", reason, excused=excused)
            return
        imitated = ["-m", "tools.platforms.windows_like", "--"]
        yield _pytest(name, "core, store as on Windows", python, imitated, BUILD / f"{name}.log")

    return part


def qt6() -> Iterator[Row]:
    log = BUILD / "qt6.log"
    began = time.monotonic()
    status = _run(["make", "-s", "testqt"], ROOT, log)
    row = _row("qt6", "widgets on PyQt6", status, log, time.monotonic() - began, _qt())
    reason = re.search(r"^testqt: skipped, (.*)$", _text(log), re.M)
    if reason:
        none = "No matching distribution" in reason.group(1)
        yield _not_tried("qt6", "widgets on PyQt6", reason.group(1), excused=none)
    else:
        yield row


def _qt() -> str:
    """Versions of the environment that tools.platforms.qt6_widgets made."""
    code = "from PyQt6.QtCore import PYQT_VERSION_STR as p, QT_VERSION_STR as q; print(f'Qt {q}, PyQt {p}', end=', ')"
    python = ROOT / "build" / "qt6" / "bin" / "python"
    if not python.exists():
        return ""
    return _said([str(python), "-c", code]) + _said([str(python), "-c", VERSIONS]).strip()


def same() -> Iterator[Row]:
    """What all parts that ran before say of the small force, and what this checkout's environment does."""
    files = sorted(BUILD.glob("same-*.json"))
    own = ROOT / ".venv" / "bin" / "python"
    if own.exists() and not (BUILD / "same-here.json").exists():
        _run([str(own), str(SAME), "--write", str(BUILD / "same-checkout.json")], ROOT)
        files = sorted(BUILD.glob("same-*.json"))
    if len(files) < 2:
        yield _not_tried("same", "one force, all environments", "fewer than two environments ran")
        return
    log = BUILD / "same.log"
    status = _run([sys.executable, str(SAME), *map(str, files)], ROOT, log)
    result = f"{len(files)} environments say the same to 1e-9" if status == 0 else "environments differ"
    yield Row("same", "one force, all environments", result, good=status == 0, failures=tuple(_differing(log)))


def _named(name: str) -> Environment:
    return next(e for e in ENVIRONMENTS if e.name == name)


PARTS: dict[str, Callable[[], Iterator[Row]]] = {
    "here": here,
    **{suite: debian(suite) for suite in SUITES},
    **{e.name: libraries(e) for e in ENVIRONMENTS},
    # numpy 1, whose whole numbers have 32 bits on Windows, and today's libraries.
    **{f"windows-{name}": windows(_named(name)) for name in ("oldest", "newest")},
    "qt6": qt6,
    "same": same,
}
LOUD = ("here", *SUITES)
"""The parts that use both cores by themselves."""

# --- running and reading ------------------------------------------------------------------------------------------------


def _run(command: list[str], folder: Path, log: Optional[Path] = None) -> int:
    env = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONNOUSERSITE": "1", "QT_QPA_PLATFORM": "offscreen"}
    for name in ("VIRTUAL_ENV", "PYTHONPATH", "MAKEFLAGS", "MAKELEVEL"):
        env.pop(name, None)
    with open(log or os.devnull, "w", encoding="utf-8") as file:
        done = subprocess.run(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=file, stderr=file)
    return done.returncode


def _shell(command: str, log: Path, folder: Path) -> int:
    return _run(["bash", "-c", command], folder, log)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def _said(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8").stdout


def _differing(log: Path) -> list[str]:
    return [line.strip() for line in _text(log).splitlines() if not line.endswith("the same to 1e-9")][:20]


def _row(name: str, tried: str, status: int, log: Path, seconds: float, versions: str) -> Row:
    text = _text(log)
    counts = counts_of(text)
    told = ", ".join(f"{counts[word]:,} {word}" for word in ("failed", "errors", "passed", "skipped") if counts[word])
    result = told or ("done" if status == 0 else "failed")
    failures = tuple(line[:200] for line in re.findall(r"^(?:FAILED|ERROR) .*", text, re.M))
    if status and not failures:
        failures = tuple(text.strip().splitlines()[-3:])
    return Row(name, tried, result, seconds, versions, status == 0, failures)


def page(rows: list[Row]) -> str:
    """docs/platforms.md: the table, and what failed below it."""
    head = ("where", "versions", "what ran", "result", "time")
    lines = [
        "# Platforms",
        "",
        "What the plugin was tried on, by one run of `make matrix`. Newest library versions are those of the day.",
        "",
        f"Run on {date.today():%-d %B %Y} at commit {_commit()}; times on two shared cores.",
        "",
        "| " + " | ".join(head) + " |",
        "|" + "---|" * len(head),
        *("| " + " | ".join(row.cells()) + " |" for row in rows),
    ]
    bad = [row for row in rows if row.failures]
    if bad:
        lines += ["", "## What failed"]
        for row in bad:
            lines += ["", f"{row.name}, {row.tried}:", "", *(f"- `{line}`" for line in row.failures)]
    return "\n".join([*lines, ""])


def _commit() -> str:
    return _said(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]).strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
