"""Each run adds a row to a record that is never changed: the store's, where there is one, else the user's own."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from qgis.core import QgsApplication

from ..core.connection_text import WITHHELD, holds_password, names_a_database
from ..core.errors import ImpactAreaError, StoreError
from ..core.params import PurposeParams
from ..core.resources import plugin_version
from .run import Run

if TYPE_CHECKING:
    import pandas as pd

EVALUATIONS = ("matchareas", "baseline", "displacement", "presencecrime", "callscrime", "trial", "technicalreport")
LAYERS = ("STORE", "INPUT", "AREAS", "COMPARISON_AREAS", "EVENTS", "CALLS", "CRIMES")
"""Parameters that say which data a run is of that stands in the user's own record."""


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
    if not _added_to_shared(run, row):
        record_run(_record_of(run), row, run.waits)


def _added_to_shared(run: Run, row: pd.DataFrame) -> bool:
    """Add the row to the record of the shared store that a run was of; False where it was of none, or of one that takes no record yet."""
    target = _shared_of(run)
    if not target:
        return False
    from ..store.postgis.home import PostgisStore

    try:
        with PostgisStore(target) as shared:
            shared.add_run(row)
    except StoreError:
        return False
    return True


def shown_parameters(run: Run) -> dict[str, object]:
    """The parameters of a run by name, as they can be read later."""
    known = [p.name() for p in run.algorithm.parameterDefinitions()]
    return {n: _shown(run.parameters[n]) for n in known if n in run.parameters}


def evaluations_before(run: Run) -> Optional[int]:
    """How many evaluations touched these data before, by the records of runs: of the store, and the user's own of the same store or layers.

    None where a record cannot be read: that of a store lies in its restricted half, which a reader of the summary alone lacks.
    """
    of_store, shared = _of_store(run), _shared_of(run)
    if of_store is None and not shared and run.parameters.get("STORE"):
        return None
    try:
        count = _evaluations_of_shared(shared) if shared else len(_evaluations(of_store)) if of_store is not None else 0
        asked = _layers(run.parameters)
        return count + sum(_layers(json.loads(text)) == asked for text in _evaluations(own_record()))
    except (ImpactAreaError, OSError):
        return None


def _shared_of(run: Run) -> str:
    """The database that a run's STORE names; "" where it names none, or holds a password."""
    named = "STORE" in [p.name() for p in run.algorithm.parameterDefinitions()]
    target = run.text("STORE") if named else ""
    return target if names_a_database(target) and not holds_password(target) else ""


def _evaluations_of_shared(target: str) -> int:
    from ..store.postgis.home import PostgisStore

    with PostgisStore(target) as shared:
        return shared.times_done(EVALUATIONS)


def _evaluations(path: Path) -> list[str]:
    """The parameters of each evaluation that a record has as done."""
    from ..gpkg.geopackage import GeoPackage

    if not path.is_file():
        return []
    with GeoPackage(path, create=False) as package:
        rows = package.read("runs") if "runs" in package.tables() else None
    if rows is None:
        return []
    return [str(p) for p in rows.loc[rows["what"].isin(EVALUATIONS) & (rows["outcome"] == "done"), "parameters"]]


def _layers(parameters: Mapping[str, object]) -> dict[str, object]:
    """Which data a run was of; one store under whichever name of its folder."""
    shown = {n: _shown(parameters[n]) for n in LAYERS if parameters.get(n)}
    return {
        n: os.path.normcase(os.path.abspath(str(v))) if n == "STORE" and not names_a_database(str(v)) else v
        for n, v in shown.items()
    }


def _of_store(run: Run) -> Optional[Path]:
    """The restricted file of a run's store, where its record is; None without one."""
    from ..store.store import RESTRICTED

    named = "STORE" in [p.name() for p in run.algorithm.parameterDefinitions()]
    path = Path(run.text("STORE")) / RESTRICTED if named and run.text("STORE") else None
    return path if path is not None and path.is_file() else None


def _record_of(run: Run) -> Path:
    """The store's record where there is a store that may be written to, else the user's own."""
    path = _of_store(run)
    may_write = path is not None and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return path if path is not None and may_write else own_record()


def _shown(value: object) -> object:
    """A parameter as it can be read later: a layer by its source's name, never its connection."""
    if hasattr(value, "name") and callable(value.name):
        return f"layer {value.name()}"
    text = value if isinstance(value, (bool, int, float, str, type(None))) else str(value)
    return WITHHELD if isinstance(text, str) and holds_password(text) else text
