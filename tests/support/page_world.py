"""Three months in twelve areas with all that a page must get right: clocks that change, days without data, an area that goes,
shared ground, police sites, cover, visits, records of every precision, late records, notes, and months by unit."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import shapely

from ia_plugin.core.columns import ALL, GROUP_TIME, NOTES
from ia_plugin.core.material.summary_tables import Material

FIRST, DAYS = date(2024, 9, 2), 92  # a Monday; the last whole day is Monday 2 December
ZONE = "Europe/London"
ROLES = ("impact",) * 6 + ("comparison",) * 5 + ("buffer",)
IDS = tuple(f"a{i:02}" for i in range(12))
LABELS = ("(impact)", "(comparison)", "(buffer)", "(rest)", "(site)")
MODES = ("foot", "vehicle", "bicycle", "stationary", "unknown")
ACTIVITIES = ("on_foot", "in_vehicle", "not_known", "incident_reference")


def page_world(*, sensitive: bool = False) -> Material:
    """The material, as a summary holds it; with `sensitive` some of its crimes are of sexual offences."""
    rng = np.random.default_rng(11)
    hours = _hours()
    officers = pd.DataFrame(
        [(p, d, ALL, ALL, int(n)) for p in (*IDS[:10], *LABELS) for d, n in zip(_noons(), rng.choice([0, 5], DAYS, p=[0.3, 0.7]))],
        columns=["area_id", "period", "dimension", "value", "officers"],
    )  # fmt: skip
    return Material.of(
        _areas(),
        _time_use(rng, hours),
        cover=_cover(rng, hours),
        visit_lengths=_visits(rng, hours),
        officers_seen=officers,
        events=_events(rng, sensitive),
        groups=_groups(rng),
        notes=_notes(),
        timezone=ZONE,
    )


def _hours() -> pd.DatetimeIndex:
    """Every hour from midnight on to 07:00 of the day after the last, but for two days and a night."""
    begin = pd.Timestamp(FIRST, tz=ZONE).tz_convert("UTC")
    hours = pd.date_range(begin, periods=24 * DAYS + 8, freq="h")  # one hour more: October has it twice
    at = np.arange(len(hours))
    return hours[~((at >= 24 * 30) & (at < 24 * 32)) & ~((at >= 24 * 70 + 1) & (at < 24 * 70 + 6))]


def _noons() -> pd.DatetimeIndex:
    return pd.date_range(pd.Timestamp(FIRST, tz="UTC") + pd.Timedelta(hours=11), periods=DAYS, freq="D")


def _areas() -> pd.DataFrame:
    shapes = [shapely.box(3000 * i, 0, 3000 * i + 700 + 90 * i, 1000) for i in range(12)]
    shapes[3] = shapely.box(3000 * 4 - 300, 0, 3000 * 4 + 200, 900)  # it shares ground with the next
    site = shapely.box(3000 * 2, 0, 3000 * 2 + 60, 60)
    until = [None] * 13
    until[5] = "2024-11-10"
    names = [f"Area {i:02}" for i in range(12)]
    names[0] = 'O\'Neill "<b>" — ünïcode'
    return pd.DataFrame(
        {"area_id": [*IDS, "s0"], "name": [*names, "Station"], "role": [*ROLES, "site"], "geometry": [*shapes, site],
         "valid_from": [None] * 13, "valid_to": until, "residents": [1000.0 + i for i in range(13)]}
    )  # fmt: skip


def _time_use(rng: np.random.Generator, hours: pd.DatetimeIndex) -> pd.DataFrame:
    rows = []
    for i, place in enumerate((*IDS, *LABELS)):
        for k, activity in enumerate(("police_site",) if place == "(site)" else ACTIVITIES):
            some = hours[rng.random(len(hours)) < (0.5, 0.2, 0.1, 0.05)[k]]
            spent = np.rint(rng.exponential(500.0 * (1 + i % 4), len(some))).clip(1, 14_000)
            parts = np.floor(rng.dirichlet((3, 2, 0.2, 1), len(some)).T * spent)
            rows.append(pd.DataFrame({
                "area_id": place, "period": some, "unit": ALL, "department": ALL, "officer_role": ALL, "resource_type": ALL,
                "activity": activity, "officer_seconds": spent, "variance": np.rint(rng.exponential(9000.0, len(some))),
                "systematic": np.rint(rng.exponential(8.0, len(some))),
                **dict(zip([f"{m}_seconds" for m in MODES], (*parts, spent - parts.sum(axis=0))))}))  # fmt: skip
    return pd.concat(rows, ignore_index=True)


def _cover(rng: np.random.Generator, hours: pd.DatetimeIndex) -> pd.DataFrame:
    rows = []
    for i, area in enumerate(IDS):
        some = hours[rng.random(len(hours)) < 0.4]
        rows.append(pd.DataFrame({
            "area_id": area, "period": some, "unit": ALL, "resource_type": ALL, "patrol_seconds": rng.integers(1, 3601, len(some)).astype(float),
            "officers": 1 + rng.poisson(0.4 + 0.3 * (i % 3), len(some))}))  # fmt: skip
    return pd.concat(rows, ignore_index=True)


def _visits(rng: np.random.Generator, hours: pd.DatetimeIndex) -> pd.DataFrame:
    rows = []
    for area in IDS:
        some = hours[rng.random(len(hours)) < 0.2]
        count = rng.integers(1, 4, len(some))
        rows.append(pd.DataFrame({
            "area_id": area, "period": some, "unit": ALL, "resource_type": ALL, "band": ALL, "visits": count,
            "seconds": (count * rng.integers(60, 3000, len(some))).astype(float)}))  # fmt: skip
    return pd.concat(rows, ignore_index=True)


def _events(rng: np.random.Generator, sensitive: bool) -> pd.DataFrame:
    n = 5000
    at = pd.Timestamp("2024-08-20", tz=ZONE).tz_convert("UTC") + pd.to_timedelta(
        rng.integers(0, 105 * 24 * 60, n), unit="min"
    )
    kind = rng.choice(["crime", "incident", "stop_search"], n, p=[0.5, 0.4, 0.1])
    precision = np.where(
        kind == "crime", rng.choice(["minute", "hour", "day", "month"], n, p=[0.6, 0.3, 0.07, 0.03]), "minute"
    )
    local = at.tz_convert(ZONE)
    start = pd.Series(at).where(precision != "day", local.normalize().tz_convert("UTC"))
    months = (
        pd.DatetimeIndex([d.replace(day=1) for d in local.normalize().tz_localize(None)])
        .tz_localize(ZONE)
        .tz_convert("UTC")
    )
    start = start.where(precision != "month", months)
    window = np.where((precision == "hour") & (rng.random(n) < 0.6), rng.integers(60, 700, n), 0)
    where = rng.integers(0, 12, n)
    words = ["Burglary", "Theft", "Criminal damage", "Rape of a female" if sensitive else "Robbery"]
    return pd.DataFrame(
        {"event_id": [str(i) for i in range(n)], "kind": kind, "category": np.where(kind == "stop_search", "Drugs", rng.choice(words, n, p=[0.4, 0.3, 0.2, 0.1])),
         "start": start, "end": start + pd.to_timedelta(window, unit="min"), "time_precision": precision,
         "x": np.where(rng.random(n) < 0.05, np.nan, 3000.0 * where + rng.integers(-300, 900, n)), "y": 500.0, "source": "test", "outcome": "any",
         "key_type": np.where(kind == "crime", rng.choice(["force priority", ""], n), ""),
         "object_found": np.where(kind == "stop_search", np.where(rng.random(n) < 0.2, None, rng.random(n) < 0.3), None),
         "recorded_at": at + pd.to_timedelta(rng.exponential(30.0, n).clip(0, 400), unit="h")}
    )  # fmt: skip


def _groups(rng: np.random.Generator) -> pd.DataFrame:
    """September and October by unit and by resource type: roles in blocks of hours, areas as a whole, some without a unit."""
    rows = []
    for month in ("2024-09-01", "2024-10-01"):
        start = pd.Timestamp(month, tz=ZONE).tz_convert("UTC")
        for dimension, values in (("unit", ("Dogs", "North", "South")), ("resource_type", ("car", "foot"))):
            for place in (*IDS, *LABELS):
                blocks = (
                    [(w, h, n) for w in range(7) for h, n in ((0, 7), (7, 15), (22, 2))]
                    if place.startswith("(")
                    else [(-1, 0, 24)]
                )
                for i, value in enumerate(values):
                    if not place.startswith("(") and rng.random() < 0.1:
                        value = "other"
                    for weekday, first, count in blocks:
                        spent = 900.0 * int(rng.integers(4, 90))
                        rows.append((start, dimension, value, place, weekday, first, count, spent, 90_000.0 + i, 60.0))
    names = [
        "month",
        "dimension",
        "value",
        "area_id",
        "weekday",
        "first_hour",
        "hours",
        "officer_seconds",
        "variance",
        "systematic",
    ]
    return pd.DataFrame(rows, columns=names)[list(GROUP_TIME.names)]


def _notes() -> pd.DataFrame:
    rows = [
        {"from": "2024-10-14T09:00Z", "to": "2024-10-14T20:00Z", "text": "New radios", "area_id": None, "unit": None},
        {
            "from": "2024-11-20T23:30Z",
            "to": "2024-11-21T02:00Z",
            "text": "An operation",
            "area_id": "a03",
            "unit": None,
        },
    ]
    return pd.DataFrame(rows).reindex(columns=list(NOTES.names))
