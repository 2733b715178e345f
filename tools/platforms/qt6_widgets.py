"""Test the widgets on real Qt 6, which QGIS 4 runs on, without QGIS 4: ``make testqt``.

An environment of its own (build/qt6) has PyQt6 and what the widgets need; `tools.platforms.qt6_qgis` stands for QGIS.
The second run installs nothing. Where PyQt6 cannot be had, one line says so and nothing fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "build" / "qt6"
PYTHON = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
WANTED = (ROOT / "requirements-qt6.txt", ROOT / "constraints.txt")

ON_QT6 = (
    "tests/test_qt_names.py",
    "tests/ui/pages/test_about_page.py",
    "tests/ui/pages/test_challenge_page.py",
    "tests/ui/pages/test_charts_page.py",
    "tests/ui/filter/test_filter_bar.py",
    "tests/ui/pages/test_journey_page.py",
    "tests/ui/pages/test_pages.py",
)
"""The tests that need Qt, and of QGIS no more than is imitated."""

NEEDS_QGIS = {
    "tests/ui/test_challenge.py": "a store, and the folder of QGIS's profile",
    "tests/ui/test_about.py": "the algorithms of a provider and QGIS's tasks",
    "tests/ui/map/test_density_layer.py": "layers in memory and their styles",
    "tests/ui/test_accessible.py": "a project and the whole dock over a store",
    "tests/ui/test_dock.py": "a project, the layers of a store and QGIS's tasks",
    "tests/ui/test_dock_on_shared_store.py": "a project, QGIS's connections and a server",
    "tests/ui/test_dock_and_the_server.py": "a project and a server that stops",
    "tests/ui/test_dock_by_keys.py": "a project and the whole dock over a store",
    "tests/ui/test_screen_reader.py": "a window with the whole dock over a store, and a bus of accessibility",
    "tests/ui/test_record_of_an_hour.py": "a project and the whole dock over a store",
    "tests/ui/test_reader_alone.py": "a project and the whole dock over a store",
    "tests/ui/test_days_that_fill.py": "a project and the whole dock over a store",
    "tests/ui/map/test_area_map.py": "layers in memory, a project and a canvas",
    "tests/ui/test_store_system.py": "a project and a store in another projected system",
    "tests/ui/test_work.py": "the list of tasks of QGIS",
    "tests/ui/map/test_area_picker.py": "a canvas and its layers",
    "tests/ui/map/test_journey_map.py": "a canvas, and what is drawn over it",
    "tests/ui/map/test_own_area_preview.py": "a canvas",
    "tests/ui/map/test_expressions.py": "QGIS's expressions, on layers; the texts themselves are made without Qt",
    "tests/ui/map/test_overlays.py": "layers of four providers in a project",
    "tests/ui/map/test_postgres.py": "QGIS's provider of PostgreSQL",
    "tests/ui/map/test_temporal.py": "QGIS's Temporal Controller",
}
"""The tests of the user interface that an imitation of QGIS would make worthless, and what they need of it."""


def environment() -> str:
    """Make or complete the environment; '' when it is ready, else why not, in one line."""
    stamp = HOME / "installed.txt"
    wanted = "".join(path.read_text(encoding="utf-8") for path in WANTED)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return ""
    print("testqt: filling build/qt6 (a minute the first time)", flush=True)
    try:
        venv.create(HOME, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        return f"no virtual environment can be made ({error})"
    pip = "-m pip install --quiet --disable-pip-version-check --no-input --only-binary :all: --retries 2 --timeout 30"
    why = _failure([*pip.split(), "-r", str(WANTED[0]), "-c", str(WANTED[1])])
    why = why or _failure(["-c", "from PyQt6 import QtSvg, QtTest, QtWidgets, QtXml"])
    if not why:
        stamp.write_text(wanted, encoding="utf-8")
    return why


def _failure(arguments: list[str]) -> str:
    """The last line that the environment's Python complains with; '' when all went well."""
    done = subprocess.run(
        [PYTHON, *arguments], stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace"
    )
    return (done.stderr.strip().splitlines() or ["it says nothing"])[-1] if done.returncode else ""


def main(arguments: list[str]) -> int:
    """Run the tests named, or all that can; pytest's own exit code."""
    why = environment()
    if why:
        print(f"testqt: skipped, PyQt6 cannot be used here: {why}")
        return 0
    # conftest.py starts QGIS itself: the plugin has the fixtures that these tests need in its stead
    options = ["-q", "-m", "not long", "-p", "tools.platforms.qt6_qgis", "--noconftest", "-p", "no:cacheprovider"]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1", "PYTHONNOUSERSITE": "1"}
    env.pop("PYTHONPATH", None)
    return subprocess.run([PYTHON, "-m", "pytest", *options, *(arguments or ON_QT6)], cwd=ROOT, env=env).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
