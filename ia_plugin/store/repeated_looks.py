"""How often one officer was looked at, told to the owner of the record: by whom and for what, never at whom.

An opened officer-day or visit leaves a mark made under a secret of its own. Marks go after thirty days, and the secret with the last
of them; the record of runs, which stays, has neither. Another program that changes the marks changes no line of that record.
"""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Union

import pandas as pd

from ..core.privacy import Key
from ..gpkg.geopackage import GeoPackage
from .audit import add_run, run_row
from .look import why_no_look
from .marks import has_table
from .summary import summary_path
from .tables import RESTRICTED

WITHIN = pd.Timedelta("30D")
MANY = 3  # looks from which each is told in the record of runs
OPENED, REPEATED = "journey", "repeated look at one officer"  # in the record of runs
LOOKED = "officer-day or visit"
COLUMNS = ("what", "looks", "people", "purposes", "first", "last")
# Not layers for anybody, so they are in no contents.
_LAY_OUT = (
    "CREATE TABLE IF NOT EXISTS look_marks (mark TEXT NOT NULL, at TEXT NOT NULL, who TEXT, purpose TEXT)",
    "CREATE TABLE IF NOT EXISTS look_secret (secret TEXT NOT NULL)",
)


def add_look(package: GeoPackage, officer: str, run: pd.DataFrame) -> int:
    """Note a look at an officer, within the caller's transaction; how many there were within thirty days, this one included.

    Parameters
    ----------
    package : the restricted file
    officer : the pseudonym; it is not written
    run : the row of the record of runs, for when, who and why
    """
    for statement in _LAY_OUT:
        package.execute(statement)
    package.forget_what_is_removed()
    row = run.iloc[0]
    forget_looks(package, row["at"] - WITHIN)
    if not package.execute("SELECT 1 FROM look_secret"):
        package.execute("INSERT INTO look_secret VALUES (?)", (secrets.token_hex(32),))
    secret = str(package.execute("SELECT secret FROM look_secret")[0][0])
    mark = Key(bytes.fromhex(secret)).digest(f"look at {officer}", 24)
    package.execute("INSERT INTO look_marks VALUES (?, ?, ?, ?)", (mark, row["at"], row["who"], row["purpose"]))
    return int(package.execute("SELECT count(*) FROM look_marks WHERE mark = ?", (mark,))[0][0])


def record_look(package: GeoPackage, officer: str, run: pd.DataFrame, label: str, again: set[str]) -> None:
    """Record an opening with the mark that repeated looks are told by: both, or neither and an error.

    Parameters
    ----------
    package, officer, run : as of :func:`add_look`
    label : of the officer-day within a session
    again : labels that the session opened before, which count once; it gets this one
    """
    with package.transaction():
        add_run(package, run)
        looks = add_look(package, officer, run) if label not in again else 0
        if looks >= MANY:
            row, facts = run.iloc[0], {"looks": looks, "within days": WITHIN.days}
            asked = {name: row[name] for name in ("at", "version", "purpose", "audience")}
            add_run(package, run_row(REPEATED, parameters=facts, **asked))
    again.add(label)


def looks_before(package: GeoPackage, before: pd.Timestamp) -> int:
    """How many marks of looks are older than `before`."""
    if not has_table(package, "look_marks"):
        return 0
    return int(package.execute("SELECT count(*) FROM look_marks WHERE at < ?", (before,))[0][0])


def forget_looks(package: GeoPackage, before: pd.Timestamp) -> None:
    """Remove marks of looks that are older than `before`, in the caller's transaction; with the last of them their secret."""
    if not has_table(package, "look_marks"):
        return
    package.execute("DELETE FROM look_marks WHERE at < ?", (before,))
    if not package.execute("SELECT 1 FROM look_marks LIMIT 1"):
        package.execute("DELETE FROM look_secret")


