"""Numbers and sentences of the page's engine are the core's: the same digits of any value, the same templates."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import numpy as np
import pytest

from ia_plugin.core.evaluation.pooled import pooled_ratio
from ia_plugin.core.evaluation.student_t import t_quantile
from ia_plugin.core.filter_state import FilterState, listed, period_in_words, weekdays_in_words
from ia_plugin.core.inspector_page.engine_files import ENGINE
from ia_plugin.core.movement.likely_shares import default_spread, share_range
from ia_plugin.core.resources import resource_path
from ia_plugin.core.share_interval import share_interval
from ia_plugin.core.words import amount, count_of, mode_share, number, range_of, ratio, share, with_likely, with_range
from tests.support.browser import needs_browser
from tests.support.page_engine import engine_page

CORE = Path(__file__).resolve().parents[3] / "ia_plugin" / "core"
SAID = re.compile(r"""\b(?:say|phrase)\(\s*("(?:[^"\\]|\\.)*"|'[^']*'|`[^`]*`|[A-Za-z_.$]+)""")
UNITS = ("", "h", "%", "h per km²")


def test_every_sentence_of_the_engine_is_one_of_the_core() -> None:
    """Who translates or mends a sentence finds it once; a page would go on saying the old one."""
    known = {
        node.value
        for path in CORE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    said = [
        (name, literal)
        for name in ENGINE
        for literal in SAID.findall(resource_path(f"page/engine/{name}.js").read_text(encoding="utf-8"))
        if literal not in ("template", "text")  # where the two are declared
    ]
    assert len(said) > 150 and all(literal.startswith('"') for _, literal in said), "templates are literals"
    assert [(name, s) for name, s in said if json.loads(s) not in known] == []


def values() -> list[float]:
    """Sizes of all kinds, and those that lie exactly between two decimals."""
    rng = np.random.default_rng(3)
    some = np.concatenate(
        [
            rng.uniform(-1, 1, 1500) * 10.0 ** rng.integers(-3, 6, 1500),
            rng.integers(0, 4000, 1200) / 8,
            np.arange(0, 30, 0.05),
        ]
    )
    near = [
        0.0,
        -0.0,
        1e-7,
        9.95,
        9.949999,
        99.95,
        0.05,
        0.049999,
        0.005,
        0.995,
        9.995,
        2.5,
        3.5,
        -2.5,
        1_234_567.25,
        999.5,
        1e-6,
    ]
    return [*some.tolist(), *near]


@needs_browser
def test_numbers_are_written_the_same(tmp_path: Path) -> None:
    """5,000 values of all sizes and those between two decimals, where Python takes the even one."""
    every = values()
    triples = [(v, v - abs(w), v + abs(x)) for v, w, x in zip(every, every[7:], every[13:])]
    page_of = """({ values, triples, units }) => [
      values.map((v) => [...units.map((u) => page.number(v, u)), ...units.map((u) => page.amount(v, u)), page.share(v), page.ratio(v), page.mode_share(v),
        page.count_of(v, 'areas')]),
      triples.map((t) => [...units.map((u) => page.range_of(...t, u)), page.with_range(...t, 'h'), page.with_likely(...t, '%'), page.mode_share(...t),
        page.mode_share(...t, true)]),
      [null, NaN, Infinity].map((v) => [page.number(v), page.amount(v, 'h'), page.ratio(v), page.range_of(v, 1, 2)]),
    ]"""
    with engine_page(tmp_path, "") as page:
        numbers, ranges, unknown = page.evaluate(page_of, {"values": every, "triples": triples, "units": UNITS})
    for v, printed in zip(every, numbers):
        assert printed == [
            *(number(v, u) for u in UNITS),
            *(amount(v, u) for u in UNITS),
            share(v),
            ratio(v),
            mode_share(v),
            count_of(v, "areas"),
        ]
    for t, printed in zip(triples, ranges):
        assert printed == [
            *(range_of(*t, u) for u in UNITS),
            with_range(*t, "h"),
            with_likely(*t, "%"),
            mode_share(*t),
            mode_share(*t, in_table=True),
        ]
    assert unknown == [["–"] * 4] * 3


@needs_browser
def test_sums_are_added_as_numpy_adds_them(tmp_path: Path) -> None:
    """To the last bit: below eight values one by one, from eight on in eight strands, from 129 on in halves."""
    rng = np.random.default_rng(5)
    rows = [rng.uniform(0, 1, n).tolist() for n in (0, 1, 7, 8, 9, 39, 128, 129, 300, 1000)]
    with engine_page(tmp_path, "") as page:
        sums, quantiles = page.evaluate("(rows) => [rows.map((r) => page.sum_of(r)), rows.slice(1).map((r) => [0.25, 0.5, 0.75].map((q) => page.quantile(r, q)))]", rows)  # fmt: skip
    assert sums == [float(np.sum(r)) for r in rows]
    assert quantiles == [[float(q) for q in np.quantile(r, [0.25, 0.5, 0.75])] for r in rows[1:]]


@needs_browser
def test_ranges_and_ratios_are_those_of_the_core(tmp_path: Path) -> None:
    rng = np.random.default_rng(6)
    t95 = [t_quantile(0.95, n) for n in range(1, 31)]
    spread = default_spread()
    facts = {name: dict(getattr(spread, name)) for name in ("transfer", "officer", "own_hours", "flat", "untold")}
    shares = [
        (*rng.uniform(0, 1, 2).tolist(), float(rng.uniform(0, 500)), int(rng.integers(0, 40)), m)
        for m in (*spread.flat, "bicycle")
        for _ in range(50)
    ]
    groups = [(rng.exponential(50, 12).tolist(), rng.uniform(0.2, 3, 12).tolist()) for _ in range(50)]
    counts = [(int(a), int(b)) for b in (1, 10, 57, 400) for a in rng.integers(0, b + 1, 10)]
    with engine_page(tmp_path, "") as page:
        found = page.evaluate("""({ t95, spread, shares, groups, counts }) => {
          page.data = () => ({ t95, spread });
          const impact = Array.from({ length: 12 }, (_, i) => i < 6);
          return [groups.map(([a, k]) => { const r = page.pooled_ratio(a, k, impact, [0.1, 0.2]); return [r.estimate, r.low, r.high, ...r.without]; }),
            shares.map((s) => page.share_range(...s)), counts.map((c) => page.share_interval(...c)), [30, 400, 800].map((n) => page.t95(n))];
        }""", {"t95": t95, "spread": facts, "shares": shares, "groups": groups, "counts": counts})  # fmt: skip
    impact = np.arange(12) < 6
    for (amounts, km2), printed in zip(groups, found[0]):
        core = pooled_ratio(np.array(amounts), np.array(km2), impact, shared=(0.1, 0.2), level=0.9)
        assert printed == pytest.approx([core.estimate, core.low, core.high, *core.without], rel=1e-12)
    for (p, told, hours, officers, mode), printed in zip(shares, found[1]):
        alike = min(2.0 / max(officers, 1), 1.0)
        assert printed == pytest.approx(
            [float(e) for e in share_range(p, told, hours, alike, mode)], rel=1e-12, abs=1e-15
        )
    assert found[2] == [list(share_interval(*c)) for c in counts]
    assert found[3] == pytest.approx([t_quantile(0.95, n) for n in (30, 400, 800)], rel=1e-10)


@needs_browser
def test_days_and_filters_are_said_the_same(tmp_path: Path) -> None:
    weekdays = [[d for d in range(7) if (mask >> d) & 1] for mask in range(1, 128)]
    periods = [
        ("2024-05-03", "2024-05-30"),
        ("2024-05-28", "2024-06-03"),
        ("2024-12-28", "2025-01-03"),
        ("2024-05-03", "2024-05-03"),
    ]
    lists = [["a"], ["a", "b", "c", "d"], ["a", "b", "c", "d", "e"]]
    with engine_page(tmp_path, "") as page:
        found = page.evaluate("""({ weekdays, periods, lists }) => [weekdays.map((d) => page.weekdays_in_words(d)),
          periods.map((p) => page.period_in_words(...p.map(page.day_of))), lists.map((l) => page.listed(l)),
          page.python_json({ b: ['é\\u007f😀"\\\\'], a: [1, null] })]""", {"weekdays": weekdays, "periods": periods, "lists": lists})  # fmt: skip
    days = [FilterState.from_dict({"first": a, "last": b}) for a, b in periods]
    assert found[0] == [weekdays_in_words(d) for d in weekdays]
    assert found[1] == [period_in_words(s.first, s.last) for s in days]
    assert found[2] == [listed(words) for words in lists]
    assert found[3] == json.dumps({"a": [1, None], "b": ['é\x7f😀"\\']}, sort_keys=True)
