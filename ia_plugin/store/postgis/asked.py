"""What a shared store shows after it was asked, as tables; and why it shows somebody nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from ...core.columns import TABLES, Table
from ...core.empty import empty_table
from ...core.errors import StoreError
from ...core.sentence import sentence
from ...core.sql import Sql, composed
from ...pgcopy.decode import columns_of
from ...pgcopy.driver import Connection
from .columns import GEOMETRY, frame_of, positions_of
from .home import PostgisStore

TYPES = {"str": "text", "float": "float8", "int": "int8", "time": "timestamptz", "bool": "bool"}
"""Kind of a column of the data dictionary -> the server's type."""
_REPORTS = {
    "time": "timestamptz", "accuracy_m": "float8", "speed_kmh": "float8", "heading_deg": "float8", "reason": "text", "radio_kind": "text", "unit": "text",
    "resource_type": "text", "record_id": "text", "source_ref": "text", "local_hour": "int2", "local_weekday": "int2", "file": "text",
    "joined": "bool", "skipped": "bool", "geom": "geometry",
}  # fmt: skip


def asked_rows(
    shared: PostgisStore, function: str, values: Sequence[object], types: Mapping[str, str], known: Table
) -> pd.DataFrame:
    """The rows of a function of ``ia_journeys``.

    Parameters
    ----------
    values : what it is asked with
    types : column -> the server's type, of those that are read
    known : the table that they are of; its form is that of the other home
    """
    marks = [Sql("%s::timestamptz") if isinstance(v, pd.Timestamp) else Sql("%s") for v in values]
    sql = composed(
        "COPY (SELECT {names} FROM ia_journeys.{function}({marks})) TO STDOUT (FORMAT binary)",
        names=[*types], function=function, marks=Sql(", ".join(marks)),
    )  # fmt: skip
    bound = [v.isoformat() if isinstance(v, pd.Timestamp) else v for v in values]
    rows = shared.db.copy_out(shared.db.filled(sql, bound))
    if len(rows) > 1:
        return frame_of([*types], columns_of(rows, [*types.values()]), known)
    names = [n for n in types if n != GEOMETRY] + [*(positions_of(known) if GEOMETRY in types else ())]
    return empty_table(known).reindex(columns=names)


def read_reports(shared: PostgisStore, number: int) -> tuple[pd.DataFrame, dict[str, str]]:
    """(reports that a recorded look shows, names of the files they stand in), see :func:`~..source_places.names_of_sources`.

    ``joined`` of a report says that a leg begins there, ``skipped`` that others are left out between it and the next; missing of a check.
    """
    fixes = asked_rows(shared, "reports", [number], _REPORTS, TABLES["fixes"])
    known = fixes[fixes["file"].notna()]
    names = {str(ref)[:16]: str(file) for ref, file in zip(known["source_ref"], known["file"])}
    return fixes.drop(columns="file"), names


def why_no_inspector(target: str) -> str:
    """Why a login cannot ask for what a shared store restricts; "" where it can."""
    may = (
        "SELECT session_user, pg_has_role(session_user, 'ia_inspector', 'USAGE'), current_setting('transaction_read_only') = 'on' "
        "FROM pg_roles WHERE rolname = 'ia_inspector'"
    )
    try:
        with Connection(target) as db:
            found = db.execute(may)
    except StoreError as error:
        return error.sentence
    if not found:
        return sentence("There is no shared store in this database.")
    login, is_inspector, only_read = found[0]
    if is_inspector and only_read:
        return sentence(
            "This server can only be read, as a copy of the store: a look is recorded first, and cannot be here. Use the connection of the store itself."
        )
    if is_inspector:
        return ""
    return sentence(
        "Your login {login!r} has not the role ia_inspector, which alone may ask for this: who keeps the database gives it.", login=str(login)
    )  # fmt: skip


__all__ = ["TYPES", "asked_rows", "read_reports", "why_no_inspector"]
