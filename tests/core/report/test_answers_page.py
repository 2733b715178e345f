"""The page of the answers: what the dashboard says stands first, then each question with its chart, its table folded."""

import re
from dataclasses import replace

import pytest

from ia_plugin.core.answers.questions import TITLES, tables
from ia_plugin.core.answers.sentences import sentences
from ia_plugin.core.answers.verdict import verdict_of
from ia_plugin.core.report.answers_page import answers_page
from ia_plugin.core.report.first_page import OnScale, first_page
from tests.support.report_world import MAY, report_material

OBSERVED = "In May 2024 91 % of the time was observed."


@pytest.fixture(scope="module")
def material():
    return report_material()


def page_of(material, audience="board", **more):
    found = tables(material, MAY, audience)
    return answers_page(material, MAY, found, sentences(material, MAY, found, audience), audience=audience, **more)


def test_the_first_sheet_says_what_the_dashboard_says(material):
    page = page_of(material, observed=OBSERVED)
    first, _, questions = page.partition('<section class="question">')
    assert verdict_of(material, MAY).sentence in first and OBSERVED in first and "never switched on" in first
    front = first_page(material, MAY)
    assert all(t["tile"].value in first for t in front.tiles if not t["tile"].why)
    assert [r["row"].name for r in front.rows] == re.findall(r'<th scope="row">([^<]+)</th><td class="dots">', first)
    assert first.count('<path class="area') == len(front.map["areas"]) and "<details" in questions


def test_each_question_has_a_chart_of_dots_and_a_folded_table(material):
    parts = page_of(material).split('<section class="question">')[1:]
    assert [re.search(r"<h2>(\d)\. ", p)[1] for p in parts] == [str(q) for q in TITLES]
    for part in parts:
        assert '<table class="dot-rows">' in part and "<summary>Table: " in part
        assert part.index('class="dot-rows"') < part.index("<summary>Table: ")


def test_the_public_has_no_verdict_and_no_map_of_numbers_that_are_not_rounded(material):
    page = page_of(material, "public")
    assert 'id="tiles"' not in page and "<path" not in page and verdict_of(material, MAY).sentence not in page


def test_names_of_areas_are_inert(material):
    evil = "<script>alert(1)</script>\"'&"
    areas = material.areas.assign(name=[evil, *material.areas["name"][1:]])
    page = page_of(replace(material, areas=areas))
    assert "<script" not in page and "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    "value, low, high, placed",
    [
        (5.0, 4.0, 8.0, (50.0, 40.0, 40.0)),
        (5.0, float("nan"), float("nan"), (50.0, None, None)),
        (float("nan"), float("nan"), float("nan"), (None, None, None)),
        (12.0, 9.0, 15.0, (100.0, 90.0, 10.0)),  # what lies beyond the scale stands at its end
    ],
)
def test_a_figure_has_its_place_on_a_scale(value, low, high, placed):
    got = OnScale.of(value, low, high, 10.0)
    assert (got.dot, got.low, got.wide) == placed
