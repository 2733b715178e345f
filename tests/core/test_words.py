"""How numbers are written: the rule as a table, and one number that reads the same through every door."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core import words
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.summary_tables import Material
from ia_plugin.core.words import (
    DASH,
    amount,
    best_estimate,
    counted,
    number,
    range_of,
    so_many,
    with_likely,
    with_range,
)

ROOT = Path(__file__).resolve().parents[2]
NAN = float("nan")


@pytest.mark.parametrize(
    "value, unit, written",
    [
        # an amount: one decimal below 10, none from 10 on
        (0.05, "h", "0.1 h"),
        (0.4, "h", "0.4 h"),
        (3.46, "h", "3.5 h"),
        (9.94, "h", "9.9 h"),
        (9.96, "h", "10 h"),
        (41.3, "h", "41 h"),
        (336.4, "h", "336 h"),
        (1025.4, "h", "1,025 h"),
        (7816.6, "h", "7,817 h"),
        (12.6, "", "13"),
        (25.4, "min", "25 min"),
        # a share or a rate: one decimal below 100
        (0.4, "%", "0.4 %"),
        (13.42, "%", "13.4 %"),
        (99.96, "%", "100 %"),
        (3.46, "h per km²", "3.5 h per km²"),
        (24.68, "h/km²", "24.7 h/km²"),
        (99.94, "h/km²", "99.9 h/km²"),
        (414.8, "h/km²", "415 h/km²"),
        (1.25, "per 1,000 residents", "1.2 per 1,000 residents"),
        # a whole number has no decimals, not even where sums of many rows left something over
        (3, "h", "3 h"),
        (3.0000000004, "h", "3 h"),
        (50.0, "%", "50 %"),
        (1234, "", "1,234"),
        (np.int64(1234), "", "1,234"),
        # what is not nought does not read as nought; what is not known is a dash
        (0.03, "h", "under 0.1 h"),
        (0.04, "%", "under 0.1 %"),
        (0.0, "%", "0 %"),
        (-0.0, "h", "0 h"),
        (1e-12, "h", "0 h"),
        (None, "h", DASH),
        (NAN, "%", DASH),
        (float("inf"), "", DASH),
        # a true minus, not a hyphen
        (-3.46, "h", "−3.5 h"),
        (-9, "%", "−9 %"),
        (-0.04, "%", "under −0.1 %"),
    ],
)
def test_a_number_is_written_by_its_size_and_unit(value, unit, written) -> None:
    assert amount(value, unit) == written
    assert number(value, unit) == (written[: -len(unit) - 1] if unit and written != DASH else written)


@pytest.mark.parametrize(
    "value, low, high, unit, written",
    [
        (41.3, 38.2, 44.4, "h", "best estimate 41 h, likely 38–44"),
        (3.46, 1.9, 5.04, "h", "best estimate 3.5 h, likely 1.9–5.0"),
        (3.46, 0.0, 12.3, "h", "best estimate 3.5 h, likely 0.0–12.3"),  # digits follow the value, not the ends
        (3.0, 2.4, 3.6, "h", "best estimate 3 h, likely 2.4–3.6"),
        (0.02, 0.0, 0.21, "h", "best estimate under 0.1 h, likely 0.0–0.2"),
        (1002.3, 990.1, 1014.6, "h", "best estimate 1,002 h, likely 990–1,015"),
        (13.42, 13.11, 13.78, "%", "best estimate 13.4 %, likely 13.1–13.8"),
        (-2.5, -9.2, 4.1, "%", "best estimate −2.5 %, likely −9.2 to 4.1"),
        (0.0, 0.0, 0.0, "h", "best estimate 0 h"),
        (41.3, NAN, NAN, "h", "best estimate 41 h"),
        (41.3, None, 44.0, "h", "best estimate 41 h"),
        (NAN, 38.0, 44.0, "h", DASH),
    ],
)
def test_a_range_follows_its_value(value, low, high, unit, written) -> None:
    assert best_estimate(value, low, high, unit) == written
    head, _, ends = written.replace("best estimate ", "").partition(", likely ")
    assert with_likely(value, low, high, unit) == written.replace("best estimate ", "")
    assert with_range(value, low, high, unit) == (f"{head} ({ends})" if ends else head)
    assert range_of(value, low, high, unit) == (ends or DASH)


def test_the_value_reads_the_same_with_and_without_its_range() -> None:
    rng = np.random.default_rng(1)
    for value in 10 ** rng.uniform(-3, 5, 400):
        low, high = value * (1 - rng.random()), value * (1 + rng.random())
        for unit in ("h", "%", "h/km²"):
            shown, alone = with_range(value, low, high, unit), amount(value, unit)
            begin, _, end = range_of(value, low, high, unit).partition("–")
            # A range whose ends are one number as it is written says nothing: "0.1 % (0.1–0.1)".
            assert shown == (alone if begin == end else f"{alone} ({begin}–{end})")


# --- many doors -------------------------------------------------------------------------------------------------------

DAY = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 3))
HOURS, OTHERS = 3.46, 861.54  # 0.4 % of 865 h


@pytest.fixture(scope="module")
def material() -> Material:
    """3.46 h of one unit in an Impact Area of 0.81 km², 861.54 h of another in a comparison area; spread 1 h."""
    areas = pd.DataFrame(
        {
            "area_id": ["A", "C"],
            "name": ["Aston", "Cotteridge"],
            "role": ["impact", "comparison"],
            "geometry": [shapely.box(1000 * i, 0, 1000 * i + 900, 900) for i in range(2)],
        }
    )
    hour = pd.Timestamp("2024-06-03T09:00Z")
    rows = [
        {
            "area_id": place, "period": hour, "unit": unit, "department": "not known", "officer_role": "not known",
            "resource_type": "response", "activity": "on_foot", "officer_seconds": 3600 * spent, "variance": 3600.0**2,
            "systematic": 0.0, "foot_seconds": 3600 * spent,
            **dict.fromkeys([f"{m}_seconds" for m in ("vehicle", "stationary", "unknown", "bicycle")], 0.0),
        }
        for unit, spent, places in (("North", HOURS, ("A", "(impact)")), ("South", OTHERS, ("C", "(comparison)")))
        for place in places
    ]  # fmt: skip
    seen = pd.DataFrame(
        [(r["area_id"], hour, d, r[d], 9) for r in rows for d in ("unit", "resource_type")],
        columns=["area_id", "period", "dimension", "value", "officers"],
    )
    return Material.of(areas, pd.DataFrame(rows), officers_seen=seen)


def through_every_door(material: Material) -> dict[str, str]:
    """What each door says of the officer hours in Impact Areas."""
    from ia_plugin.core.answers.figure_words import as_answer, as_table, rows_of
    from ia_plugin.core.answers.questions import tables
    from ia_plugin.core.answers.sentences import sentences
    from ia_plugin.core.charts.chart_cells import cell_in_words
    from ia_plugin.core.charts.choice import Choice, prepare
    from ia_plugin.core.material.figures import figures
    from ia_plugin.core.report.answers_page import answers_page

    found, answered = figures(material, DAY, "none"), tables(material, DAY)
    said = sentences(material, DAY, answered)
    rows = {r["key"]: r for r in rows_of(found)}
    page = answers_page(material, DAY, answered, said)
    row = re.search(
        r"<tr><td[^>]*>All Impact Areas(?: together)?</td>.*?</tr>|<tr><td[^>]*>Impact Areas.*?</tr>",
        page[page.index("<table") :],
    )
    both = prepare(material, FilterState(("A", "C"), DAY.first, DAY.last), Choice("unit"))
    return {
        "sentences": " ".join(said.loc[said["question"].isin([0, 1]), "sentence"]),
        "page": " ".join(re.findall(r">([^<>]+)</td>", row.group())) if row else "",
        "dock": f"{rows['officer_hours']['here']} {rows['share']['here']}",
        "copied table": as_table(found),
        "copied answers": as_answer(found) + as_answer(found, "share"),
        "chart": cell_in_words(both, 0, 0),
    }


def test_one_number_reads_the_same_through_every_door(material) -> None:
    for door, text in through_every_door(material).items():
        assert re.search(r"(?<![\d.])3\.5(?![\d])", text), (door, text)
        assert re.search(r"(?<![\d.])0\.4(?![\d])", text), (door, text)
        assert "3.46" not in text and "under 1 %" not in text, (door, text)


# --- one writer -------------------------------------------------------------------------------------------------------

ROUNDED = re.compile(r"\.\d+[fge%]|[%fg]$|\d[%fg]")
ELSEWHERE = {
    "core/words.py": "the writer",
    "core/params/declaration.py": "bounds of a parameter, as they were declared",
    "core/briefing/svg.py": "places on a sheet, in millimetres",
    "core/charts/day_lines.py": "ticks of an axis share one number of decimals",
    "core/charts/draw.py": "ticks of an axis share one number of decimals",
    "core/disclosure/small_areas.py": "ground just under the minimum must not read as the minimum",
    "core/evaluation/displacement.py": "an input quoted in a refusal",
    "core/fixes.py": "positions quoted in a refusal",
    "core/imports/places.py": "positions quoted in a refusal",
    "core/movement/model.py": "parameters of the model and its scores",
    "core/presence/leg_areas.py": "positions quoted in a refusal",
    "layers/metric_system.py": "positions quoted in a refusal",
    "layers/symbols.py": "widths of lines, for QGIS",
    "processing/styles.py": "ends of the classes of a legend share one number of decimals",
}


def rounded_in(source: str) -> list[str]:
    """Formats of f-strings, and of strings with braces, that choose decimals; dates (``%d %B``) are none."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec = "".join(v.value for v in node.format_spec.values if isinstance(v, ast.Constant))
            dynamic = any(isinstance(v, ast.FormattedValue) for v in node.format_spec.values)
            found += [spec] if re.search(ROUNDED, spec) or (dynamic and spec.endswith("f")) else []
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += re.findall(r"\{\w*:[,+]?(?:\.\d+)?[fge%]\}", node.value)
    return found


