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
    from ..store.store import RESTRICTED

    known = [p.name() for p in run.algorithm.parameterDefinitions()]
    shown = {n: _shown(run.parameters[n]) for n in known if n in run.parameters}
    purpose = run.choice("PURPOSE") if "PURPOSE" in known else None
    row = run_row(
        run.algorithm.name(),
        at=pd.Timestamp(began, unit="s", tz="UTC").floor("ms"),
        version=plugin_version(),
        parameters=shown,
        inputs=run.account.get("inputs"),
        rows_read=run.account.get("rows_read"),
        rows_used=run.account.get("rows_used"),
        dropped=run.account.get("dropped"),
        purpose=purpose or (PurposeParams().purpose if "PURPOSE" in known else None),
        audience=run.account.get("audience", "restricted"),
        outcome=outcome,
        seconds=time.time() - began,
    )
    folder = run.text("STORE") if "STORE" in known else ""
    path = Path(folder) / RESTRICTED if folder and (Path(folder) / RESTRICTED).is_file() else own_record()
    record_run(path, row, run.waits)


def _shown(value: object) -> object:
    """A parameter as it can be read later: a layer by its source's name, never its connection."""
    if hasattr(value, "name") and callable(value.name):
        return f"layer {value.name()}"
    text = value if isinstance(value, (bool, int, float, str, type(None))) else str(value)
    return text.split("password=")[0] if isinstance(text, str) else text
