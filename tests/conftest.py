"""What all tests share. Nothing here imports QGIS before a test asks for it: the core's tests pass without QGIS."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

pytest.register_assert_rewrite("tests.support")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QGIS_CUSTOM_CONFIG_PATH", str(ROOT / "build" / "qgis-config-tests"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests marked `qgis` where QGIS cannot be imported."""
    try:
        importlib.import_module("qgis")
    except ImportError:
        pass
    else:
        return
    for item in items:
        if item.get_closest_marker("qgis"):
            item.add_marker(pytest.mark.skip(reason="this Python cannot import QGIS"))


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
def qgis_app():
    """The one QgsApplication of the tests, with Processing's native algorithms, and no screen.

    It is never taken down: leaving QGIS inside a running Python is a known way to crash, and the process ends anyway.
    """
    pytest.importorskip("qgis.core", reason="this Python cannot import QGIS")
    from qgis.core import QgsApplication

    app = QgsApplication.instance()
    if app is None:
        app = QgsApplication([], True)
        app.initQgis()
    plugins = str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins")
    if plugins not in sys.path:
        sys.path.append(plugins)
    from processing.core.Processing import Processing

    Processing.initialize()
    return app
