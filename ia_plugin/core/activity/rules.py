"""What observed time is called, and the table of rules by which it is linked to events; a force edits its own copy."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Union

import numpy as np
import pandas as pd

from ..columns import require
from ..errors import FileError, ParameterError
from ..sentence import phrase
from ..texts import texts

# Activity, and its words. In this order a moment is given to the first that claims it.
LINKED = (
    ("incident_reference", phrase("at or near an incident, linked by reference")),
    ("search_reference", phrase("at a stop and search, linked by reference")),
    ("search_place_time", phrase("at or near a stop and search, by place and time")),
    ("incident_place_time", phrase("at or near an incident, by place and time")),
)
REST = (
    ("police_site", phrase("at a police site")),
    ("on_foot", phrase("on foot, nothing linked")),
    ("in_vehicle", phrase("in a vehicle, nothing linked")),
    ("on_bicycle", phrase("on a bicycle, nothing linked")),
    ("stopped", phrase("stopped, reason not recorded")),
    ("not_known", phrase("not known")),
)
ACTIVITY_WORDS = dict(LINKED + REST)
ACTIVITIES = tuple(ACTIVITY_WORDS)
N_LINKED = len(LINKED)
# Printed in this order: what is not known first (METHODS §4).
PRINTED = ("not_known", *(a for a in ACTIVITIES if a != "not_known"))
OF_MODE = {"foot": "on_foot", "vehicle": "in_vehicle", "bicycle": "on_bicycle", "stationary": "stopped"}
HOW = ("reference", "place_time")
KINDS = ("crime", "incident", "stop_search")

_COLUMNS = ("activity", "how", "kind", "category", "near_m", "before_s", "after_s", "lasts_s", "least_s")
_DEFAULT = (
    ("incident_reference", "reference", "incident", "*", 250.0, 0.0, 0.0, 1800.0, 0.0),
    ("search_reference", "reference", "stop_search", "*", 250.0, 0.0, 0.0, 900.0, 0.0),
    ("search_place_time", "place_time", "stop_search", "*", 100.0, 0.0, 0.0, 900.0, 120.0),
    ("incident_place_time", "place_time", "incident", "*", 150.0, 0.0, 0.0, 1800.0, 120.0),
)


def default_rules() -> pd.DataFrame:
    """The default table of rules.

    Columns: ``activity`` (one of the linked ones), ``how`` (``reference``: the event names the officer; ``place_time``), ``kind``
    and ``category`` of the events (``*`` for all), ``near_m`` (the officer's straight way within so many metres; where an event
    has no place, a reference counts by time alone), ``before_s`` and ``after_s`` (the event's time is widened by), ``lasts_s``
    (how long an event is taken to last that tells one moment only), ``least_s`` (an officer near for less is passing by). Near and
    long are judgements: a force sets its own.
    """
    return pd.DataFrame(_DEFAULT, columns=list(_COLUMNS))


def check_rules(rules: pd.DataFrame) -> pd.DataFrame:
    """The table with its numbers as numbers, in the order given.

    Raises
    ------
    ParameterError, ColumnError
        naming the row and the value that cannot be used.
    """
    require(rules, _COLUMNS, "rules")
    ready = rules[list(_COLUMNS)].reset_index(drop=True).copy()
    # A cell left empty means all categories.
    ready["category"] = texts(ready["category"], missing="*").str.strip()
    for name, known in (("activity", [a for a, _ in LINKED]), ("how", list(HOW)), ("kind", list(KINDS))):
        wrong = ~ready[name].isin(known)
        if wrong.any():
            i = int(np.flatnonzero(wrong)[0])
            raise ParameterError(
                f"Row {i + 1} of the rules has {name} = {ready[name][i]!r}.", f"Write one of: {', '.join(known)}."
            )
    # What is said to be linked by reference must be: the two are kept apart.
    mixed = [not str(a).endswith(h) for a, h in zip(ready["activity"], ready["how"])]
    if any(mixed):
        i = mixed.index(True)
        raise ParameterError(
            f"Row {i + 1} of the rules links {ready['activity'][i]} by {ready['how'][i]}.",
            "Give the activity whose name ends with how it is linked.",
        )
    other = [
        str(a).startswith("search") != (k == "stop_search") or k == "crime"
        for a, k in zip(ready["activity"], ready["kind"])
    ]
    if any(other):
        i = other.index(True)
        raise ParameterError(
            f"Row {i + 1} of the rules calls time at a {ready['kind'][i]} {ready['activity'][i]}.",
            "Incidents are linked as incident_…, searches (stop_search) as search_…; crimes are not linked.",
        )
    for name in _COLUMNS[4:]:
        values = pd.to_numeric(ready[name], errors="coerce").to_numpy(dtype=np.float64)
        bad = ~(np.isfinite(values) & (values >= 0) & (values <= 1e6))
        if bad.any():
            i = int(np.flatnonzero(bad)[0])
            raise ParameterError(
                f"Row {i + 1} of the rules has {name} = {ready[name].tolist()[i]!r}.",
                "Write a number from 0 to 1000000.",
            )
        ready[name] = values
    return ready


def read_rules(path: Union[str, Path]) -> pd.DataFrame:
    """A force's own table, from a CSV file with the columns of :func:`default_rules`."""
    try:
        table = pd.read_csv(path, encoding="utf-8-sig", sep=None, engine="python", comment="#")
    except OSError as error:
        raise FileError(f"The rules {str(path)!r} cannot be read ({error.strerror}).", "Check the path.") from None
    except (ValueError, csv.Error) as error:
        raise FileError(f"The rules {str(path)!r} are no CSV table ({error}).", "Save them as CSV, UTF-8.") from None
    return check_rules(table)
