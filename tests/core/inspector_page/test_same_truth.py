"""One truth: what the page computes of any filter is what the core computes, to the printed digit and the printed word."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ia_plugin.core.answers.event_tables import events_table
from ia_plugin.core.columns import ALL, MODES_AND_BICYCLE
from ia_plugin.core.dashboard.map_classes import SCALES
from ia_plugin.core.disclosure.audiences import hours_end
from ia_plugin.core.figure_code import read_code
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.inspector_page.cube import cube_of
from ia_plugin.core.inspector_page.release_words import (
    NOT_BY_DAY,
    WEEKS_ALONE,
    in_closed_weeks,
    ranges_no_narrower,
    whole_weeks_end,
)
from ia_plugin.core.inspector_page.released import Released, released
from ia_plugin.core.material.places import IMPACT
from ia_plugin.core.material.summary_tables import Hours, Material
from tests.support.browser import needs_browser
from tests.support.long import long_after
from tests.support.page_engine import Asked, engine_page, printed_by_core, printed_by_page, without_sensitive
from tests.support.page_world import FIRST, IDS, page_world

pytestmark = needs_browser
KINDS = ("past midnight", "partly observed", "empty", "by month", "plain")
LAST, HOURS_UNTIL = date(2024, 12, 2), date(2024, 11, 25)
MONTHS = (
    (date(2024, 9, 1), date(2024, 9, 30)),
    (date(2024, 10, 1), date(2024, 10, 31)),
    (date(2024, 9, 1), date(2024, 10, 31)),
)
DEMO = Path(__file__).resolve().parents[3] / "build" / "demo" / "store"
WHATS = ("presence", "searches", "crimes", "incidents", "demand")


def filters(kind: str, count: int) -> list[Asked]:
    """Filters of a kind, drawn from a seed of its own; charts are looked at with every fifth."""
    rng = np.random.default_rng(KINDS.index(kind))
    found = []
    for i in range(count):
        state = _of_days(rng, kind)
        if rng.random() < 0.4:
            state = replace(state, weekdays=_some(rng, range(7), 6))
        if rng.random() < 0.45:
            state = replace(state, areas=_some(rng, IDS, 6))
        state = _of_hours(rng, kind, state)
        if kind == "by month" and rng.random() < 0.6:
            state = replace(state, units=_some(rng, ("Dogs", "North", "South"), 2)) if rng.random() < 0.6 else replace(state, resources=("car",))  # fmt: skip
        elif rng.random() < 0.3:
            state = replace(state, modes=_some(rng, ("foot", "vehicle", "unknown", "bicycle", "stationary"), 3))
        if rng.random() < 0.2:
            state = replace(state, kinds=_some(rng, ("crime", "incident", "stop_search"), 2))
        if rng.random() < 0.2:
            state = replace(state, categories=("Burglary", "Theft"))
        if rng.random() < 0.1:
            state = replace(state, key_types=("force priority",))
        if len(state.areas) > 0 and state.last > HOURS_UNTIL:  # of several areas the last days tell less: see below
            state = replace(state, first=min(state.first, HOURS_UNTIL), last=HOURS_UNTIL)
        found.append(
            Asked(state, str(rng.choice(["before", "year", "none"], p=[0.6, 0.2, 0.2])), str(rng.choice(list(SCALES))), str(rng.choice(WHATS)),
                  str(rng.choice(WHATS[2:])), str(rng.choice(["unit", "resource_type"])), weeks=6 if i % 10 == 0 else 0, charts=i % 5 == 0)
        )  # fmt: skip
    return found


def _some(rng: np.random.Generator, among: Any, most: int) -> tuple[Any, ...]:
    chosen = sorted(rng.choice(len(among), rng.integers(1, most + 1), replace=False).tolist())
    return tuple(among[i] for i in chosen)


def _of_days(rng: np.random.Generator, kind: str) -> FilterState:
    first = FIRST + timedelta(days=int(rng.integers(30 if kind == "plain" else 0, 80)))
    last = first + timedelta(days=int(rng.integers(0, 30)))
    if rng.random() < 0.4:
        first -= timedelta(days=first.weekday())
        last = first + timedelta(days=7 * int(rng.integers(1, 4)) - 1)
    if kind == "partly observed":
        first, last = (
            FIRST + timedelta(days=int(rng.integers(-14, 25))),
            FIRST + timedelta(days=int(rng.integers(31, 91))),
        )
    if kind == "empty":
        first, last = date(2023, 5, 1) + timedelta(days=int(rng.integers(0, 40))), date(2023, 7, 1)
    if kind == "by month":
        first, last = MONTHS[rng.integers(0, 3)]
    return FilterState(first=first, last=min(last, LAST))


def _of_hours(rng: np.random.Generator, kind: str, state: FilterState) -> FilterState:
    if kind == "past midnight":
        return replace(state, hour_from=int(rng.integers(18, 24)), hour_to=int(rng.integers(1, 8)))
    if kind == "by month" and rng.random() < 0.6:
        return replace(state, hour_from=int(rng.choice([0, 7])), hour_to=int(rng.choice([22, 24])))
    if kind != "empty" and rng.random() < 0.3:
        return replace(state, hour_from=int(rng.integers(0, 12)), hour_to=int(rng.integers(13, 25)))
    return state


@pytest.fixture(scope="module")
def material() -> Material:
    return page_world()


@pytest.fixture(scope="module")
def got(material: Material) -> Released:
    return released(material)


def differences(
    got: Released, asked: list[Asked], shown: list[dict[str, Any]], but: tuple[str, ...] = ()
) -> Iterator[str]:
    """What a page prints otherwise than the core, a line each."""
    for one, page in zip(asked, shown):
        for name, core in json.loads(json.dumps(printed_by_core(got, one, page))).items():
            if name not in but and page[name] != core:
                yield f"{name} of {page['words']} ({one}):\n  core {core}\n  page {page[name]}"


@pytest.mark.parametrize("of_each", long_after(1, [12, 60]))
def test_random_filters_print_the_same(tmp_path: Path, material: Material, got: Released, of_each: int) -> None:
    asked = [a for kind in KINDS for a in filters(kind, of_each)]
    shown = printed_by_page(tmp_path, material, asked)
    assert len(asked) == 5 * of_each and not list(differences(got, asked, shown))[:3]
    # They are what they are called: a test of filters that tell nothing would test nothing.
    kind_of = [kind for kind in KINDS for _ in range(of_each)]
    known = Counter(kind for kind, page in zip(kind_of, shown) if page["table"][1]["here"] != "–")
    assert known["empty"] == 0 and min(known[k] for k in KINDS if k != "empty") > of_each / 3
    assert sum(len(p["filter"]["units"]) > 0 and p["table"][1]["here"] != "–" for p in shown) > of_each / 12
    assert all(
        "data on" in s or "no data" in s or "has data on" in s
        for p in shown[of_each : 2 * of_each]
        for s in p["notes"]["time"][:1]
    )
    words = {p["verdict"]["word"] for p in shown if p["verdict"]}
    assert len(words & {"not compared", "cannot tell", "more"}) == (3 if of_each > 12 else 2)


def test_sexual_offences_are_counted_in_closed_weeks_alone(tmp_path: Path) -> None:
    """Whole closed weeks have them; any other period has not, and says how many its weeks have; no chart of days has them."""
    material = page_world(sensitive=True)
    got = released(material)
    weeks = FilterState(first=date(2024, 10, 28), last=date(2024, 11, 10))
    states = [weeks, replace(weeks, last=date(2024, 11, 11)), replace(weeks, weekdays=(0, 1)), replace(weeks, categories=("Rape of a female",)),
              replace(weeks, categories=("Rape of a female",), last=date(2024, 11, 9)),
              replace(weeks, kinds=("stop_search",), first=date(2024, 10, 29)), replace(weeks, areas=("a01",), first=date(2024, 10, 27)),
              FilterState(first=date(2024, 11, 18), last=date(2024, 12, 1))]  # fmt: skip
    asked = [Asked(s, key="crimes", what="crimes", against="crimes", charts=not s.categories) for s in states]
    shown = printed_by_page(tmp_path, material, asked)
    assert [p["sensitive"] for p in shown] == [True, False, False, True, False, False, False, False]
    told = [i for i in range(len(asked)) if i != 4]  # of a part of a week nothing is told of it alone
    assert not list(differences(got, [asked[i] for i in told], [shown[i] for i in told], but=("tiles",)))
    assert {r["why"] for r in shown[4]["table"] if r["key"] == "crimes"} == {str(WEEKS_ALONE)}
    counts = [number_of(p, "crimes") for p in shown[:4]]
    assert counts[0] > counts[1] and number_of(shown[3], "crimes") > 0
    assert shown[0]["held_back"] == [NOT_BY_DAY] and shown[5]["held_back"] == []
    table = material.events.table
    of_weeks = table[
        (table["category"] == "Rape of a female").to_numpy()
        & (table["area_id"] == "(impact)").to_numpy()
        & (table["precision"] != "month").to_numpy()
        & (table["period"] >= "2024-10-28").to_numpy()
        & (table["period"] < "2024-11-18").to_numpy()
    ]
    assert shown[1]["held_back"] == [in_closed_weeks(int(of_weeks["events"].sum()))]
    assert without_sensitive(got, weeks).categories == ("Burglary", "Criminal damage", "Drugs", "Theft")


def number_of(page: dict[str, Any], key: str) -> float:
    return float(next(r["here"] for r in page["table"] if r["key"] == key).replace(",", ""))


def test_hours_end_with_the_last_day_told_by_the_hour_and_the_page_says_so(tmp_path: Path, material: Material) -> None:
    """A night ends on the morning after, so its last evening is one earlier; of a period after it whole days are shown."""
    late = FilterState(first=date(2024, 11, 18), last=LAST, hour_from=18)
    states = [
        late,
        replace(late, hour_to=3),
        replace(late, first=date(2024, 11, 28)),
        replace(late, hour_from=0),
        replace(late, last=HOURS_UNTIL),
    ]
    shown = printed_by_page(tmp_path, material, [Asked(s) for s in states])
    assert [(p["filter"]["first"], p["filter"]["last"]) for p in shown] == [
        ("2024-11-18", "2024-11-25"), ("2024-11-18", "2024-11-24"), ("2024-11-28", "2024-12-02"), ("2024-11-18", "2024-12-02"), ("2024-11-18", "2024-11-25")]  # fmt: skip
    words = [hours_end(HOURS_UNTIL)]
    assert [p["cut_short"] for p in shown] == [words, [hours_end(date(2024, 11, 24))], words, [], []]


def test_of_whole_weeks_hours_leave_whole_weeks(tmp_path: Path, material: Material, got: Released) -> None:
    """Four weeks to Sunday 1 December have nights to the 24th: three weeks, and no part of a fourth; so *Earlier* is compared.

    A month stays what is left of it: its weekdays are not those of the days before, and the tile says so.
    """
    weeks = FilterState(first=date(2024, 11, 4), last=date(2024, 12, 1), hour_from=7, hour_to=19)
    states = [
        weeks,
        replace(weeks, first=date(2024, 11, 25)),
        replace(weeks, first=date(2024, 11, 1), last=date(2024, 11, 30)),
    ]
    asked = [Asked(s) for s in states]
    shown = printed_by_page(tmp_path, material, asked)
    assert [(p["filter"]["first"], p["filter"]["last"]) for p in shown] == [
        ("2024-11-04", "2024-11-24"), ("2024-11-25", "2024-11-25"), ("2024-11-01", "2024-11-25")]  # fmt: skip
    assert shown[0]["cut_short"] == [whole_weeks_end(HOURS_UNTIL, date(2024, 11, 24))]
    assert [p["cut_short"] for p in shown[1:]] == [[hours_end(HOURS_UNTIL)]] * 2
    other = ["other weekdays" in p["tiles"][0][9] for p in shown]
    assert other == [False, True, True]
    assert not list(differences(got, asked, shown))


def test_of_several_areas_in_the_last_days_ranges_by_mode_are_no_narrower(
    tmp_path: Path, material: Material, got: Released
) -> None:
    """How many officers stand behind several areas together in an hour is told of no such day; with fewer known the range is wider."""
    late = FilterState(first=date(2024, 11, 26), last=LAST, areas=IDS[:4])
    others = [
        replace(late, areas=IDS[:1]),
        replace(late, areas=()),
        replace(late, first=FIRST, last=HOURS_UNTIL),
        replace(late, areas=IDS[6:7]),
    ]
    asked = [Asked(s) for s in (late, *others)]
    shown = printed_by_page(tmp_path, material, asked)
    # It says so beside the figures, where it can be: of one area and of a whole role the ranges are the core's.
    marked = [[n for n in p["beside"]["time"] if "may be wider" in n] for p in shown]
    assert marked == [[ranges_no_narrower(HOURS_UNTIL)], [], [], [], [ranges_no_narrower(HOURS_UNTIL)]]
    assert not list(differences(got, asked[1:4], shown[1:4]))
    core = printed_by_core(got, asked[0], shown[0])
    here = [{r["key"]: r["here"] for r in table["table"]} for table in (shown[0], core)]
    assert {k for k in here[0] if here[0][k] != here[1][k]} <= {"foot", "vehicle", "stationary", "bicycle"}
    for key in ("foot", "vehicle", "stationary"):
        (low, high), (least, most) = ([float(v) for v in h[key].split("(")[1][:-1].split("–")] for h in here)
        assert low <= least and high >= most


@pytest.mark.parametrize("area", ["", "a00"])
def test_the_first_line_has_the_shares_of_the_answers(
    tmp_path: Path, got: Released, material: Material, area: str
) -> None:
    """What part of all crime and of all incidents the Impact Areas have, or one area; the land where the rest of the force is known."""
    state = FilterState(first=date(2024, 10, 1), last=date(2024, 10, 31), areas=(area,) if area else ())
    with engine_page(tmp_path, cube_of(material, marking="OFFICIAL").text()) as page:
        found = page.evaluate("(f) => page.of_force(page.state_of(f))", state.as_dict())
    table = events_table(got.material, replace(state, areas=()))
    own = table[(table["place"] == (area or IMPACT)) & (table["group"] == ALL) & (table["by"] == "category")].set_index(
        "kind"
    )["share_percent"]
    assert (found["crimes"], found["incidents"]) == pytest.approx((own["crime"], own["incident"])) and own["crime"] > 0
    assert found["land"] is None or np.isnan(found["land"]), "the rest of this force has no ground"


def test_a_code_copied_from_the_page_opens_the_figure(tmp_path: Path, material: Material) -> None:
    """The core reads the filter, the number, the comparison and the moment of the data out of it."""
    state = FilterState(
        ("a01", "a02"), date(2024, 10, 7), date(2024, 10, 20), 22, 6, weekdays=(4, 5), categories=("Bürglary «x»",)
    )
    with engine_page(tmp_path, cube_of(material, marking="OFFICIAL").text()) as page:
        made = page.evaluate("(f) => { const s = page.state_of(f); return [page.figure_code(s, 'year'), page.figure_number(s, 'year')]; }", state.as_dict())  # fmt: skip
    code = read_code(made[0])
    assert (code.state, code.number, code.comparison, code.as_of) == (state, made[1], "year", material.as_of)


@pytest.mark.skipif(not DEMO.exists(), reason="make demo makes the store")
@pytest.mark.parametrize("start", long_after(1, [5, 0, 10]))
def test_the_demo_prints_the_same(tmp_path: Path, start: int) -> None:
    """The store that everybody can make: weeks, nights and single areas of it."""
    from ia_plugin.store.summary import read_summary

    material = read_summary(DEMO)
    # A store from before cells were whole seconds is read as if they were.
    table = material.time_use.table
    table = table.assign(**{n: table[n].round() for n in table.select_dtypes("number").columns})
    told = sum(table[f"{mode}_seconds"] for mode in MODES_AND_BICYCLE if mode != "unknown")
    whole = Hours.of(table.assign(unknown_seconds=table["officer_seconds"] - told))
    material = replace(material, time_use=whole)
    got = released(material)
    first, ids = got.material.days[0], material.of_role("impact")
    assert first is not None
    states = [
        replace(state, areas=areas)
        for state in (
            FilterState(
                first=first + timedelta(days=start), last=min(first + timedelta(days=start + 9), got.hours_until)
            ),
            FilterState(first=first + timedelta(days=start), last=got.hours_until, hour_from=22, hour_to=6),
            FilterState(first=first, last=got.last),
        )
        if state.first <= got.hours_until
        for areas in ((), tuple(ids[:1]))
    ]
    asked = [Asked(s, weeks=3, charts=True) for s in states]
    shown = printed_by_page(tmp_path, material, asked)
    assert asked and not list(differences(got, asked, shown))[:3]
