"""One truth, by the reader's own hands: filters set with the page's chips show what the core prints, to the digit and the word.

The same for three hundred filters is compared function by function in test_same_truth.py; here each control is turned.
"""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ia_plugin.core.answers.verdict import Verdict
from ia_plugin.core.dashboard.area_rows import SHOWN, area_rows
from ia_plugin.core.dashboard.overview import overview
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.inspector_page.released import released
from ia_plugin.core.material.ask import ask
from tests.support.browser import needs_browser
from tests.support.inspector import shown
from tests.support.long import long_after
from tests.support.page_world import IDS

pytestmark = needs_browser
FILTERS = long_after(1, [20, int(os.environ.get("FILTERS", "60"))])  # how many are set and read
FIRST, UNTIL = date(2024, 9, 9), date(2024, 11, 24)  # days that are told by the hour
SET_AND_READ = """
async (filters) => {
  const by = (id) => document.getElementById(id);
  const key = (name) => [...document.querySelectorAll('[data-key]')].find((e) => e.dataset.key === name);
  const put = (name, value) => { const box = key(name); box.value = value; box.dispatchEvent(new Event('change', { bubbles: true })); };
  const open = (name) => { if (by(`chip-${name}`).getAttribute('aria-expanded') !== 'true') by(`chip-${name}`).click(); };
  const settled = () => new Promise((done) => {
    const look = () => (document.documentElement.dataset.settled === (location.hash || '#') ? done() : setTimeout(look, 0));
    look();
  });
  const plain = (element) => element ? element.textContent.replace(/[\\u2066-\\u2069]/g, '').replace(/\\s+/g, ' ').trim() : '';
  const texts = (selector, within) => [...(within || document).querySelectorAll(selector)].map(plain);
  const found = [];
  for (const f of filters) {
    by('reset').click();
    open('period');
    key('period-4').click(); // all the data
    put('first', f.first);
    put('last', f.last);
    key(`earlier-${f.comparison}`).click();
    open('hours');
    put('hour-from', f.hour_from);
    put('hour-to', f.hour_to);
    open('weekdays');
    for (let day = 0; day < 7; day += 1) if (!f.weekdays.includes(day)) key(`weekday-${day}`).click();
    open('areas');
    for (const id of f.areas) key(`areas:${id}`).click();
    open('who');
    for (const field of ['resources', 'units']) for (const value of f[field]) key(`${field}:${value}`).click();
    open('more');
    for (const field of ['key_types', 'kinds', 'categories', 'modes']) for (const value of f[field]) key(`${field}:${value}`).click();
    put('figure', f.key);
    const begun = performance.now();
    await settled();
    found.push({
      filter: page.as_dict(view.now.state), ms: performance.now() - begun, number: plain(by('foot-line').querySelector('b')),
      verdict: plain(by('verdict')), beside: plain(by('verdict-beside')),
      tiles: [...document.querySelectorAll('.tile')].map((t) => ({ title: plain(t.querySelector('h3')), n: plain(t.querySelector('.n')), value: plain(t.querySelector('.value')), lines: texts('.lines li', t), why: t.classList.contains('unknown') ? plain(t.querySelector('p.pale')) : '' })),
      rows: [...document.querySelectorAll('table.areas tbody tr')].map((r) => [plain(r.cells[0]), plain(r.cells[2].querySelector('.vh'))]),
      caption: plain(document.querySelector('#areas .caption')),
    });
  }
  return found;
}
"""


