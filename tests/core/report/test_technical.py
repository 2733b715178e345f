"""The technical report: the figures of the answers and of the evaluation, and none of its own."""

import html
import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from ia_plugin.core.about.facts import About
from ia_plugin.core.activity.rules import ACTIVITY_WORDS
from ia_plugin.core.answers.public_counts import counts_rounded_to
from ia_plugin.core.answers.questions import tables
from ia_plugin.core.answers.sentences import sentences
from ia_plugin.core.answers.splits import activity_share
from ia_plugin.core.errors import DataRangeError, ParameterError
from ia_plugin.core.evaluation.baseline import baseline_of
from ia_plugin.core.evaluation.demand import calls_crime_of
from ia_plugin.core.evaluation.panel import panel_of
from ia_plugin.core.evaluation.results import results_table
from ia_plugin.core.evaluation.sentences import banned
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.params import CallsCrimeParams, PanelParams
from ia_plugin.core.report.evaluated import evaluated
from ia_plugin.core.report.technical import Made, report_html, technical_report
from ia_plugin.core.words import MODE_WORDS, mode_share, number, range_of, ratio
from tests.support.long import long_after
from tests.support.report_world import MAY, report_material

pytest.importorskip("matplotlib", reason="reports have charts, and matplotlib is not installed")
AUDIENCES = ("restricted", "board", "public")
MADE = Made(date(2024, 6, 1), 4, {"STORE": "a folder"}, {"QGIS": "3.34"}, {"summary.gpkg": "ab" * 32}, {})


def made_of(material, state=MAY, audience="board", period="week", **more):
    found = evaluated(material, panel_of(material, PanelParams(period=period)), audience=audience, **more)
    return found, technical_report(material, state, found, MADE, audience=audience)


@pytest.fixture(scope="module")
def world():
    return report_material()


@pytest.fixture(scope="module")
def made(world):
    return made_of(world)


@pytest.fixture(scope="module")
def by_month(world):
    """The report of each audience, of months, made once for all tests."""
    return {audience: made_of(world, audience=audience, period="month")[1] for audience in AUDIENCES}


@pytest.fixture(scope="module")
def hostile():
    """Names that do harm where they are taken for anything but names."""
    material = report_material(names=True)
    return material, made_of(material)[1]


@pytest.fixture
def undrawn(monkeypatch):
    """Pages without their pictures, for who reads the words alone: drawing takes most of the time."""
    monkeypatch.setattr("ia_plugin.core.report.technical.inline_png", lambda *_, **__: "")


def shown(page):
    return html.unescape(re.sub(r"<style.*?</style>|data:image[^\"]+|<[^>]+>", " ", page, flags=re.S))


def test_questions_stand_in_order_then_what_they_rest_on(made):
    titles = [c.title for c in made[1].chapters]
    assert [t[:2] for t in titles[:9]] == ["1.", "1.", "2.", "3.", "4.", "5.", "6.", "7.", "8."]
    assert [t.split(",")[0] for t in titles[9:]] == [
        "Matching of comparison areas", "How far the answer hangs on what was chosen", "The data and their quality",
        "The method", "Card of the movement model", "How to make this report again",
    ]  # fmt: skip


