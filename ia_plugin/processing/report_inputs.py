"""What the technical report is made of: the evaluation asked of all days, the store's own account, and by what it was made."""

from __future__ import annotations

import hashlib
import platform
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Any, Optional

from qgis.core import Qgis

from ..core.connection_text import names_a_database
from .answer_inputs import given
from .run import Run
from .run_record import evaluations_before, shown_parameters

if TYPE_CHECKING:
    from ..core.about.facts import About
    from ..core.evaluation.panel import Panel
    from ..core.material.summary_tables import Material
    from ..core.report.technical import Made

LIBRARIES = ("numpy", "pandas", "shapely", "pyproj", "scipy", "matplotlib")
MODELS = ("movement_model.json", "bridge_model.json", "share_spread.json")
LEFT_OUT = ("MARKING",)


def panel_beside(run: Run, material: Material) -> Panel:
    """Areas through the periods of all days of the data.

    Raises
    ------
    ParameterError
        for the public, by anything but whole months.
    """
    from ..core.evaluation.panel import panel_of
    from ..core.params import PanelParams
    from .evaluation_inputs import period_for

    params = PanelParams(
        period=period_for(run), timezone=run.text("TIMEZONE"), least_covered=run.number("LEAST_COVERED")
    )
    panel = panel_of(material, params)
    run.warn(*panel.warnings)
    return panel


def about_asked(run: Run) -> Optional[About]:
    """What the store tells of itself; None for layers."""
    from ..store.about_facts import about_of

    return about_of(run.text("STORE")) if run.text("STORE") else None


def made_of(run: Run, material: Material) -> Made:
    """What a report tells of its own making; its inputs and their hashes go into the record of runs too."""
    from datetime import datetime

    from ..core.report.technical import Made
    from ..core.resources import plugin_version, resource_path
    from ..core.times.civil import pandas_zone

    hashes = {f"resources/{name}": hash_of(resource_path(name)) for name in MODELS}
    if run.text("STORE") and not names_a_database(run.text("STORE")):  # a database is no file that has a hash
        from ..store.summary import summary_path

        path = summary_path(run.text("STORE"))
        hashes = {path.name: hash_of(path), **hashes}
    run.account["inputs"] = dict(hashes)
    return Made(
        datetime.now(pandas_zone(material.timezone)).date(),
        evaluations_before(run),
        {n: _without_folders(v) for n, v in shown_parameters(run).items() if v not in (None, "") and n not in LEFT_OUT},
        {
            "Impact Area": plugin_version(),
            "QGIS": Qgis.QGIS_VERSION,
            "Python": platform.python_version(),
            **_libraries(),
        },
        hashes,
        _provenance(run),
    )


def _without_folders(value: object) -> str:
    """A parameter as a report shows it: of a path the last part, for folders above it may bear a person's name.

    >>> _without_folders("D:/force/store"), _without_folders("extracts/store.gpkg"), _without_folders("month")
    ('store', 'store.gpkg', 'month')
    """
    text = str(value)
    return PureWindowsPath(text).name or text if "/" in text or "\\" in text else text


def hash_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for part in iter(lambda: file.read(1 << 20), b""):
            digest.update(part)
    return digest.hexdigest()


def _libraries() -> dict[str, str]:
    from importlib import metadata  # not where QGIS only lists the tools

    found = {}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _provenance(run: Run) -> dict[str, Any]:
    """Of the calibrated model where one was given, else of the plugin's."""
    from ..core.movement.model import default_model
    from .movement_model import model_of

    model = model_of(run) if given(run, "MODEL") else None
    return dict((model or default_model()).provenance)


__all__ = ["about_asked", "hash_of", "made_of", "panel_beside"]
