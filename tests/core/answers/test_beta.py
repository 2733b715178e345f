"""Whether figures were checked against the source systems stands on every output: answers, pages, copies."""

import re
from dataclasses import replace
from datetime import date

import pytest

from ia_plugin.core.answers.figure_words import as_answer, as_table
from ia_plugin.core.answers.questions import tables
from ia_plugin.core.answers.sentences import sentences
from ia_plugin.core.charts.choice import prepare
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.html_page import rendered
from ia_plugin.core.material.figures import figures
from ia_plugin.core.report.answers_page import answers_page
from ia_plugin.core.resources import resource_path
from tests.support.one_week import WEEK, week_material

NOT_YET = "Beta: not yet checked against source systems"
WORDS = {None: NOT_YET, (43, 50): "Beta: 43 of 50 checks agree"}


@pytest.fixture(scope="module")
def week():
    return week_material()


@pytest.mark.parametrize("checked", WORDS)
def test_answers_and_their_page_say_it_once_a_place(week, checked):
    material = replace(week, checked=checked)
    for audience in ("restricted", "board", "public"):
        found = tables(material, WEEK, audience)
        rows = sentences(material, WEEK, found, audience)
        assert rows["sentence"].tolist().count(f"{WORDS[checked]}.") == 1
        page = answers_page(material, WEEK, found, rows, audience=audience)
        assert page.count(WORDS[checked]) == 2, "beside the marking, at head and foot"


@pytest.mark.parametrize("checked", WORDS)
@pytest.mark.parametrize(
    "state", [WEEK, FilterState(first=date(2020, 1, 1), last=date(2020, 1, 7))], ids=["data", "none"]
)
def test_copied_figures_say_it(week, checked, state):
    found = figures(replace(week, checked=checked), state)
    assert WORDS[checked] in as_table(found).splitlines()[-2] and WORDS[checked] in as_answer(found)
    assert as_answer(found).count("Beta") == 1


@pytest.mark.parametrize("checked", WORDS)
def test_pictures_say_it(week, checked):
    assert prepare(replace(week, checked=checked), WEEK).footer.endswith(f". {WORDS[checked]}")


@pytest.mark.parametrize(
    "template", sorted(p.name for p in resource_path("templates").glob("*.html.j2") if p.name != "marking.html.j2")
)
def test_a_page_has_its_marking_and_this_at_head_and_foot(template):
    text = (resource_path("templates") / template).read_text(encoding="utf-8")
    assert text.count("{% include 'marking.html.j2' %}") == 2
    assert not re.search(r"\{\{ *marking", text), "in one file, so that neither stands without the other"


def test_what_comes_of_layers_was_not_checked():
    assert rendered("marking.html.j2", marking="X", checked=None).count(NOT_YET) == 1
