"""The answers to questions 1 to 6 in plain sentences: best estimates with their range, what is not known, and the caveats.

The words are chosen: nothing says that presence had an effect, and nobody is ranked (METHODS §4 to §6).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Optional

import numpy as np
import pandas as pd

from ..checked import beta_words
from ..disclosure.audiences import as_read_by
from ..filter_state import FilterState, period_in_words
from ..material.ask import refuse_restricted
from ..material.by_group import closed_months_in_words
from ..material.earlier import not_compared_in_words
from ..material.figures import spread
from ..material.filled_days import filling_notes
from ..material.kept import any_time
from ..material.measure_list import KIND_OF
from ..material.notes import coarse_notes, cut_notes, missing_days, part_time_notes
from ..material.places import COMPARISON, FORCE, IMPACT
from ..material.summary_tables import Material
from ..material.sums import any_part
from ..movement.likely_shares import checked_on_force
from ..summaries.zones import REST
from ..suppression import BASE, FEW_RESULTS
from ..words import (
    CHANCE,
    DASH,
    FAIRNESS,
    MODE_WORDS,
    NOT_CHOSEN,
    ONE_BY_ONE,
    RANGES_FROM_GAPS,
    RANGES_OF_MODES,
    SHARED_TIMES,
    about,
    amount,
    best_estimate,
    count_of,
    mode_share,
    number,
    share,
)
from .public_counts import counts_rounded_to
from .spans import Spans
from .splits import activity_share
from .verdict import verdict_of

ROUNDED = f"Hours are rounded to multiples of {BASE}, and shares are those of the rounded hours."
TOGETHER = f"Counts of a month are rounded to multiples of {BASE} so that they add up, each less than {BASE} from the true one; “under {BASE}” of it may be none."
SMALL = "are not shown: small numbers, or numbers from which small ones would follow"
UNCHECKED = "How officers moved is estimated by a model that has not been checked on the force's own shifts."
CHECKED = "How officers moved is estimated by a model that was calibrated on labelled shifts of the force's own."
RECORDED = "Recorded crime is not all crime, and more officers also record more."
LINKED = f"{CHANCE} Nothing is called patrol, for radios do not tell why officers are somewhere."
OVERLAP = "Some areas overlap: shared ground counts in each area's own row and once in the totals, there with the Impact Areas first."
FEW = "fewer than five officers were seen there on any one day"
LINKED_TOO = "Time linked to events has a mode too, so these shares are not those of question 3."
NO_DATA = "There is no time of officers in this period, so nothing can be said; this is not a figure of nought."


def sentences(
    material: Material, state: FilterState, tables: dict[str, pd.DataFrame], audience: str = "board"
) -> pd.DataFrame:
    """The answers in words: ``question`` (0 to 6), ``about``, ``sentence``, ``caveat``.

    Parameters
    ----------
    tables : of :func:`~ia_plugin.core.answers.questions.tables`, for the same filter and audience
    """
    refuse_restricted(material, audience)
    material = as_read_by(audience, material)
    rows: list[tuple[int, str, str, str]] = []
    time = tables["time"].set_index("place")
    base = BASE if audience == "public" else 0
    first = headline(material, tables, base)
    if first == NO_DATA:
        return _table([(0, "data", first, ""), (0, "notes", f"{beta_words(material.checked)}.", "")])
    rows.append((0, "headline", first, NOT_CHOSEN))
    spans = Spans.of(state)
    ranges = ROUNDED if base else RANGES_OF_MODES if any(m != "unknown" for m in state.modes) else RANGES_FROM_GAPS
    rows += [(1, str(time.loc[p, "name"]), s, f"{ranges} {material.caveats[0]}") for p, s in _time(time, spans, base)]
    rows += _comparison(time)
    if not base and material.of_role("comparison"):
        found = verdict_of(material, state)
        rows.append((1, "verdict", found.sentence, f"{found.beside} {NOT_CHOSEN}" if found.beside else ""))
    rows += _who(tables["resources"], material, base)
    rows += [(2, "resources", s, "") for s in _not_told(material)]
    rows += _doing(tables["activities"], base, _any_to_link(material) if base else None)
    rows += _how(tables["modes"], base, CHECKED if checked_on_force(material.share_spread) else UNCHECKED)
    counts = counts_rounded_to(state) if base else 0
    rows += _happened(tables["events"], counts)
    rows += _searched(tables["searches"], base, counts)
    called = ((state, "This period"), (spans.before, "The period before"), (spans.year, "The same weeks a year before"))
    periods = [(span, words) for span, words in called if span is not None]
    for one, words in periods:
        if any_time(material, one):
            rows += [(0, "data", s, "") for s in missing_days(material, one, words)]
            if one is not state:
                whats = ("presence",) if base else ("presence", *KIND_OF)
                rows += [(0, "data", s, "") for s in not_compared_in_words(material, state, one, words, whats)]
    rows += [(0, "data", s, "") for part in filling_notes(material, state) for s in part]
    rows += [(0, "notes", note, "") for note in dict.fromkeys(cut_notes(material, periods))]
    rows.append((0, "notes", f"{beta_words(material.checked)}.", ""))
    if material.overlapping:
        rows.append((0, "areas", OVERLAP, ""))
    for span, words in ((state, "the period"), (spans.before, "the period before")):
        rows += [(0, "areas", s, "") for s in part_time_notes(material, span, words)] if span is not None else []
    # How many records are too coarse is a count like any other: the public is told by whole months, in which none is.
    rows += [(5, "records", s, "") for s in coarse_notes(material, state)] if not base else []
    return _table(rows)


def _any_hours(force: pd.Series, base: int) -> bool:
    """Whether officers have time in the period: hours that are hidden or rounded away are no gap in the data."""
    hours = float(force["officer_hours"])
    return bool(force.get("why")) or hours > 0 or (bool(base) and hours == 0)


def _table(rows: list[tuple[int, str, str, str]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["question", "about", "sentence", "caveat"])
    return table.sort_values("question", kind="stable").reset_index(drop=True)


def headline(material: Material, tables: Mapping[str, pd.DataFrame], base: int = 0) -> str:
    """The first line of any board output: what the Impact Areas have of officers' time, crime, incidents and land.

    Parameters
    ----------
    tables : ``time`` and ``events`` of :func:`~ia_plugin.core.answers.questions.tables`, for a filter without areas
    base : what numbers were rounded to; 0 for none
    """
    time = tables["time"].set_index("place")
    if not len(time) or not _any_hours(time.loc[FORCE], base):
        return NO_DATA
    if IMPACT not in time.index:
        return "There are no Impact Areas among the areas given."
    away = "why" in time and not time.loc[IMPACT, "officer_hours"] > 0  # hidden, or rounded to nothing
    own = "a share not shown" if away else _percent(time.loc[IMPACT, "share_percent"])
    parts = [f"{own} of observed officer time"]
    events = tables["events"]
    for kind, wording in (("crime", "crime"), ("incident", "incidents")):
        row = events[(events["place"] == IMPACT) & (events["kind"] == kind) & (events["group"] == "(all)")]
        if len(row) and np.isfinite(row["share_percent"].iloc[0]):
            parts.append(f"{_percent(row['share_percent'].iloc[0])} of {wording}")
    rest = material.areas.loc[material.areas["role"] == "rest", "km2"].sum()
    if rest > 0:
        parts.append(f"{_percent(100 * time.loc[IMPACT, 'km2'] / (rest + material.roles['km2'].sum()))} of land")
    return f"Impact Areas: {', '.join(parts)}."


def _time(time: pd.DataFrame, spans: Spans, base: int) -> list[tuple[str, str]]:
    found = []
    dates = {x: period_in_words(s.first, s.last) for x, s in spans.each() if s is not None}
    for place in (IMPACT, COMPARISON, REST):
        if place not in time.index:
            continue
        row = time.loc[place]
        hours, low, high = (float(row[f"officer_hours{end}"]) for end in ("", "_low", "_high"))
        stated = about(hours, "h", base) if base else best_estimate(hours, low, high)
        text = f"{row['name']}: {'not shown' if stated == DASH else stated}"
        if hours or not base:  # of hours that were rounded away there is no share
            share_there, rate = row["share_percent"], row["hours_per_km2"]
            text += f", {_percent(share_there)} of observed officer time" if np.isfinite(share_there) else ""
            text += f"; {amount(rate, 'h per km²')}" if np.isfinite(rate) else ""
        for name, words in (("_before", "in the period before"), ("_year_before", "in the same weeks a year before")):
            then = float(row[f"officer_hours{name}"])
            if np.isfinite(then):
                text += f"; {words} ({dates[name]}) {about(then, 'h', base) if base else amount(then, 'h')}"
                text += f", {_percent(row[f'share_percent{name}'])}" if then or not base else ""
        found.append((place, text + "."))
    return found


def _comparison(time: pd.DataFrame) -> list[tuple[int, str, str, str]]:
    """Median and range of areas, by km²."""
    parts = []
    for role, words in (("impact", "Impact Areas"), ("comparison", "comparison areas")):
        rates = time.loc[(time["role"] == role) & ~time.index.isin([IMPACT, COMPARISON]), "hours_per_km2"]
        median, low, high, areas = spread(rates.to_numpy(np.float64))
        if areas:
            least, middle, most = (number(v, "h per km²") for v in (low, median, high))
            # Those withheld have the least time: the median of the rest is no median of all.
            shown = f"; {areas} of {len(rates)} areas, the others are not shown" if areas < len(rates) else ""
            parts.append(f"{words} median {middle} h per km² (range {least} to {most}{shown})")
    return [(1, "areas", f"Areas one by one: {'; '.join(parts)}.", f"{ONE_BY_ONE} {NOT_CHOSEN}")] if parts else []


def _who(resources: pd.DataFrame, material: Material, base: int) -> list[tuple[int, str, str, str]]:
    rows = []
    words = {"unit": "unit", "department": "department", "officer_role": "role", "resource_type": "resource type"}
    merged = "Groups of few officers are shown together as “other”." if (resources["value"] == "other").any() else ""
    for place in (IMPACT, COMPARISON):
        for dimension, wording in words.items():
            own = resources[(resources["place"] == place) & (resources["dimension"] == dimension)]
            if not len(own) or set(own["value"]) <= {"not known", "unit not known", "other"}:
                continue
            shown = [f"{r.value} {_percent(r.share_percent, base)}" for r in own.itertuples() if r.share_percent >= 0.5]
            rows.append((2, own["name"].iloc[0], f"{own['name'].iloc[0]} by {wording}: {', '.join(shown)}.", merged))
    unsaid = {"", "not known", "unit not known"}
    if not rows and material.groups is not None:
        rows.append((2, "resources", closed_months_in_words(material), ""))
    elif not rows and any(set(material.values_of(d)) - unsaid for d in words):
        rows.append(
            (
                2,
                "resources",
                "Units, departments, roles and resource types have too few officers to be shown separately.",
                "",
            )
        )
    elif not rows:
        rows.append(
            (2, "resources", "Unit, department, role and resource type are not known: no postings were given.", "")
        )
    return rows


def _any_to_link(material: Material) -> bool:
    """Whether any incidents or searches tell their time of day."""
    hours = material.events
    fine = (
        hours.among("precision", ("hour",)) & hours.among("kind", ("incident", "stop_search"))
        if len(hours.table)
        else False
    )
    return bool(np.any(fine))


def _doing(activities: pd.DataFrame, base: int, to_link: Optional[bool] = None) -> list[tuple[int, str, str, str]]:
    rows = []
    for place in (IMPACT, COMPARISON, REST):
        own = activities[activities["place"] == place]
        if len(own):
            shown = [
                f"{r['said']} {activity_share(r, base)}" for r in own.to_dict("records") if r["share_percent"] >= 0.05
            ]
            rows.append(
                (3, own["name"].iloc[0], f"{own['name'].iloc[0]}: {'; '.join(shown)}.", f"{LINKED} {RANGES_OF_MODES}")
            )
    if not rows:
        return [(3, "areas", f"What officers did is not shown: {FEW}.", "")]
    linked = activities["activity"].str.contains("incident|search").any() if to_link is None else to_link
    if not linked:
        rows.append(
            (3, "events", "No time is linked to incidents or searches: none with a time of day were given.", "")
        )
    return rows


def _how(modes: pd.DataFrame, base: int, model: str) -> list[tuple[int, str, str, str]]:
    rows = []
    for row in modes[modes["place"].isin([IMPACT, COMPARISON, REST])].to_dict("records"):
        shown = []
        for mode, w in MODE_WORDS.items():
            value, low, high = (row.get(f"{mode}_percent{end}") for end in ("", "_low", "_high"))
            shown += [f"{w} {mode_share(value, low, high, base=base)}"] if f"{mode}_percent" in row else []
        rows.append((4, row["name"], f"{row['name']}: {'; '.join(shown)}.", f"{model} {RANGES_OF_MODES} {LINKED_TOO}"))
    return rows or [(4, "areas", f"How officers moved is not shown: {FEW}.", "")]


def _happened(events: pd.DataFrame, base: int) -> list[tuple[int, str, str, str]]:
    rows = []
    for kind, wording in (("crime", "recorded crimes"), ("incident", "incidents")):
        whole = events[(events["kind"] == kind) & (events["group"] == "(all)") & (events["by"] == "category")]
        if not _any_count(whole, "events"):
            rows.append((5, kind, f"No {wording} are known for this period.", ""))
            continue
        for row in _of_interest(whole):
            text = f"{row['name']}: {_count(row, 'events', wording, base)}"
            text += f", {_percent(row['share_percent'])} of all" if np.isfinite(row["share_percent"]) else ""
            text += f", {amount(row['per_km2'], 'per km²')}" if np.isfinite(row["per_km2"]) else ""
            text += (
                f"; in the period before {number(row['events_before'])}" if np.isfinite(row["events_before"]) else ""
            )
            text += (
                f"; in the same weeks a year before {number(row['events_year_before'])}"
                if np.isfinite(row["events_year_before"])
                else ""
            )
            rounding = TOGETHER if base and np.isfinite(row["events"]) else ""
            decimals = SHARED_TIMES if not base and any_part(events["events"]) else ""
            caveats = (RECORDED if kind == "crime" else "", decimals, rounding)
            rows.append((5, row["name"], text + ".", " ".join(c for c in caveats if c)))
        lost = whole[whole["place"] == "(no place)"]
        if len(lost) and float(lost["events"].fillna(0).sum()):
            without = _counted(float(lost["events"].sum()), wording, base)
            rows.append((5, kind, f"{without} {'has' if without.startswith('1 ') else 'have'} no place.", ""))
    return rows


def _searched(searches: pd.DataFrame, base: int, counts: int = 0) -> list[tuple[int, str, str, str]]:
    wording = "stops and searches"
    if not _any_count(searches, "searches"):
        return [(6, "searches", f"No {wording} are known for this period.", FAIRNESS)]
    rows = []
    for row in _of_interest(searches):
        found = (
            f"; the object was found in {mode_share(row['found_percent'], base=base)} of those with a result"
            if np.isfinite(row["found_percent"])
            else f"; the share in which the object was found is not {'shown' if base else f'told: {FEW_RESULTS}'}"
        )
        some = np.isfinite(row["searches"]) and row["searches"] > 0
        text = f"{row['name']}: {_count(row, 'searches', wording, counts)}{found if some else ''}."
        rows.append((6, row["name"], text, FAIRNESS))
    return rows


def _any_count(table: pd.DataFrame, column: str) -> bool:
    """Whether anything is known of the counts: none at all is a count, and one that is hidden is known."""
    hidden = table["hidden"].to_numpy(bool) if "hidden" in table else False
    return bool((np.isfinite(table[column].to_numpy(np.float64)) | hidden).any())


def _of_interest(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of Impact and comparison areas, of the whole force where there are neither."""
    own = table[table["place"].isin([IMPACT, COMPARISON])]
    found: list[dict[str, Any]] = (own if len(own) else table[table["place"] == FORCE]).to_dict("records")
    return found


def _count(row: dict[str, Any], column: str, wording: str, base: int) -> str:
    """A count in words, none among them; what is not told, or not known, is called that."""
    if row.get("hidden"):
        return f"{wording} are not shown: {row['why']}" if row.get("why") else f"{wording} {SMALL}"
    return _counted(row[column], wording, base) if np.isfinite(row[column]) else f"{wording} are not known"


def _counted(value: float, wording: str, base: int) -> str:
    return about(value, wording, base) if base else count_of(value, wording)


def _not_told(material: Material) -> list[str]:
    """Which of department, role, unit and resource type are not known of anybody."""
    words = {"unit": "unit", "department": "department", "officer_role": "role", "resource_type": "resource type"}
    wording = [w for d, w in words.items() if not set(material.values_of(d)) - {"", "not known", "unit not known"}]
    return [f"Not known of these officers: {', '.join(wording)}."] if 0 < len(wording) < len(words) else []


def _percent(percent: float, base: int = 0) -> str:
    """A share as a part of a sentence."""
    stated = share(percent, base)
    return "an unknown share" if stated == DASH else stated