def test_the_search_for_rounding_finds_it() -> None:
    assert rounded_in("f'{a:.1f} {b:,.0f} {c:.0%} {d:g} {e:.{n}f}'") == [".1f", ",.0f", ".0%", "g", ".f"]
    assert rounded_in("'{x:,.0f}'") == ["{x:,.0f}"]
    assert rounded_in("f'{n:,} {day:%d %B %Y} {k:02}'") == []


@pytest.mark.parametrize("room", ["core", "layers", "gpkg", "store", "processing", "ui"])
def test_nobody_else_chooses_how_many_decimals_a_number_has(room: str) -> None:
    package = ROOT / "ia_plugin"
    found = {
        path.relative_to(package).as_posix(): formats
        for path in sorted((package / room).rglob("*.py"))
        if (formats := rounded_in(path.read_text(encoding="utf-8")))
    }
    assert set(found) <= set(ELSEWHERE), {path: formats for path, formats in found.items() if path not in ELSEWHERE}


CAVEATS = [
    n
    for n in words.__all__
    if n.isupper() and " " in str(getattr(words, n)) and n != "MODE_WORDS" and n != "CANNOT_TELL"
]


@pytest.mark.parametrize("name", CAVEATS)
def test_a_standing_caveat_is_written_once(name: str) -> None:
    text = getattr(words, name)
    sources = [*sorted((ROOT / "ia_plugin").rglob("*.py")), *sorted((ROOT / "resources" / "templates").iterdir())]
    here = [p.name for p in sources if p.name != "words.py" and text in p.read_text(encoding="utf-8")]
    assert here == []