def forget_expired_looks(package: GeoPackage, at: pd.Timestamp) -> None:
    """Remove the marks whose thirty days are over: by whoever looks next, and each night, for nobody may look again."""
    if looks_before(package, at - WITHIN):
        package.forget_what_is_removed()
        with package.transaction():
            forget_looks(package, at - WITHIN)


def repeated_looks(folder: Union[str, Path], *, at: pd.Timestamp) -> pd.DataFrame:
    """Officers who were looked at more than once within thirty days, each a row that names nobody.

    Officer-days with visits that were opened, and checks of one officer-day, are counted apart: nothing shows whether both were at one officer.

    Parameters
    ----------
    folder : of the store
    at : now

    Returns
    -------
    DataFrame ``what`` (:data:`LOOKED`, or a check as in the record of runs), ``looks``, ``people`` and ``purposes`` (comma between), ``first`` and
    ``last`` (civil dates, UTC); the most looks first. Empty where there are none, or the restricted file cannot be read.
    """
    from .check_one import WHAT as CHECK

    path = summary_path(folder).parent
    parts = []
    if why_no_look(path) == "":
        with GeoPackage(path / RESTRICTED, create=False) as package:
            if has_table(package, "look_marks"):
                rows = package.execute("SELECT mark, at, who, purpose FROM look_marks WHERE at >= ?", (at - WITHIN,))
                parts.append(pd.DataFrame(rows, columns=["mark", "at", "who", "purpose"]).assign(what=LOOKED))
            if "runs" in package.tables():
                rows = package.execute(
                    "SELECT parameters, at, who, purpose FROM runs WHERE what = ? AND at >= ?", (CHECK, at - WITHIN)
                )
                checks = pd.DataFrame(rows, columns=["mark", "at", "who", "purpose"]).assign(what=CHECK)
                checks["mark"] = [json.loads(p).get("officer mark") for p in checks["mark"]]
                parts.append(checks[checks["mark"].notna()])
    looks = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["mark", "at", "who", "purpose", "what"])  # fmt: skip
    if not len(looks):
        return pd.DataFrame(columns=[*COLUMNS])
    groups = looks.assign(day=looks["at"].str[:10]).groupby(["what", "mark"], sort=False)
    together = lambda values: ", ".join(sorted(set(values.dropna())))  # noqa: E731
    found = groups.agg(
        looks=("at", "size"), people=("who", together), purposes=("purpose", together),
        first=("day", "min"), last=("day", "max"),
    )  # fmt: skip
    found = found[found["looks"] > 1].reset_index().sort_values(["looks", "last"], ascending=False, kind="stable")
    return found[[*COLUMNS]].reset_index(drop=True)


def looks_in_words(table: pd.DataFrame) -> tuple[str, ...]:
    """The rows of :func:`repeated_looks` as sentences, for the owner of the record.

    >>> row = {"what": "officer-day or visit", "looks": 3, "people": "ada", "purposes": "training", "first": "2024-07-01", "last": "2024-07-03"}
    >>> looks_in_words(pd.DataFrame([row]))
    ('One officer was looked at 3 times (officer-day or visit), 1 July to 3 July 2024, by ada, for: training.',)
    """
    words = []
    for row in table.to_dict("records"):
        first, last = pd.Timestamp(row["first"]), pd.Timestamp(row["last"])
        days = f"{last.day} {last:%B %Y}" if first == last else f"{first.day} {first:%B} to {last.day} {last:%B %Y}"
        words.append(
            f"One officer was looked at {row['looks']} times ({row['what']}), {days}, by {row['people']}, for: {row['purposes']}."
        )
    return tuple(words)


__all__ = [
    "COLUMNS",
    "LOOKED",
    "MANY",
    "OPENED",
    "REPEATED",
    "WITHIN",
    "add_look",
    "forget_expired_looks",
    "forget_looks",
    "looks_before",
    "looks_in_words",
    "record_look",
    "repeated_looks",
]