def test_each_question_has_words_a_picture_and_a_table(made):
    for chapter in made[1].chapters[:9]:
        assert chapter.sentences and chapter.tables and chapter.pictures, chapter.title
        assert all(p.words for p in chapter.pictures)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_answers_are_those_of_the_answers(world, by_month, audience):
    report = by_month[audience]
    found = tables(world, MAY, audience)
    told = sentences(world, MAY, found, audience)
    first = [s for s in told.loc[told["question"] == 0, "sentence"] if not s.startswith("Beta")]
    assert list(report.first[: len(first)]) == first, "what stands beside the marking stands there alone"
    base = 5 if audience == "public" else 0
    first, table = report.chapters[0], report.chapters[0].tables[0][1]
    assert list(first.sentences) == told.loc[told["question"] == 1, "sentence"].tolist()
    hours = {r["name"]: r["officer_hours"] for r in found["time"].to_dict("records")}
    at = table.header.index("officer hours")
    assert {row[0]: row[at] for row in table.rows} == {n: number(h, "h", base) for n, h in hours.items()}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_cell_of_questions_2_to_6_is_the_answers_own(world, by_month, audience):
    """Hours, shares, counts and rates of the chapters, cell by cell, as the tables of the answers have them."""
    report = by_month[audience]
    found, base = tables(world, MAY, audience), 5 if audience == "public" else 0
    chapters = {c.title[:2]: c for c in report.chapters if not c.title.startswith("1. Impact")}
    names = {"Impact Areas": "(impact)", "Comparison areas": "(comparison)", "Rest of the force": "(rest)"}

    def cells(question, k=0):
        table = chapters[question].tables[k][1]
        heads = [names[h.rpartition(",")[0]] for h in table.header[1:]]
        return {(place, row[0]): cell for row in table.rows for place, cell in zip(heads, row[1:])}

    activities = {(r["place"], ACTIVITY_WORDS[r["activity"]]): r for r in found["activities"].to_dict("records")}
    for key, cell in cells("3.").items():
        row = activities.get(key)
        assert cell == (
            "–" if row is None else f"{number(row['officer_hours'], 'h', base)} ({activity_share(row, base)})"
        )
    modes = found["modes"].set_index("place")
    for (place, words), cell in cells("4.").items():
        mode = next(m for m, w in MODE_WORDS.items() if w == words)
        ends = (modes.loc[place].get(f"{mode}_percent{e}") for e in ("", "_low", "_high"))
        assert cell == mode_share(*ends, base=base)
    events = found["events"][found["events"]["by"] == "category"]
    counted = {(r["place"], r["group"]): r for r in events.to_dict("records")}
    of_all = {(r["place"], f"All {r['kind']}s"): r for r in events.to_dict("records") if r["group"] == "(all)"}
    shown = cells("5.")
    assert len(shown) >= 6
    for key, cell in shown.items():
        row = of_all.get(key) or counted.get(key)
        assert row is None or cell.startswith(number(row["events"], "", counts_rounded_to(MAY) if base else 0)), key


def test_the_evaluation_is_that_of_its_own_algorithms(world, made):
    found, panel = made[0].results(), panel_of(world, PanelParams(period="week"))
    own = [
        results_table(baseline_of(panel, audience="board").results),
        results_table(calls_crime_of(panel, CallsCrimeParams()).results),
    ]
    for question, results in zip(("baseline", "demand"), own):
        part = found[found["question"] == question].reset_index(drop=True)
        pd.testing.assert_frame_equal(part, results)
    assert found["primary"].sum() == len([d for d in made[1].declared])
    baseline = own[0].iloc[0]
    assert (
        made[1]
        .declared[0]
        .endswith(
            f"best estimate {ratio(baseline['estimate'])} times as many, likely (95 %) {ratio(baseline['low'])}–{ratio(baseline['high'])}."
        )
    )


def test_hours_per_km2_are_a_chart_with_its_figures_in_words(world, made):
    time = tables(world, MAY, "board")["time"]
    words = made[1].chapters[0].pictures[0].words
    for r in time[time["name"].str.match("[IC][0-9]")].to_dict("records"):
        low, high = (r[f"officer_hours_{e}"] / r["km2"] for e in ("low", "high"))
        assert (
            f"{r['name']}: {number(r['hours_per_km2'], 'h per km²')} h per km², likely {range_of(r['hours_per_km2'], low, high, 'h per km²')}"
            in words
        )


def test_the_verdict_is_asked_again_of_other_days_and_hours(made):
    chapter = next(c for c in made[1].chapters if c.title.startswith("How far"))
    rows = {str(row[0]): row[1:] for row in chapter.tables[0][1].rows}
    # Every hour has the same officers, so that no other days or hours have another ratio.
    told = {k: v[0] for k, v in rows.items() if not k.startswith("Without")}
    assert set(told) == {
        "As asked", "The period before", "1–15 May 2024", "16–31 May 2024", "Mondays to Fridays", "Saturdays and Sundays",
        "06:00–22:00", "22:00–06:00",
    }  # fmt: skip
    assert len(set(told.values())) == 1 and sum(k.startswith("Without") for k in rows) == 2


