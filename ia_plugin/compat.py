"""Every branch on a version of QGIS, Qt or a library, as a named boolean or a one-line helper.

Code elsewhere asks for the fact by its name and never compares versions itself.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Optional

from qgis.core import Qgis
from qgis.PyQt.QtCore import QT_VERSION_STR, QMetaType, QVariant

from .core.times.time_zones import NO_DATABASE, REMEDY, has_database

if TYPE_CHECKING:
    from qgis.core import QgsLayoutItemLabel, QgsMapLayer, QgsProcessingAlgorithm
    from qgis.PyQt.QtGui import QColor, QFont

QT6 = int(QT_VERSION_STR.split(".")[0]) >= 6


# Since 3.38 fields are of QMetaType's types on Qt 5 too, and QVariant's are deprecated.
BY_META_TYPE = QT6 or getattr(Qgis, "QGIS_VERSION_INT", 0) >= 33800


def _field_type(qt5: str, qt6: str = "") -> Any:
    return getattr(QMetaType.Type, qt6 or qt5) if BY_META_TYPE else getattr(QVariant, qt5)


class FieldType:
    """Types of a layer's fields, as ``QgsField`` takes and gives them: QVariant's before 3.38, QMetaType's since and on Qt 6."""

    TEXT = _field_type("String", "QString")
    INTEGER = _field_type("LongLong")
    REAL = _field_type("Double")
    BOOL = _field_type("Bool")
    DATE = _field_type("Date", "QDate")
    TIME = _field_type("Time", "QTime")
    DATE_TIME = _field_type("DateTime", "QDateTime")
    INTEGERS = (INTEGER, _field_type("Int"), _field_type("UInt"), _field_type("ULongLong"))
    """Whole numbers of any width, as providers give them; we write the widest."""


REQUIREMENTS = (("pandas", "1.5"), ("shapely", "2.0"))
"""What QGIS does not bring everywhere, with the oldest version the core runs on."""

_TELLTALES = {"shapely": "shapely.lib"}
"""Modules that came with the oldest version that serves, for a package whose version says nothing."""


def missing_requirements(
    installed: Optional[Callable[[str], str]] = None, zones: Callable[[], bool] = has_database
) -> str:
    """One sentence for the user when a needed library is absent or too old, '' when all is well.

    Nothing heavy is imported: versions are read from the packages' metadata. `installed` (name -> version, '' when
    absent) and `zones` (whether time zones can be looked up) replace those looks in tests. Every algorithm's
    ``canExecute()`` answers through this function.
    """
    installed = installed_version if installed is None else installed
    found = [(name, installed(name)) for name, _ in REQUIREMENTS]
    wrong = [
        f"{name} {version}" if version else f"no {name}"
        for (name, version), (_, minimum) in zip(found, REQUIREMENTS)
        if not version or _numbers(version) < _numbers(minimum)
    ]
    if not wrong:
        no_zones = "" if zones() else f"needs time zones, but {NO_DATABASE}: {REMEDY[0].lower()}{REMEDY[1:]}"
        return no_zones or foreign_geos()
    needed = " and ".join(f"{name} ≥ {minimum}" for name, minimum in REQUIREMENTS)
    return f"needs {needed}; found {' and '.join(wrong)}: {_remedy()}"


def installed_version(name: str) -> str:
    """Version of the package `name` as an import would find it, '' when it is absent."""
    if importlib.util.find_spec(name) is None:
        return ""
    from importlib import metadata  # brings the readers of e-mail, which a listing does not need

    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:  # an installation without metadata: the module itself knows
        version = str(getattr(importlib.import_module(name), "__version__", ""))
    if not _numbers(version)[0] and name in _TELLTALES and importlib.util.find_spec(_TELLTALES[name]):
        # Debian forky's shapely says "0+unknown".
        return dict(REQUIREMENTS)[name]
    return version


def _remedy() -> str:
    if sys.platform == "win32":
        return (
            "install QGIS by its full Windows installer, which brings them, "
            "or add python3-pandas and python3-shapely in the OSGeo4W setup."
        )
    if sys.platform == "darwin":
        return "install them for the Python inside QGIS.app (python3 -m pip install pandas shapely)."
    return (
        "install your distribution's python3-pandas and python3-shapely; where its shapely is older than 2 (Debian 12), "
        "an environment that sees the system's packages serves (/usr/bin/python3 -m venv --system-site-packages, then "
        'pip install "pandas<2" "shapely>=2" "numpy<2"), with its site-packages on the PYTHONPATH that QGIS starts with.'
    )


