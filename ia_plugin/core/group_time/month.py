"""The group_time table of a closed month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..arrays import Floats, Ints
from ..columns import GROUP_TIME, OFFICER_TIME, require
from ..empty import empty_table
from ..suppression import LEAST, OTHER
from ..times.civil import moment_of, pandas_zone
from .areas import shown_cells
from .hours import ALL_WEEK, block_hours, hour_blocks
from .labels import ALONE, label_groups
from .there import There, fine_blocks

DIMENSIONS = ("unit", "department", "officer_role", "resource_type")
STEP_S = 900.0  # published to the quarter hour: which single hours add up to an exact sum could be found by trying
LEAST_CHANGE_S = 1.0  # less is arithmetic
SUMS = ("officer_seconds", "variance", "systematic")
_KEYS = [n for n in GROUP_TIME.names if n not in SUMS]


@dataclass(frozen=True)
class GroupMonth:
    """A month told by group.

    Attributes
    ----------
    table : the group_time table
    parts : ``row`` (of `table`, from 0), ``officer_id``, ``seconds``: whose time each row is; for checks, and restricted
    """

    table: pd.DataFrame
    parts: pd.DataFrame


def group_month(
    there: pd.DataFrame, role_of: dict[str, str], shared: Sequence[str] = (), *, timezone: str, least: int = LEAST
) -> GroupMonth:
    """One closed month of officer time by unit, department, role and resource type, one at a time, as anyone may read it.

    Each role of areas is told in blocks of hours (:func:`~ia_plugin.core.group_time.hours.hour_blocks`), single areas for the whole
    month (:func:`~ia_plugin.core.group_time.areas.shown_cells`); what fewer than `least` officers stand behind is in no row.

    Parameters
    ----------
    there : the officer_time table of one civil month
    role_of : area id -> role label, "(impact)"; of the areas that count
    shared : areas that share ground with others: not told apart, for their role counts that ground once
    timezone : civil time of hours and weekdays

    Returns
    -------
    GroupMonth; its ``officer_seconds`` are to the quarter hour.
    """
    require(there, OFFICER_TIME.required, "officer_time")
    rows = there[there["seconds"] > 0].reset_index(drop=True)
    if not len(rows):
        return GroupMonth(empty_table(GROUP_TIME), _no_parts())
    begin = _month_of(rows["period"], timezone)
    officer, names = pd.factorize(rows["officer_id"])
    tables, parts, offset = [], [], 0
    for dimension in DIMENSIONS:
        label, labels = pd.factorize(rows[dimension].astype(object), sort=True)
        coded = There.of(
            rows, np.zeros(len(rows), np.int64), label.astype(np.int64), officer.astype(np.int64), timezone
        )
        for key, which in _shown(rows, coded, [str(v) for v in labels], role_of, set(shared), least):
            table, part = _summed(rows.iloc[which], key)
            table = table.assign(month=begin, dimension=dimension)
            tables.append(table)
            parts.append(
                part.assign(row=part["row"] + offset, officer_id=np.asarray(names)[officer[which][part["at"]]])
            )
            offset += len(table)
    if not tables:
        return GroupMonth(empty_table(GROUP_TIME), _no_parts())
    whole = pd.concat(tables, ignore_index=True)[list(GROUP_TIME.names)]
    whole["officer_seconds"] = to_step(whole["officer_seconds"].to_numpy())
    added = pd.concat(parts, ignore_index=True).groupby(["row", "officer_id"], as_index=False)["seconds"].sum()
    return GroupMonth(whole, added)


def to_step(seconds: Floats) -> Floats:
    """Seconds to the quarter hour, halves up."""
    return np.asarray(np.floor(seconds / STEP_S + 0.5) * STEP_S, dtype=np.float64)


def _month_of(period: pd.Series, timezone: str) -> pd.Timestamp:
    first = pd.Timestamp(period.min()).tz_convert(pandas_zone(timezone))
    return moment_of(pd.Timestamp(year=first.year, month=first.month, day=1), timezone)


def _shown(
    rows: pd.DataFrame, coded: There, labels: list[str], role_of: dict[str, str], shared: set[str], least: int
) -> Iterator[tuple[pd.DataFrame, Ints]]:
    """(the keys of rows that are shown, their positions), a role at a time: the role by blocks of hours, then its areas."""
    place = rows["area_id"].astype(str).to_numpy(dtype=object)
    words = np.array([*labels, OTHER], dtype=object)
    for role in sorted({p for p in set(place) if p.startswith("(")}):
        at = np.flatnonzero(place == role)
        alone = sorted(a for a, r in role_of.items() if r == role and a not in shared)
        inside = np.flatnonzero(np.isin(place, alone))
        code = pd.Index(alone, dtype=object).get_indexer(place[inside]).astype(np.int64)
        whole = _in_spots(coded, at, inside, code, len(alone))
        groups = label_groups(whole, len(labels), least)
        if (groups == ALONE).all():
            continue
        group = groups[whole.label]
        if not fine_blocks(whole, np.zeros(len(whole), dtype=np.int64), group, 1, least)[0]:
            continue
        block = hour_blocks(whole, group, least)
        blocks = dict(zip(whole.week_hour.tolist(), block.tolist()))
        # An hour of the week with less than LEAST_CHANGE_S has no block.
        at = at[np.isin(coded.week_hour[at], whole.week_hour)]
        found = np.array([blocks[k] for k in coded.week_hour[at].tolist()], dtype=np.int64)
        weekday, first, hours = block_hours(found)
        key = {"area_id": role, "value": words[groups[coded.label[at]]], "weekday": weekday}
        yield pd.DataFrame({**key, "first_hour": first, "hours": hours}), at
        tellable = np.r_[np.ones(len(alone), dtype=bool), False]
        shown = shown_cells(whole, len(alone) + 1, tellable, group, len(labels) + 1, block, least)
        of_area = shown[code]
        which = inside[of_area.any(axis=1)]
        if len(which):
            alone_there = of_area[np.arange(len(inside)), groups[coded.label[inside]]][of_area.any(axis=1)]
            value = words[np.where(alone_there, coded.label[which], len(labels))]
            yield (
                pd.DataFrame({"area_id": place[which], "value": value}).assign(
                    weekday=ALL_WEEK, first_hour=0, hours=24
                ),
                which,
            )


def _in_spots(coded: There, at: Ints, inside: Ints, code: Ints, rest: int) -> There:
    """The time of a role in its areas that stand alone, and what is left of it, as a place of its own."""
    fields = ["hour", "weekday", "of_day", "label", "officer"]
    of_role = pd.DataFrame({n: getattr(coded, n)[at] for n in (*fields, "seconds")})
    in_areas = pd.DataFrame({n: getattr(coded, n)[inside] for n in (*fields, "seconds")})
    less = in_areas.assign(seconds=-in_areas["seconds"])
    left = pd.concat([of_role, less]).groupby(fields, as_index=False)["seconds"].sum()
    left = left[left["seconds"] > LEAST_CHANGE_S]
    both = pd.concat([in_areas.assign(spot=code), left.assign(spot=rest)], ignore_index=True)
    return There(*(both[n].to_numpy() for n in There.__dataclass_fields__))


def _summed(rows: pd.DataFrame, key: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(rows of the table, each row's parts by officer) of rows that are told under keys."""
    names = list(key.columns)
    table = key.assign(**{n: rows[s].to_numpy() for n, s in zip(SUMS, ("seconds", "variance", "systematic"))})
    found = table.groupby(names, sort=True)[list(SUMS)].sum().reset_index()
    row = found[names].reset_index().merge(key.reset_index(), on=names, suffixes=("", "_at"))
    part = pd.DataFrame({"row": row["index"], "at": row["index_at"]})
    part["seconds"] = rows["seconds"].to_numpy()[part["at"]]
    return found, part


