"""The demo's force: two months of an invented force, in which not every day is alike, and the notes that say so.

Invented areas, simulated officers. The days are chosen for the dock: May and June are whole and closed, the last four whole weeks and
the four before them have data, and the days that differ lie before both, so that no default comparison is cut by a note.

    world = simulate_force(streets, areas, sites, officers=60)
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import shapely

from ia_plugin.core.columns import NOTES
from ia_plugin.core.params import SimulateParams
from ia_plugin.core.simulate import Simulation, StreetNetwork, simulate_shifts
from ia_plugin.core.times.civil import moment_of

# Two whole months, and the days beyond the second one's end that it needs to be closed.
FIRST_DAY, LAST_DAY = "2024-05-01", "2024-07-04"
WEEK = ("2024-06-24", "2024-07-01")  # what the project shows; the end is not in it
INTERVAL_S = 300.0
TIMEZONE = "Europe/London"
# An operation: officers on foot who parade in one Impact Area, beside the shifts of every day.
OPERATION_AREA, OPERATION_OFFICERS, OPERATION = "D26", 12, ("2024-05-03", "2024-05-06")
# An outage: no radio's reports arrived, though the officers were at work. Civil times.
OUTAGE = ("2024-05-02 08:00", "2024-05-02 18:00")
AUTHOR = "the demo"


def simulate_force(streets: pd.Series, areas: pd.DataFrame, sites: pd.DataFrame, *, officers: int) -> Simulation:
    """The whole force over all days of the demo: its shifts, the operation, the outage.

    Parameters
    ----------
    streets : lines, metres
    areas, sites : areas tables
    officers : how many there are without those of the operation
    """
    days = (pd.Timestamp(LAST_DAY) - pd.Timestamp(FIRST_DAY)).days + 1
    params = SimulateParams(officers=officers, days=days, first_day=FIRST_DAY, interval_s=INTERVAL_S, timezone=TIMEZONE)
    world = simulate_shifts(StreetNetwork.from_lines(streets), areas, sites, params)
    return without_reports(together(world, operation(streets, areas)), OUTAGE)


def operation(streets: pd.Series, areas: pd.DataFrame) -> Simulation:
    """The operation's officers alone, on its area's streets and under names of their own; it causes no crimes."""
    here = areas[areas["area_id"] == OPERATION_AREA].reset_index(drop=True)
    lines = streets.to_numpy(dtype=object)
    network = StreetNetwork.from_lines(lines[shapely.intersects(lines, here["geometry"][0])])
    params = SimulateParams(
        officers=OPERATION_OFFICERS,
        days=(pd.Timestamp(OPERATION[1]) - pd.Timestamp(OPERATION[0])).days,
        first_day=OPERATION[0],
        interval_s=INTERVAL_S,
        timezone=TIMEZONE,
        seed=2,
        foot_share=1.0,
        crimes_per_day=0.0,
    )
    world = simulate_shifts(network, here, here, params)  # their station is in the area

    def renamed(table: pd.DataFrame, column: str, letter: str) -> pd.Series:
        return table[column].astype(str).str.replace(letter, f"{letter}9", regex=False)

    named = {n: getattr(world, n) for n in ("truth", "postings", "duties", "fixes", "events")}
    for name in ("truth", "postings", "duties", "fixes"):
        named[name] = named[name].assign(officer_id=renamed(named[name], "officer_id", "S"))
    named["fixes"] = named["fixes"].assign(radio_id=renamed(named["fixes"], "radio_id", "R"), unit="Operations")
    named["postings"] = named["postings"].assign(unit="Operations")
    named["events"] = named["events"].assign(
        officer_ids=renamed(named["events"], "officer_ids", "S"),
        event_id=renamed(named["events"], "event_id", "E"),
        source_ref="operation " + named["events"]["source_ref"],
    )
    return Simulation(**named)


def together(world: Simulation, other: Simulation) -> Simulation:
    """Two simulated forces as one; what happens goes by time, and each straight move has a number of its own."""
    tables = {}
    for name, column in (("fixes", "time"), ("truth", ""), ("postings", ""), ("duties", "start"), ("events", "start")):
        table = pd.concat([getattr(world, name), getattr(other, name)], ignore_index=True)
        tables[name] = table.sort_values(column, kind="stable").reset_index(drop=True) if column else table
    tables["truth"] = tables["truth"].assign(leg_id=np.arange(len(tables["truth"])))
    return Simulation(**tables)


def without_reports(world: Simulation, span: tuple[str, str]) -> Simulation:
    """The force where nobody's reports of a span of civil time arrived; what happened, happened all the same."""
    first, end = (moment_of(pd.Timestamp(moment), TIMEZONE) for moment in span)
    time = world.fixes["time"]
    return replace(world, fixes=world.fixes[(time < first) | (time >= end)].reset_index(drop=True))


def week_of(world: Simulation) -> Simulation:
    """What of a simulated force lies in the week that the project shows."""
    first, end = (moment_of(pd.Timestamp(day), TIMEZONE) for day in WEEK)

    def within(table: pd.DataFrame, column: str) -> pd.DataFrame:
        return table[(table[column] >= first) & (table[column] < end)].reset_index(drop=True)

    return replace(
        world,
        fixes=within(world.fixes, "time"),
        duties=within(world.duties, "start"),
        events=within(world.events, "start"),
    )


def week_in_words() -> str:
    """The days of the week shown.

    >>> week_in_words()
    '24–30 June 2024'
    """
    first, last = pd.Timestamp(WEEK[0]), pd.Timestamp(WEEK[1]) - pd.Timedelta("1D")
    return f"{first.day}–{last.day} {last:%B %Y}"


def notes(areas: pd.DataFrame) -> pd.DataFrame:
    """What people know of these two months: table ``notes`` of the data dictionary."""
    name = areas.set_index("area_id")["name"][OPERATION_AREA]
    rows = [
        (
            "operation",
            *OPERATION,
            OPERATION_AREA,
            f"Planned operation in {name}: {OPERATION_OFFICERS} more officers on foot",
        ),
        ("outage", *OUTAGE, None, "Outage of the radio system, 08:00–18:00: no positions"),
    ]
    table = pd.DataFrame(rows, columns=["kind", "from", "to", "area_id", "text"])
    for column in ("from", "to"):
        table[column] = [moment_of(pd.Timestamp(moment), TIMEZONE) for moment in table[column]]
    table["to"] -= pd.Timedelta("1s")  # the last moment, where the constants have the end
    table["note_id"] = [f"demo-{kind}" for kind in table["kind"]]
    return table.assign(unit=None, source=None, author=AUTHOR, recorded_at=table["from"], supersedes=None)[
        [*NOTES.names]
    ]