def test_the_public_sees_no_days_no_hours_and_no_range_of_rounded_counts(by_month):
    report = by_month["public"]
    words = " ".join(p.words for c in report.chapters[:9] for p in c.pictures)
    assert "by hour" not in words and "by day" not in words
    sensitive = next(c for c in report.chapters if c.title.startswith("How far"))
    assert sensitive.tables == () and "public" in sensitive.sentences[0]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_word_flatters_or_accuses(world, by_month, undrawn, audience):
    report = by_month[audience]
    assert not banned(shown(report_html(report, world)))


@pytest.mark.parametrize("on_paper", [0, 640])
def test_names_do_no_harm(hostile, on_paper):
    material, report = hostile
    page = report_html(report, material, on_paper=on_paper)
    assert "<script" not in page and "&lt;script&gt;" in page
    assert "http:" not in page and "https:" not in page
    if not on_paper:
        assert page.count("OFFICIAL-SENSITIVE") >= 2 and "default-src 'none'" in page
        assert all('alt="' in tag for tag in re.findall(r"<img [^>]+>", page))


def test_a_period_without_data_is_said_and_is_no_error(world):
    nowhere = FilterState(first=date(2023, 1, 1), last=date(2023, 1, 31))
    report = made_of(world, nowhere)[1]
    assert "There is no time of officers in this period" in report.first[0]
    assert report_html(report, world)


def test_nothing_leaves_unmarked(world):
    found = evaluated(world, panel_of(world, PanelParams(period="month")))
    with pytest.raises(ParameterError):
        technical_report(world, MAY, found, MADE, marking=" ")


def test_what_the_data_do_not_bear_is_said_in_its_chapter():
    material = report_material()
    areas = material.areas.assign(role="impact")
    nothing = replace(material, areas=areas)
    found = evaluated(nothing, panel_of(nothing, PanelParams(period="month")))
    assert found.baseline is None and found.why[1]
    chapter = technical_report(nothing, MAY, found, MADE).chapters[1]
    assert chapter.title.startswith("1. Impact Areas beside") and "not looked at" in chapter.sentences[0]


@pytest.mark.parametrize("named", ["unicorns", "burglary, unicorns", "Burglary; burglary"])
def test_a_declared_key_type_that_is_not_there_is_refused(world, named):
    with pytest.raises(ParameterError, match="No event here is of"):
        evaluated(world, panel_of(world, PanelParams(period="month")), outcomes=named)


@pytest.mark.parametrize("audience", long_after(1, AUDIENCES))
def test_no_report_tells_who_looked_at_one_officer(world, undrawn, audience):
    """That is for the owner of the record, on the page About these data."""
    told = About(
        "force",
        "/data/force",
        looks=("One officer was looked at 3 times (journey), 1 July 2024, by ada, for: training.",),
    )
    found = evaluated(world, panel_of(world, PanelParams(period="month")), audience=audience)
    report = technical_report(world, MAY, found, MADE, about=told, audience=audience)
    page = shown(report_html(report, world))
    assert "Governance card" in page and "looked at 3 times" not in page and "by ada" not in page


def test_weights_of_other_areas_are_refused(world):
    """With the ids of another layer the baseline itself would be missing from page 1."""
    panel = panel_of(world, PanelParams(period="month"))
    with pytest.raises(DataRangeError, match="No impact area has a weight"):
        evaluated(world, panel, weights=pd.DataFrame({"area_id": ["1", "2"], "weight": [1.0, 1.0]}))
    alone = replace(world, areas=world.areas.assign(role="impact"))
    evaluated(alone, panel_of(alone, PanelParams(period="month")), weights=dict.fromkeys(alone.areas["area_id"], 1.0))
