"""Each run adds a row to a record that is never changed: the store's, where there is one, else the user's own."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Optional

from qgis.core import QgsApplication

from ..core.errors import ImpactAreaError
from ..core.params import PurposeParams
from ..core.resources import plugin_version
from .run import Run

EVALUATIONS = ("matchareas", "baseline", "displacement", "presencecrime", "callscrime", "trial", "technicalreport")
LAYERS = ("INPUT", "AREAS", "COMPARISON_AREAS", "EVENTS", "CALLS", "CRIMES")
"""Parameters that say which data a run without a store is of."""


def own_record() -> Path:
    """The record of runs without a store: in the user's QGIS profile."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "impactareas" / "runs.gpkg"


def record(run: Run, began: float, outcome: str) -> Optional[str]:
    """Add the run's row; a sentence where that could not be done: the run's own outcome is reported either way."""
    try:
        _add(run, began, outcome)
    except (ImpactAreaError, OSError) as error:
        return f"This run could not be added to the record of runs ({error})"
    except Exception as error:
        return f"This run could not be added to the record of runs ({type(error).__name__}: {error})"
    return None


def _add(run: Run, began: float, outcome: str) -> None:
    import pandas as pd

    from ..store.audit import record_run, run_row

    known = [p.name() for p in run.algorithm.parameterDefinitions()]
    purpose = run.choice("PURPOSE") if "PURPOSE" in known else None
    row = run_row(
        run.algorithm.name(),
        at=pd.Timestamp(began, unit="s", tz="UTC").floor("ms"),
        version=plugin_version(),
        parameters=shown_parameters(run),
        inputs=run.account.get("inputs"),
        rows_read=run.account.get("rows_read"),
        rows_used=run.account.get("rows_used"),
        dropped=run.account.get("dropped"),
        purpose=purpose or (PurposeParams().purpose if "PURPOSE" in known else None),
        audience=run.account.get("audience", "restricted"),
        outcome=outcome,
        seconds=time.time() - began,
    )
    record_run(_record_of(run), row, run.waits)


def shown_parameters(run: Run) -> dict[str, object]:
    """The parameters of a run by name, as they can be read later."""
    known = [p.name() for p in run.algorithm.parameterDefinitions()]
    return {n: _shown(run.parameters[n]) for n in known if n in run.parameters}


def evaluations_before(run: Run) -> Optional[int]:
    """How many evaluations touched these data before, by the record of runs: of the store, or of the same layers; None where it cannot be read."""
    import json

    from ..gpkg.geopackage import GeoPackage

    path = _record_of(run)
    if not path.is_file():
        return 0
    try:
        with GeoPackage(path, create=False) as package:
            if "runs" not in package.tables():
                return 0
            rows = package.read("runs")
    except (ImpactAreaError, OSError):
        return None
    rows = rows[rows["what"].isin(EVALUATIONS) & (rows["outcome"] == "done")]
    if path != own_record():
        return len(rows)
    own = {n: _shown(run.parameters[n]) for n in LAYERS if run.parameters.get(n)}
    return sum({n: v for n, v in json.loads(text).items() if n in LAYERS and v} == own for text in rows["parameters"])


def _record_of(run: Run) -> Path:
    """The store's record where there is a store that may be written to, else the user's own."""
    from ..store.store import RESTRICTED

    named = "STORE" in [p.name() for p in run.algorithm.parameterDefinitions()]
    folder = run.text("STORE") if named else ""
    return Path(folder) / RESTRICTED if folder and (Path(folder) / RESTRICTED).is_file() else own_record()


def _shown(value: object) -> object:
    """A parameter as it can be read later: a layer by its source's name, never its connection."""
    if hasattr(value, "name") and callable(value.name):
        return f"layer {value.name()}"
    text = value if isinstance(value, (bool, int, float, str, type(None))) else str(value)
    return text.split("password=")[0] if isinstance(text, str) else text