def filters(count: int) -> list[tuple[FilterState, str, str]]:
    """(filter, comparison, figure of the areas): a fourth past midnight, a fourth over days without data, some by month and group."""
    draw = random.Random(22)
    found = []
    for i in range(count):
        first = FIRST + timedelta(days=draw.randrange(60))
        state = FilterState(first=first, last=min(first + timedelta(days=draw.randrange(28)), UNTIL))
        if i % 4 == 0:
            state = replace(state, hour_from=draw.randrange(18, 24), hour_to=draw.randrange(1, 8), last=min(state.last or UNTIL, UNTIL - timedelta(days=1)))  # fmt: skip
        if i % 4 == 1:  # 2 and 3 October have no data
            state = replace(state, first=date(2024, 9, 28), last=date(2024, 10, 2) + timedelta(days=draw.randrange(3)))
        if i % 8 == 2:
            state = replace(
                state,
                first=date(2024, 10, 1),
                last=date(2024, 10, 31),
                units=draw.choice([("Dogs",), ("North", "South"), ()]),
            )
        if draw.random() < 0.5:
            state = replace(state, areas=tuple(sorted(draw.sample(IDS, draw.randrange(1, 5)))))
        if draw.random() < 0.3:
            state = replace(state, weekdays=tuple(sorted(draw.sample(range(7), draw.randrange(1, 7)))))
        if not state.units and draw.random() < 0.25:
            state = replace(state, modes=tuple(sorted(draw.sample(["foot", "vehicle", "unknown"], 2))))
        if draw.random() < 0.25:
            state = replace(state, **draw.choice([{"kinds": ("crime",)}, {"key_types": ("force priority",)}, {"categories": ("Burglary",)}]))  # type: ignore[arg-type]  # fmt: skip
        found.append((state, draw.choice(["before", "before", "year", "none"]), draw.choice(SHOWN)))
    return found


@pytest.fixture(scope="module", params=FILTERS)
def printed(request: Any, browser: Any, page_file: Path) -> list[dict[str, Any]]:
    asked = [{**s.as_dict(), "comparison": c, "key": k} for s, c, k in filters(request.param)]
    with shown(browser, page_file) as at:
        return list(at.page.evaluate(SET_AND_READ, asked))


def test_each_filter_is_the_one_that_was_set(printed: list[dict[str, Any]]) -> None:
    for (state, _, _), page in zip(filters(len(printed)), printed):
        assert {n: v for n, v in page["filter"].items() if v != []} == {n: list(v) if isinstance(v, tuple) else v for n, v in state.as_dict().items() if v != ()}  # fmt: skip


def test_verdict_tiles_and_areas_say_what_the_core_says(printed: list[dict[str, Any]], world: Any) -> None:
    material = released(world).material
    words = set()
    for (state, comparison, key), page in zip(filters(len(printed)), printed):
        answer = ask(material, state, comparison)
        front = overview(answer, state, comparison)
        where = f"{state} {comparison} {key}"
        assert page["number"] == f"Figure {answer.figures.number}", where
        if answer.refusal is not None:
            assert page["verdict"] == answer.refusal.why, where
        elif front.verdict is not None:
            assert_verdict(front.verdict, page, where)
            words.add(front.verdict.word)
        for tile, of_page in zip(front.tiles, page["tiles"]):
            said = f"Not told: {tile.why}" if tile.why else ""
            assert (of_page["title"], of_page["why"].rstrip(".")) == (tile.title, said.rstrip(".")), where
            if not tile.why:
                assert of_page["value"] == f"{tile.value} {tile.beside}".strip() and of_page["n"] == tile.n, where
                assert flat(of_page["lines"]) == flat([*tile.lines, *tile.details]), where
        rows = area_rows(material, state, key, now=front.areas, weeks=0)
        assert page["rows"] == [[" ".join(r.name.split()), r.words(rows.measure)] for r in rows.rows], where
        if any(r.value == r.value for r in rows.rows):
            assert page["caption"].lower().startswith(rows.comparison_words.lower()), where
    assert len(words) >= 3  # the filters lead to verdicts of several kinds


def assert_verdict(verdict: Verdict, page: dict[str, Any], where: str) -> None:
    assert page["verdict"] == verdict.sentence, where
    assert page["beside"].startswith(verdict.beside), where


def flat(lines: Any) -> str:
    """Lines as one text: the tick of the comparison areas is drawn on the page, and modes stand each on a line."""
    return " ".join(" ".join(lines).replace("│", ",").replace(" · ", " ").replace(" ,", ",").split())
