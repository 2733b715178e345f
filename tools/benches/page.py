"""The inspector's page of a large store: its size, the time until its first tiles, and the time of a filter, in a real browser.

Thirteen months of 39 areas are the whole weeks of the demo's store again and again, each time from other areas and with other
amounts, so that nothing in them repeats.
"""

from __future__ import annotations

import os
import statistics
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "build" / "demo" / "store"
FIRST_MONDAY, WEEKS_OF_DEMO = date(2024, 5, 6), 8
WEEKS = 57  # thirteen months and a few days
WEEK_NS = 7 * 86_400 * 10**9
FILTERS, OPENINGS = 50, 5
MOST_MB, MOST_OPEN_MS, MOST_FILTER_MS = 6.0, 1000.0, 50.0
ROWS = (
    ("opened median", "until the first tiles, median of 5", MOST_OPEN_MS),
    ("opened work median", "until the first tiles, the page's thread at work", MOST_OPEN_MS),
    ("engine median", "figures of a filter, median of 50", MOST_FILTER_MS),
    ("engine slowest", "figures of a filter, the slowest of 50", MOST_FILTER_MS),
    ("tiles median", "a filter until verdict and tiles are drawn, median of 50", MOST_FILTER_MS),
    ("tiles slowest", "a filter until verdict and tiles are drawn, the slowest of 50", MOST_FILTER_MS),
    ("areas median", "a filter until map and areas are drawn too, median of 50", 2 * MOST_FILTER_MS),
    ("work median", "a filter until all is drawn, the page's thread at work, median of 50", 2 * MOST_FILTER_MS),
)
OPENED = """
window.__first = new Promise((resolve) => {
  const look = () => { const tiles = document.getElementById('tiles');
    if (tiles && tiles.childElementCount) resolve(performance.now()); else requestAnimationFrame(look); };
  look();
});
"""
TIMED = """
async (hash) => {
  const [root, tiles] = [document.documentElement, document.getElementById('tiles')];
  const begun = performance.now();
  let [shown, beside] = [0, 0];
  const parts = { childList: true, subtree: true, characterData: true };
  const first = new MutationObserver(() => { shown = shown || performance.now(); });
  const next = new MutationObserver(() => { beside = beside || performance.now(); });
  first.observe(tiles, parts);
  next.observe(document.getElementById('areas'), parts);
  window.location.hash = hash;
  await new Promise((resolve) => {
    const look = () => (root.dataset.settled === window.location.hash ? resolve() : window.setTimeout(look, 0));
    window.setTimeout(look, 0);
  });
  first.disconnect();
  next.disconnect();
  return [shown - begun, beside - begun, performance.now() - begun];
}
"""
WORK = "TaskDuration"  # of the browser: seconds that the page's thread was at work, whatever else the machine did
ENGINE_ALONE = """
(asked) => { const state = page.state_of({ ...view.first_asked(), ...asked });
  const begun = performance.now(); page.overview(state, 'before'); return performance.now() - begun; }
"""


def thirteen_months() -> Any:
    """A material of 39 areas and 57 weeks."""
    import numpy as np
    import pandas as pd

    from ia_plugin.core.material.summary_tables import Hours
    from ia_plugin.store.summary import read_summary

    material, rng = read_summary(DEMO), np.random.default_rng(1)
    begin = pd.Timestamp(FIRST_MONDAY, tz=material.timezone).tz_convert("UTC").value
    ids = [str(a) for a, role in zip(material.areas["area_id"], material.areas["role"]) if role != "site"]
    whole = ("unit", "department", "officer_role", "resource_type", "band", "precision", "generated_by")

    def tiled(hours: Hours) -> Hours:
        week = (hours.moments[hours.at] - begin) // WEEK_NS
        columns = [c for c in hours.table.columns if not c.startswith("local_")]
        parts = []
        for k in range(WEEKS):
            source = int(rng.integers(0, WEEKS_OF_DEMO))
            rows = hours.table.loc[week == source, columns]
            others = dict(zip(ids, rng.permutation(ids)))
            amount = rng.uniform(0.8, 1.25, len(rows))
            changed = {
                n: np.rint(rows[n] * amount) for n in rows.columns if rows[n].dtype == np.float64 and n != "expected"
            }
            if "expected" in rows:
                changed["expected"] = np.rint(rows["expected"] * amount * 1024) / 1024
            area = rows["area_id"].astype(str)
            moved = rows["period"] + pd.Timedelta((k - source) * WEEK_NS, "ns")
            parts.append(rows.astype(dict.fromkeys(set(whole) & set(columns), object)).assign(area_id=area.map(others).fillna(area), period=moved, **changed))  # fmt: skip
        return Hours.of(pd.concat(parts, ignore_index=True))

    tables = {n: tiled(getattr(material, n)) for n in ("time_use", "cover", "visits", "events")}
    officers = Hours.of(material.officers)
    seen = tiled(officers).table.assign(officers=lambda t: t["officers"].astype(int))
    return replace(material, **tables, officers=seen[list(material.officers.columns)])


