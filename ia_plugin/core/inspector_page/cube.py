"""A material as the cube that the inspector's page computes its figures from: facts, and arrays of numbers.

Days have numbers: day 0 (``base``) is the civil day before the first of the data, the last is ``days − 1``. Moments are
``[number of the day, hours by its clock]``. Weekday of day d: ``(d + base_weekday) % 7``, Monday 0. What is not known is null.

Facts
-----
schema 1; timezone; made_at (ISO, UTC); as_of (ISO, as ``Material.as_of``: what numbers of figures are made with), as_of_words, old_after_hours: the age from which
the page says how old they are;
base, base_weekday, days; data_days {first, last}: civil days of the page, ISO; time {first, first_hour, last}: civil day and hour
that officers' time begins at, and its last whole day, ISO; hours_until: the last civil day told by the hour, ISO; total_hours: of each later day the hours with any officer's time; last_complete_day;
default_state: of ``FilterState.as_dict``, with both days; audience; reader (whom it is for, in words); marking; version; beta; checked [agree, of] or null
rows: labels of rows: ids of areas by name, then the roles of `ROLE_ROWS`; area_count: how many are areas; row_names {row: name}
areas: [{id, name, role, residents, km2, adopted_on, valid_from, valid_to, outline}]: days by number, both included; outline: rings
``[[x, y], …]`` in metres from the south-west corner of ``extent`` {width, height}, y to the north, not closed
roles {label: {km2, residents, areas}}; ground [{first, last, km2 {row: km²}}]: spans of days by number, both included, null for no end
odd_days {number: [civil hours as they come]}: days on which clocks change
sharing [[id, id]], overlapping: pairs of areas that share ground; without ["cover", "visits"]: tables that were not made
notes [{from, to, day, last_day, area, unit, text}]: moments, numbers of their days, "" for all
delays {presence | kind: {days, known, filled_to, to, last_record}}: ISO
records {kind: {any | hour | day: {covered, begin, first}}}: by how fine records are; texts of 0 and 1 a day, and a moment; of records
of every category
caveats [sentence]; share_spread {transfer, least, officer, own_hours, flat, untold: {mode: number}, scatter, z90, checked_on_force}
bicycle: whether any time was on a bicycle; t95 [t of 0.95 at 1, 2, … degrees of freedom]
choices {units, …, key_types: [words]}; shifts [[name, hour from, hour to]]; groups null, or columns {month (ISO day), dimension, value,
row (label), weekday, first_hour, hours, officer_seconds, variance, systematic} of closed months
activities [names]; event_whats [{kind, category, key_type, generated_by, precision, sensitive}]
sensitive {categories, weeks_until}: told by closed week alone, to the Sunday ISO (null: no week)
about [{title, lines}]; observed_words: how much of officers' time was observed, "" where it is not known

Arrays (row-major; an hour slot is one hour of the data, the two of October two slots; a day slot one of the last days)
------
moment_day, moment_hour [slot]: 255 for the hour of a day told as a total
time_seconds, time_variance, time_systematic, time_foot, time_vehicle, time_stationary, time_bicycle [row × slot]: outside police
sites; seconds, variance in s² (NaN: not known), part of the standard deviation that adds in s
site_… the same of time at police sites [role row × slot]: the rows after the areas
cover_seconds, cover_officers, visit_count, visit_seconds [area × slot]; cover_hours [area × day slot]: hours with an officer
enough [row × day]: 0 nothing known, 1 fewer than five officers seen, 2 five or more
most_by_time [row × day slot], most_seen [area × day slot]: the most officers, at the least, in any hour of the day, by their time
outside police sites and by the table of cover
event_row, event_day, event_hour (255: not known or of a total), event_what, event_count, event_known, event_found, event_expected
[event cell], by day, hour, row, what
sensitive_row, sensitive_week (number of its Monday), sensitive_what, sensitive_count, sensitive_expected [cell]
activity_seconds [activity × row × day]
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Optional

import numpy as np
import pandas as pd

from ..about.facts import About
from ..arrays import Array
from ..checked import beta_words
from ..columns import MODES_AND_BICYCLE
from ..evaluation.student_t import t_quantile
from ..filter_state import GROUPS, SHIFTS, FilterState
from ..marking import FOR, checked_marking
from ..material.days import as_of_in_words
from ..material.filled_days import default_period, last_complete_day
from ..material.places import PLACE_NAMES
from ..material.summary_tables import Material
from ..resources import plugin_version
from ..summaries.event_cells import NO_PLACE
from ..summaries.zones import ROLE_LABELS, role_label
from ..times.civil import pandas_zone
from .about_words import about_sections
from .day_facts import (
    Facts,
    delays_of,
    ground_of_spans,
    notes_of_days,
    odd_days,
    records_by_day,
    spread_facts,
    valid_days,
)
from .day_slots import Slots
from .event_arrays import event_arrays
from .folder_page import OLD_AFTER_HOURS
from .outlines import outlines
from .packed import packed
from .released import AUDIENCE, Released, released
from .time_arrays import activity_days, cover_arrays, most_in_an_hour, officers_by_day, time_arrays

SCHEMA = 1
SITE = role_label("site")
ROLE_ROWS = (*(label for label in ROLE_LABELS if label != SITE), SITE, NO_PLACE)
DEGREES_BEYOND = 400  # of freedom, beside one an area, that t is told for
_GROUP_COLUMNS = ("dimension", "value", "weekday", "first_hour", "hours", "officer_seconds", "variance", "systematic")


@dataclass(frozen=True, eq=False)
class Cube:
    """Facts and arrays of a page; see the module."""

    facts: Facts
    arrays: dict[str, Array]

    def text(self) -> str:
        """As it stands in the page, see :mod:`.packed`."""
        return packed(self.facts, self.arrays)


def page_data_text(material: Material, marking: str, about: Optional[About] = None) -> str:
    """The text of the cube of a material, as of :func:`cube_of`, made now."""
    return cube_of(material, marking=marking, about=about).text()


def cube_of(
    material: Material,
    *,
    marking: str,
    about: Optional[About] = None,
    audience: str = AUDIENCE,
    made_at: Optional[datetime] = None,
) -> Cube:
    """The cube of a material.

    Parameters
    ----------
    material : of a summary, :func:`~ia_plugin.store.summary.read_summary`
    marking : protective marking
    about : what is known of the store
    made_at : now where it is not given

    Raises
    ------
    PrivacyError, ParameterError, EstimateError
        for what may not be in a page: see :func:`.released`.
    """
    marking = checked_marking(marking)
    got = released(material, audience)
    slots = Slots.of(got)
    ids = [str(a) for a, role in zip(material.areas["area_id"], material.areas["role"]) if role != "site"]
    rows = [*ids, *ROLE_ROWS]
    names, seconds = activity_days(got.material, slots, rows)
    events = event_arrays(got, slots, rows)
    arrays: dict[str, Array] = {
        "moment_day": slots.day,
        "moment_hour": slots.hour,
        **time_arrays(got.material, slots, rows, len(ids)),
        **cover_arrays(got.material, slots, ids),
        "enough": officers_by_day(got.material, slots, rows),
        **most_in_an_hour(got.material, slots, rows, len(ids)),
        **events.arrays,
        "activity_seconds": seconds,
    }
    made = made_at or datetime.now(timezone.utc)
    facts = {
        **_of_page(got, slots, made),
        **_of_places(got, slots, rows, ids),
        **_of_data(got, slots),
        "audience": audience,
        "reader": str(FOR[audience]),
        "marking": marking,
        "activities": names,
        "event_whats": events.whats,
        "about": about_sections(about, got.last if got.material.days[1] else None),
        "observed_words": str(about.observed.words) if about else "",
    }
    fractions = ("event_expected", "sensitive_expected")
    return Cube(facts, {n: v if n in fractions else _whole(v) for n, v in arrays.items()})


def _of_page(got: Released, slots: Slots, made_at: datetime) -> Facts:
    material = got.material
    first, last = default_period(material) or (got.last, got.last)
    complete = last_complete_day(material)
    return {
        "schema": SCHEMA,
        "timezone": material.timezone,
        "made_at": made_at.astimezone(timezone.utc).isoformat(timespec="seconds"),
        "as_of": material.as_of.isoformat() if material.as_of else None,
        "old_after_hours": OLD_AFTER_HOURS,
        "as_of_words": str(as_of_in_words(material)),
        "base": slots.base.isoformat(),
        "base_weekday": slots.base.weekday(),
        "days": slots.days,
        "data_days": {"first": _day(slots, 1), "last": got.last.isoformat()},
        "time": _of_time(got),
        "hours_until": got.hours_until.isoformat(),
        "total_hours": slots.total_hours.tolist(),
        "last_complete_day": min(complete, got.last).isoformat() if complete else None,
        "default_state": replace(FilterState(timezone=material.timezone), first=first, last=last).as_dict(),
        "version": plugin_version(),
        "beta": str(beta_words(material.checked)),
        "checked": list(material.checked) if material.checked else None,
    }


def _of_time(got: Released) -> Facts:
    moments, (first, last) = got.material.time_use.moments, got.material.days
    if first is None or last is None:
        return {"first": None, "first_hour": None, "last": None}
    begin = pd.Timestamp(int(moments.min()), tz="UTC").tz_convert(pandas_zone(got.material.timezone))
    return {"first": first.isoformat(), "first_hour": int(begin.hour), "last": last.isoformat()}


def _of_places(got: Released, slots: Slots, rows: list[str], ids: list[str]) -> Facts:
    material = got.material
    table = material.areas[material.areas["role"] != "site"].reset_index(drop=True)
    shapes = outlines({a: g for a, g in material.outlines.items() if a in set(ids)})
    areas = [
        {
            "id": str(r.area_id),
            "name": str(r.name),
            "role": str(r.role),
            "residents": _known(r.residents),
            "km2": float(r.km2),
            "adopted_on": None if pd.isna(r.adopted_on) else str(r.adopted_on)[:10],
            "valid_from": valid[0],
            "valid_to": valid[1],
            "outline": shapes["rings"].get(str(r.area_id), []),
        }
        for r, valid in zip(table.itertuples(), valid_days(material, table, slots))
    ]
    roles = {
        str(label): {"km2": float(r.km2), "residents": _known(r.residents), "areas": int(r.areas)}
        for label, r in zip(material.roles.index, material.roles.itertuples())
    }
    return {
        "rows": rows,
        "area_count": len(ids),
        "row_names": {**material.names(), **{label: str(PLACE_NAMES[label]) for label in ROLE_ROWS}},
        "areas": areas,
        "extent": {"width": shapes["width"], "height": shapes["height"]},
        "roles": roles,
        "ground": ground_of_spans(material, slots, [*rows]),
        "sharing": [list(pair) for pair in material.sharing],
        "overlapping": int(material.overlapping),
    }


def _of_data(got: Released, slots: Slots) -> Facts:
    material = got.material
    table = material.time_use.table
    choices = material.choices()
    if material.groups is None:  # a summary of an earlier version tells units apart by the night, which no page may
        choices = {n: [] if n in GROUPS else words for n, words in choices.items()}
    degrees = range(1, len(material.areas) + DEGREES_BEYOND + 1)
    return {
        "odd_days": odd_days(slots),
        "without": sorted(material.without),
        "notes": notes_of_days(material, slots),
        "delays": delays_of(material),
        "records": records_by_day(material, slots),
        "caveats": [str(c) for c in material.caveats],
        "share_spread": spread_facts(material),
        "bicycle": bool((table["bicycle_seconds"] > 0).any()),
        "modes": list(MODES_AND_BICYCLE),
        "t95": [t_quantile(0.95, n) for n in degrees],
        "choices": choices,
        "shifts": [[str(name), a, b] for name, a, b in SHIFTS],
        "groups": _groups(material),
        "sensitive": {
            "categories": sorted(got.sensitive),
            "weeks_until": got.weeks_until.isoformat() if got.weeks_until else None,
        },
    }


def _groups(material: Material) -> Optional[dict[str, list[object]]]:
    table = material.groups
    if table is None:
        return None
    zone = pandas_zone(material.timezone)
    months = pd.DatetimeIndex(table["month"]).tz_convert(zone).strftime("%Y-%m-%d") if len(table) else []
    return {"month": list(months), "row": table["area_id"].astype(str).tolist(), **{n: table[n].tolist() for n in _GROUP_COLUMNS}}  # fmt: skip


def _day(slots: Slots, number: int) -> str:
    return str(np.datetime64(slots.base, "D") + number)


def _whole(values: Array) -> Array:
    """Amounts to the nearest whole number, as such where all are known; those of a store's summary are whole."""
    found = np.rint(values)
    return found if np.isnan(found).any() else found.astype(np.int64)


def _known(value: float) -> Optional[float]:
    return float(value) if np.isfinite(value) else None


__all__ = ["ROLE_ROWS", "SCHEMA", "Cube", "cube_of", "page_data_text"]
