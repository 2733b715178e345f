"""The engine of the inspector's page in a browser, and what it and the core print of one filter, in the same form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ia_plugin.core.answers.figure_words import rows_of
from ia_plugin.core.charts.bars import by_group as bars_by_group
from ia_plugin.core.charts.choice import Choice, prepare
from ia_plugin.core.charts.series import mismatch_in_words, series, week_grid, week_pair
from ia_plugin.core.dashboard.area_rows import area_rows
from ia_plugin.core.dashboard.map_classes import map_classes
from ia_plugin.core.dashboard.overview import overview
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.inspector_page.cube import cube_of
from ia_plugin.core.inspector_page.engine_files import ENGINE
from ia_plugin.core.inspector_page.released import Released
from ia_plugin.core.material.ask import ask
from ia_plugin.core.material.figures import figure_number
from ia_plugin.core.material.summary_tables import Material
from ia_plugin.core.resources import resource_path
from ia_plugin.core.words import number, share

from .browser import opened, started

NO_FILTER_OF_EVENTS = "Officer time is not filtered by events."
PRINTED = """
({ filters }) => {
  const fine = (values) => Array.from(values, (v) => page.number(v));
  const charts_of = (state, { what, against, dimension }) => {
    const [grid, pair, days] = [page.week_grid(state, what), page.week_pair(state, 'presence', against), page.series(state, what)];
    const [groups, done] = [page.group_hours(state, dimension), page.activities(state)];
    return {
      grid: [grid.why, grid.notes.filter((n) => !n.startsWith('By the hour')), fine(grid.values), fine(grid.hours)],
      pair: [pair[0].why, pair[1].why, fine(pair[0].values), fine(pair[1].values), pair.some((g) => g.why) ? '' : page.mismatch_in_words(...pair)],
      series: [days.why, days.step, days.days.map(page.iso_of), fine(days.values), days.marks.map((m) => m.text), days.notes, days.filling],
      groups: groups.bars.map((b) => [b.key, page.number(b.value), page.share(b.percent)]),
      activities: done.bars.map((b) => [b.key, page.number(b.value), b.share, b.comparison_share]), activities_why: done.why,
    };
  };
  const printed = (asked) => {
    const { comparison, key } = asked;
    const state = page.state_of(asked.filter);
    const begun = performance.now();
    const front = page.overview(state, comparison);
    const ms = performance.now() - begun;
    const rows = page.area_rows(state, key, front.areas, asked.weeks);
    const map = page.map_classes(state, key, front.areas);
    const { verdict, refusal } = front;
    return {
      ms, filter: page.as_dict(state), sensitive: state.sensitive, cut_short: state.cut_short, held_back: state.held_back,
      words: page.in_words(state), number: front.number, results: page.number(front.results),
      table: page.rows_of(front.table).map((r, i) => ({ ...r, earlier_why: front.table[i].earlier_why })),
      verdict: verdict && { word: verdict.word, sentence: verdict.sentence, beside: verdict.beside },
      refusal: refusal && [refusal.why, refusal.offer, refusal.instead && page.in_words(refusal.instead)],
      tiles: front.tiles.map((t) => [t.key, t.title, t.value, t.beside, t.lines, t.details, t.why, t.n, t.unit, t.sentence,
        t.gauge && fine([t.gauge.value, t.gauge.low, t.gauge.high, t.gauge.comparison]), t.parts.map((p) => [p.mode, page.number(p.percent), page.number(p.comparison)])]),
      notes: page.figures(state, comparison).notes, beside: front.notes,
      rows: rows.rows.map((r) => [r.area_id, r.words, fine(r.weeks), fine(r.weeks_low), fine(r.weeks_high)]),
      beside_rows: [rows.title, rows.weeks_title, rows.comparison_words, rows.filling],
      map: [map.area_ids, map.classes, map.whys, map.title, map.labels],
      ...(asked.charts ? charts_of(state, asked) : {}),
    };
  };
  return filters.map(printed);
}
"""


@dataclass(frozen=True)
class Asked:
    """One filter as a reader asks it, and what is looked at beside its figures."""

    state: FilterState
    comparison: str = "before"
    key: str = "officer_hours"
    what: str = "presence"
    against: str = "incidents"
    dimension: str = "unit"
    weeks: int = 0
    charts: bool = False

    def as_asked(self) -> dict[str, Any]:
        others = {n: getattr(self, n) for n in ("comparison", "key", "what", "against", "dimension", "weeks", "charts")}
        return {"filter": self.state.as_dict(), **others}


@contextmanager
def engine_page(folder: Path, text: str) -> Iterator[Any]:
    """A page of the engine alone, its data loaded where there are any."""
    scripts = "\n".join(
        f"<script>{resource_path(f'page/engine/{name}.js').read_text(encoding='utf-8')}</script>" for name in ENGINE
    )
    path = folder / "engine.html"
    path.write_text(
        f'<!doctype html><meta charset="utf-8"><title>engine</title><script type="text/plain" id="page-data">{text}</script>{scripts}',
        encoding="utf-8",
    )
    with started() as browser, opened(browser, path) as (page, seen):
        if text:
            page.evaluate("page.load().then(() => 0)")
        yield page
        assert seen.quiet, (seen.requests, seen.complaints)


def printed_by_page(folder: Path, material: Material, asked: list[Asked]) -> list[dict[str, Any]]:
    """What the page prints of some filters, in one go."""
    text = cube_of(material, marking="OFFICIAL").text()
    with engine_page(folder, text) as page:
        return list(page.evaluate(PRINTED, {"filters": [a.as_asked() for a in asked]}))


def printed_by_core(got: Released, asked: Asked, shown: dict[str, Any]) -> dict[str, Any]:
    """The same by the core, of the filter that the page shows: `shown` names it, and whether sensitive categories are in it."""
    own = FilterState.from_dict(shown["filter"])
    state = own if shown["sensitive"] else without_sensitive(got, own)
    by_day = without_sensitive(got, own)
    answer = ask(got.material, state, asked.comparison)
    front = overview(answer, state, asked.comparison)
    found = answer.figures
    table = found.table.to_dict("records")
    rows = area_rows(got.material, state, asked.key, now=front.areas, weeks=asked.weeks)
    classes = map_classes(got.material, state, asked.key, front.areas)
    names = got.material.names()
    refusal, filtered = answer.refusal, bool(own.kinds or own.categories or own.key_types)
    return {
        "words": own.in_words(names),
        "number": figure_number(got.material, own, asked.comparison),
        "results": number(found.results),
        "table": [{**r, "earlier_why": t["earlier_why"]} for r, t in zip(rows_of(found), table)],
        "verdict": {"word": front.verdict.word, "sentence": front.verdict.sentence, "beside": front.verdict.beside}
        if front.verdict
        else None,
        "refusal": [refusal.why, refusal.offer, refusal.instead.in_words(names) if refusal.instead else None]
        if refusal
        else None,
        "tiles": [_tile(t) for t in front.tiles],
        "notes": {n: [s for s in getattr(found.beside, n) if s != NO_FILTER_OF_EVENTS or filtered] for n in ("time", "events", "both")},
        "rows": [[r.area_id, r.words(rows.measure), _fine(r.weeks), _fine(r.weeks_low), _fine(r.weeks_high)] for r in rows.rows],
        "beside_rows": [rows.title, rows.weeks_title, rows.comparison_words, list(rows.filling)],
        "map": [list(classes.area_ids), classes.classes.tolist(), list(classes.whys), classes.title, list(classes.labels)],
        **(_charts(got, by_day, asked) if asked.charts else {}),
    }  # fmt: skip


def without_sensitive(got: Released, state: FilterState) -> FilterState:
    """The filter without the categories that are told by closed week alone."""
    if not got.sensitive:
        return state
    every = got.material.choices()["categories"]
    kept = tuple(c for c in (state.categories or every) if c not in got.sensitive)
    return replace(state, categories=kept) if got.sensitive & set(state.categories or every) else state


def _tile(tile: Any) -> list[Any]:
    gauge = tile.gauge and _fine([tile.gauge.value, tile.gauge.low, tile.gauge.high, tile.gauge.comparison])
    return [
        tile.key, tile.title, tile.value, tile.beside, list(tile.lines), list(tile.details), tile.why, tile.n, tile.unit, tile.sentence, gauge,
        [[p.mode, number(p.percent), number(p.comparison)] for p in tile.parts],
    ]  # fmt: skip


def _charts(got: Released, state: FilterState, asked: Asked) -> dict[str, Any]:
    material, whole_days = got.material, state.any_hour and not state.modes and not state.groups
    assert state.first is not None and state.last is not None
    found: dict[str, Any] = {
        "groups": [] if state.groups or state.modes else [
            [r.value, number(r.officer_hours), share(r.share_percent)] for r in bars_by_group(material, state, asked.dimension).itertuples()],
        "activities": [[b.key, number(b.value), b.share, b.comparison_share] for b in prepare(material, state, Choice("activity")).bars] if whole_days else [],
    }  # fmt: skip
    if state.groups and asked.what == "presence":
        return found  # nobody tells days or hours of a unit: the page says why
    days = series(material, state, asked.what)
    found["series"] = [days.why, days.step, [d.isoformat() for d in days.days], _fine(days.values), [m.text for m in days.marks], list(days.notes), list(days.filling)]  # fmt: skip
    if state.first > got.hours_until or state.groups:
        return found
    by_hour = replace(state, last=min(state.last, got.hours_until))
    grid = week_grid(material, by_hour, asked.what)
    pair = week_pair(material, by_hour, "presence", asked.against)
    lead = "" if any(g.why for g in pair) else mismatch_in_words(*pair)
    return {
        **found,
        "grid": [grid.why, list(grid.notes), _fine(grid.values), _fine(grid.hours)],
        "pair": [pair[0].why, pair[1].why, _fine(pair[0].values), _fine(pair[1].values), lead],
    }


def _fine(values: Any) -> list[str]:
    return [number(float(v)) for v in np.asarray(values, dtype=np.float64).ravel()]


__all__ = ["Asked", "engine_page", "printed_by_core", "printed_by_page", "without_sensitive"]