def filters(facts: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Filters as addresses of the page and as values: of other areas, days, hours, weekdays and modes."""
    import numpy as np

    rng, last = np.random.default_rng(2), date.fromisoformat(facts["hours_until"]) - timedelta(days=1)
    found = []
    for _ in range(FILTERS):
        days = int(rng.choice([7, 28, 91, 182]))
        first = last - timedelta(days=days - 1 + int(rng.integers(0, 20)))
        hours = tuple(int(h) for h in rng.choice([(0, 24), (22, 7), (15, 23), (18, 3)]))
        areas = [
            str(a) for a in rng.choice(facts["rows"][: facts["area_count"]], int(rng.integers(0, 4)), replace=False)
        ]
        end = first + timedelta(days=days - 1)
        asked = {
            "areas": areas,
            "first": first.isoformat(),
            "last": end.isoformat(),
            "hour_from": hours[0],
            "hour_to": hours[1],
        }
        hash_ = "&".join([*(f"area={a}" for a in areas), f"from={first}", f"to={end}", f"hours={hours[0]}-{hours[1]}"])
        found.append((hash_, asked))
    return found


def page_times(folder: str) -> dict[str, Any]:
    """Size of the page of thirteen months (MB), ms until its first tiles, and ms of filters."""
    from ia_plugin.core.inspector_page.cube import cube_of
    from ia_plugin.core.inspector_page.page import inspector_page
    from tests.support.browser import started

    cube = cube_of(thirteen_months(), marking="OFFICIAL")
    path = Path(folder) / "page.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = inspector_page(cube.text(), marking="OFFICIAL")
    path.write_text(text, encoding="utf-8")
    with started() as browser:
        times: dict[str, list[float]] = {
            n: [] for n in ("opened", "opened work", "tiles", "areas", "whole", "work", "engine")
        }
        for _ in range(OPENINGS):
            page = browser.new_page()
            work = _work_of(page)
            page.add_init_script(OPENED)
            page.goto(path.as_uri())
            times["opened"].append(page.evaluate("window.__first"))
            times["opened work"].append(work())
            while not page.evaluate(
                "document.documentElement.dataset.settled"
            ):  # the policy leaves no predicate of Playwright's
                page.wait_for_timeout(20)
            if len(times["opened"]) < OPENINGS:
                page.close()
        for address, asked in filters(cube.facts):
            before = work()
            shown, beside, whole = page.evaluate(TIMED, address)
            times["work"].append(work() - before)
            times["tiles"].append(shown)
            times["areas"].append(beside)
            times["whole"].append(whole)
            times["engine"].append(page.evaluate(ENGINE_ALONE, asked))
    return {
        "days": cube.facts["days"],
        "areas": cube.facts["area_count"],
        "mb": round(os.path.getsize(path) / 1e6, 2),
        **{f"{n} median": round(statistics.median(ms), 1) for n, ms in times.items()},
        **{f"{n} slowest": round(max(ms), 1) for n, ms in times.items()},
    }


def _work_of(page: Any) -> Any:
    """A function that tells for how many ms the page's thread has been at work."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def work() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return 1000 * next(float(m["value"]) for m in metrics if m["name"] == WORK)

    return work


def page_rows(measure: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The rows of the bench, and the figures."""
    from .evaluation_rows import compared
    from .steps import FOLDER

    ours = measure("page_times", folder=str(FOLDER))
    case = f"inspector's page, {ours['areas']} areas, {ours['days']:,} days"
    rows = [(f"{case}: size", ours["mb"], MOST_MB, "MB")]
    for name, what, most in ROWS:
        rows.append((f"{case}: {what}", ours[name], most, "ms"))
    found = [
        compared(what, f"{value:,} {unit}", "", most / max(value, 1e-9), f"{most:g} {unit}", ours["memory_mb"])
        for what, value, most, unit in rows
    ]
    return found, ours


__all__ = ["page_rows", "page_times"]