def test_every_exception_is_still_one() -> None:
    assert [p for p in ELSEWHERE if not rounded_in((ROOT / "ia_plugin" / p).read_text(encoding="utf-8"))] == []


def test_the_demo_prints_by_the_same_rule() -> None:
    source = (ROOT / "tools" / "demo.py").read_text(encoding="utf-8")
    assert "core.words import" in source
    table = source[source.index("def print_table") : source.index("def main")]
    assert rounded_in(table) == []


def test_a_count_of_one_is_singular_and_a_mode_has_one_name_everywhere():
    from ia_plugin.core.columns import MODES_AND_BICYCLE
    from ia_plugin.core.material.measures import MEASURES
    from ia_plugin.core.words import MODE_WORDS, count_of

    assert count_of(1, "stops and searches") == "1 stop and search"
    assert (
        count_of(1.0000001, "recorded crimes") == "1 recorded crime" and count_of(1.3, "incidents") == "1.3 incidents"
    )
    assert set(MODE_WORDS) == set(MODES_AND_BICYCLE)
    assert {m.key: m.label.lower() for m in MEASURES if m.key in MODE_WORDS} == MODE_WORDS


def test_of_one_thing_the_noun_its_verb_and_what_stands_for_it_are_singular():
    said = {
        "events have no place and are kept without one": "event has no place and is kept without one",
        "rows dropped": "row dropped",
        "positions lie at (0, 0)": "position lies at (0, 0)",
        "rows do not say whether the object was found": "row does not say whether the object was found",
        "events have the position (0, 0), which radios send before they know where they are: they are kept without a place": "event has the position (0, 0), which radios send before they know where they are: it is kept without a place",
        "stored fixes were off duty and are removed": "stored fix was off duty and is removed",
        "rows take their place from 'lat' and 'lon'": "row takes its place from 'lat' and 'lon'",
        "references hashed, for they may name a person": "reference hashed, for it may name a person",
        "times of 'rows are' have no zone in 'tz', and were read in UTC": "time of 'rows are' has no zone in 'tz', and was read in UTC",
        "ids of records left out": "id of records left out",
        "events outside the time of the movement were left out": "event outside the time of the movement was left out",
    }
    assert {many: so_many(1, many) for many in said} == {many: f"1 {one}" for many, one in said.items()}
    assert counted(1, "rows lie far away: is that right?") == "1 row lies far away: is that right?"
    assert [so_many(n, "rows have no place") for n in (0, 2, 1200)] == [
        f"{n} rows have no place" for n in ("0", "2", "1,200")
    ]


def test_whatever_is_noted_of_rows_can_be_said_of_one() -> None:
    """Words of a note begin with what they count, so that of one it can be put in the singular."""
    import ast

    odd = []
    for path in sorted((ROOT / "ia_plugin" / "core").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = getattr(node.func, "attr", "") if isinstance(node, ast.Call) else ""
            if called not in ("note", "warn") or not node.args:
                continue
            first = node.args[0].values[0] if isinstance(node.args[0], ast.JoinedStr) else node.args[0]
            text = first.value if isinstance(first, ast.Constant) else None
            if isinstance(text, str) and so_many(1, text) == f"1 {text}":
                odd.append(f"{path.name}: {text}")
    assert odd == []
