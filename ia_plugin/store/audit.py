"""Who ran what, when and why: rows that can be added and never changed (Data Protection Act 2018, section 62)."""

from __future__ import annotations

import getpass
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Optional

import pandas as pd

from ..core.columns import RUNS
from ..core.sql import Sql, composed, literal
from ..gpkg.geopackage import BUSY_S, GeoPackage
from .writer_note import Tell, Wait, untold

_SECRET = ("key", "password", "passwd", "authcfg", "secret", "token")


def run_row(
    what: str,
    *,
    at: pd.Timestamp,
    version: str,
    parameters: Mapping[str, Any],
    inputs: Optional[Mapping[str, str]] = None,
    rows_read: Optional[int] = None,
    rows_used: Optional[int] = None,
    dropped: Optional[Mapping[str, int]] = None,
    purpose: Optional[str] = None,
    audience: Optional[str] = None,
    outcome: str = "done",
    seconds: float = 0.0,
) -> pd.DataFrame:
    """One row of the runs table; parameters that could hold a secret are left out."""
    shown = {k: v for k, v in parameters.items() if not any(s in k.lower() for s in _SECRET)}
    return pd.DataFrame(
        {
            "at": [at],
            "who": [_user()],
            "what": [what],
            "version": [version],
            "parameters": [json.dumps(shown, sort_keys=True, default=str)],
            "inputs": [json.dumps(dict(inputs or {}), sort_keys=True)],
            "rows_read": pd.array([rows_read], dtype="Int64"),
            "rows_used": pd.array([rows_used], dtype="Int64"),
            "dropped": [json.dumps({k: int(v) for k, v in (dropped or {}).items()}, sort_keys=True)],
            "purpose": pd.Series([purpose], dtype=object),
            "audience": pd.Series([audience], dtype=object),
            "outcome": [outcome],
            "seconds": [float(seconds)],
        }
    )


def add_run(package: GeoPackage, row: pd.DataFrame) -> None:
    """Add a row to the package's runs table, which refuses changes and removals from then on."""
    with package.transaction():
        package.append(RUNS, row)
        only_add_to(package, RUNS.name, "the record of runs")


def only_add_to(package: GeoPackage, table: str, called: str) -> None:
    """From now on no row of a table is changed or removed, by whatever program; `called` names it in the refusal."""
    for verb in ("UPDATE", "DELETE"):
        package.execute(
            composed(
                "CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, {words}); END",
                name=f"{table}_no_{verb.lower()}",
                verb=Sql(verb),
                table=table,
                words=literal(f"{called} can only be added to"),
            )
        )


def record_run(path: Path, row: pd.DataFrame, waiting: Tell = untold) -> None:
    """Add a row to the record of runs at `path`, a GeoPackage that is made where there is none.

    `waiting` is told while another program writes to it, and may raise to stop.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with GeoPackage(path, waiting=Wait(path, BUSY_S, waiting)) as package:
        add_run(package, row)


def _user() -> str:
    try:
        return getpass.getuser()
    except Exception:  # no such user on this machine
        return "unknown"