def _numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version: '2.0.1rc1' -> (2, 0, 1)."""
    numbers = re.match(r"\d+(\.\d+)*", version)
    return tuple(int(part) for part in numbers.group().split(".")) if numbers else (0,)


def load_shapely() -> None:
    """Import shapely so that it calls the GEOS it was built with.

    A wheel from PyPI brings its own GEOS, but QGIS on Linux has the system's loaded already, and the dynamic linker
    would lay the one's calls to the other's functions: wrong WKB at best. Deep binding makes shapely prefer its own.
    The system's shapely shares QGIS's GEOS and needs nothing. Called before anything of ours imports shapely; where
    QGIS has imported it already (3.40 and newer do), it is too late to bind, and :func:`missing_requirements` says so.
    """
    if "shapely" in sys.modules or not hasattr(os, "RTLD_DEEPBIND"):
        return
    flags = sys.getdlopenflags()
    sys.setdlopenflags(flags | os.RTLD_DEEPBIND)
    try:
        setattr(importlib.import_module("shapely"), _BOUND, True)
    finally:
        sys.setdlopenflags(flags)


_BOUND = "_bound_to_its_own_geos"


def foreign_geos() -> str:
    """One sentence when shapely calls another GEOS than it was built with, '' when all is well or not yet loaded.

    Functions of a library that the program itself brings (qgis, qgis_process) come first for every library loaded
    later; this asks which GEOS those are of.
    """
    shapely, lib = sys.modules.get("shapely"), sys.modules.get("shapely.lib")
    if shapely is None or lib is None or hasattr(shapely, _BOUND) or not hasattr(os, "RTLD_DEEPBIND"):
        return ""
    # A distribution's shapely calls the one GEOS there is, whichever it was compiled with; a wheel has its own beside it.
    if not (Path(lib.__file__).parents[1] / "shapely.libs").is_dir():
        return ""
    try:
        version = ctypes.CDLL(None).GEOSversion
    except AttributeError:  # the program brings none
        return ""
    version.restype = ctypes.c_char_p
    used, own = version().decode("ascii", "replace"), lib.geos_capi_version_string
    if used == own:
        return ""
    return (
        f"shapely {shapely.__version__} was built with GEOS {own} and would call QGIS's {used}, with wrong results: "
        "remove that shapely (pip uninstall shapely) and install your distribution's python3-shapely."
    )


def label_look(label: QgsLayoutItemLabel) -> tuple[float, bool]:
    """Size of the letters of a layout's label in points, and whether they are bold: QGIS 3.24 gave labels a text format."""
    if hasattr(label, "textFormat"):
        form = label.textFormat()
        return float(form.size()), bool(form.font().bold())
    return float(label.font().pointSizeF()), bool(label.font().bold())


def set_label_points(label: QgsLayoutItemLabel, points: float) -> None:
    """Set the size of the letters of a layout's label."""
    if hasattr(label, "textFormat"):
        form = label.textFormat()
        form.setSize(points)
        label.setTextFormat(form)
    else:
        font = label.font()
        font.setPointSizeF(points)
        label.setFont(font)


def set_label_font(label: QgsLayoutItemLabel, font: QFont, colour: QColor) -> None:
    """Set the font, with its size in points, and the colour of a layout's label."""
    if hasattr(label, "textFormat"):
        from qgis.core import QgsTextFormat, QgsUnitTypes

        form = QgsTextFormat()
        form.setFont(font)
        form.setSize(font.pointSizeF())
        form.setSizeUnit(QgsUnitTypes.RenderUnit.RenderPoints)
        form.setColor(colour)
        label.setTextFormat(form)
    else:
        label.setFont(font)
        label.setFontColor(colour)


def no_threading() -> QgsProcessingAlgorithm.Flag:
    """The flag of an algorithm that draws layouts, which only the main thread may: QGIS 3.36 gave it another home."""
    from qgis.core import Qgis, QgsProcessingAlgorithm

    flag = getattr(QgsProcessingAlgorithm.Flag, "FlagNoThreading", None)
    return flag if flag is not None else getattr(Qgis, "ProcessingAlgorithmFlag").NoThreading  # noqa: B009


def rights_of(layer: QgsMapLayer) -> str:
    """What a layer says of whose data it is: QGIS 3.38 keeps it with what its server says of it."""
    stated = layer.metadata().rights()
    server = layer.serverProperties()
    served = server.attribution() if hasattr(server, "attribution") else layer.attribution()
    return " ".join(dict.fromkeys(t.strip() for t in (*stated, served) if t and t.strip()))
