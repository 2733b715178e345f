"""What all tests share, and which of them run where.

`pytest` runs what needs no QGIS in its process, the core and the store first of all. `pytest -p pytest_qgis` runs the
tests marked `qgis`, inside one QGIS application that pytest-qgis starts, with its fixtures (`qgis_iface`,
`qgis_new_project`, `qgis_processing`, …). Neither run imports a module that is the other's as a whole, unless it is
asked for by name.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Optional

import pytest

if TYPE_CHECKING:
    from tests.support.postgis import Cluster

ROOT = Path(__file__).resolve().parents[1]
MARK = re.compile(r"\bmark\.qgis\b")
WHOLE = re.compile(r"^pytestmark = .*\bmark\.qgis\b", re.M)

pytest.register_assert_rewrite("tests.support")
# For the programs that tests start; pytest-qgis has set its own by now, where it runs.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QGIS_CUSTOM_CONFIG_PATH", str(ROOT / "build" / "qgis-config-tests"))

if "qgis.core" in sys.modules:
    # QGIS is there before any test imports shapely, as it is for the plugin, so shapely comes in the plugin's way.
    from ia_plugin.compat import load_shapely

    load_shapely()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept-golden", action="store_true", help="expect what the algorithms give now (make golden)")


def pytest_configure(config: pytest.Config) -> None:
    """One more exception to pyproject's filterwarnings, where pandas is 2: newer ones show what is ours."""
    if version("pandas").startswith("2."):
        # pandas 2 makes each Timedelta so, and it is the caller whom the warning of numpy 2.5 names.
        generic = "The 'generic' unit for NumPy timedelta is deprecated"
        config.addinivalue_line("filterwarnings", f"ignore:{generic}:DeprecationWarning")


def inside_qgis(config: pytest.Config) -> bool:
    return config.pluginmanager.hasplugin("pytest_qgis")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> Optional[bool]:
    """Leave the modules unread that have tests of the other run only."""
    if not collection_path.match("test_*.py"):
        return None
    text = collection_path.read_text(encoding="utf-8")
    others = not MARK.search(text) if inside_qgis(config) else WHOLE.search(text)
    return True if others else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of the other run whose module was read nevertheless; skip those marked `fork` on Windows."""
    here = [item for item in items if bool(item.get_closest_marker("qgis")) == inside_qgis(config)]
    others = [item for item in items if item not in here]
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = here
    if not hasattr(os, "fork") or not hasattr(signal, "SIGKILL"):
        for item in here:
            if item.get_closest_marker("fork"):
                item.add_marker(pytest.mark.skip(reason="this system neither forks nor kills"))


def pytest_report_header(config: pytest.Config) -> str:
    if inside_qgis(config):
        return "inside QGIS: the tests marked `qgis`; `pytest` runs the others"
    return "without QGIS: `pytest -p pytest_qgis` runs the tests marked `qgis`"


@pytest.fixture(autouse=True)
def unforeseen_errors_surface(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of ours is never taken for a bad file: what nobody foresaw comes through as it is."""
    from ia_plugin.core import unforeseen

    monkeypatch.setattr(unforeseen, "SURFACE", True)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of design papers, reference figures and public data that stands beside the checkout."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder 'shared' with reference figures and public data is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def postgis() -> Iterator[Cluster]:
    """A PostgreSQL with PostGIS of this run's own; skips where there is none."""
    from tests.support.postgis import started

    with started() as cluster:
        yield cluster


@pytest.fixture(scope="session", autouse=True)
def canvas_at_rest(request: pytest.FixtureRequest) -> None:
    """Inside QGIS the canvas draws nothing: no test looks at the map.

    QGIS 3.22 draws in threads of its own, and those of layers in memory that are filtered read the project's variables
    without a lock: a test that empties the project meanwhile is killed now and then.
    """
    if inside_qgis(request.config):
        request.getfixturevalue("qgis_canvas").setRenderFlag(False)