def _no_parts() -> pd.DataFrame:
    return pd.DataFrame({"row": np.empty(0, np.int64), "officer_id": np.empty(0, object), "seconds": np.empty(0)})


def renewed(table: pd.DataFrame, there: pd.DataFrame, *, timezone: str, least: int = LEAST) -> pd.DataFrame:
    """The group_time table of a month with the time of today in its rows; one of fewer than `least` officers keeps what it says."""
    now = parts_of(table, there, timezone).groupby("row").agg({"seconds": "sum", "officer_id": "nunique"})
    now = now.reindex(range(len(table)), fill_value=0)
    enough = now["officer_id"].to_numpy() >= least
    return table.assign(
        officer_seconds=np.where(enough, to_step(now["seconds"].to_numpy()), table["officer_seconds"].to_numpy())
    )


def parts_of(table: pd.DataFrame, there: pd.DataFrame, timezone: str) -> pd.DataFrame:
    """Whose time each row of a table is, as the data stands."""
    rows = there[there["seconds"] > 0].reset_index(drop=True)
    found = [_no_parts()]
    for dimension, shown in table.reset_index(names="row").groupby("dimension"):
        label = rows[str(dimension)].astype(object)
        none = np.zeros(len(rows), dtype=np.int64)
        coded = There.of(rows, none, none, none, timezone)
        facts = pd.DataFrame(
            {"area_id": rows["area_id"].astype(str), "officer_id": rows["officer_id"], "seconds": rows["seconds"]}
        )
        facts["own"], facts["weekday"], facts["of_day"] = label.to_numpy(), coded.weekday, coded.of_day
        for area, of_area in shown.groupby("area_id"):
            some = facts[facts["area_id"] == area]
            alone = set(of_area["value"])
            value = some["own"].where(some["own"].isin(alone), OTHER)
            pairs = some.assign(value=value).merge(
                of_area[["row", "value", "weekday", "first_hour", "hours"]], on="value", suffixes=("", "_shown")
            )
            fits = (pairs["weekday_shown"] < 0) | (pairs["weekday_shown"] == pairs["weekday"])
            fits &= (pairs["of_day"] >= pairs["first_hour"]) & (pairs["of_day"] < pairs["first_hour"] + pairs["hours"])
            found.append(pairs.loc[fits, ["row", "officer_id", "seconds"]])
    return pd.concat(found, ignore_index=True).groupby(["row", "officer_id"], as_index=False)["seconds"].sum()
