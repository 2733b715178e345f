"""Sentences: English to the character, rendered in another language through their templates, whole or not at all."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pandas as pd
import pytest
import shapely

from ia_plugin.core.about.agreement import Agreement, Sheet
from ia_plugin.core.about.card import Card
from ia_plugin.core.about.facts import About, ObservedUnits, Refresh, Source
from ia_plugin.core.about.method import Way
from ia_plugin.core.about.page import about_html
from ia_plugin.core.answers.figure_words import as_answer, as_table, lines_of
from ia_plugin.core.answers.register import entry_of
from ia_plugin.core.answers.reopen import Since, reopened
from ia_plugin.core.charts.chart_cells import cell_in_words
from ia_plugin.core.charts.chart_table import as_sentence
from ia_plugin.core.charts.chart_table import as_table as table_of_chart
from ia_plugin.core.charts.choice import AGAINST, AMONG, CHARTS, Choice, prepare
from ia_plugin.core.dashboard.area_rows import SHOWN, area_rows
from ia_plugin.core.dashboard.map_classes import map_classes
from ia_plugin.core.dashboard.overview import overview
from ia_plugin.core.disclosure.own_area import own_blocks
from ia_plugin.core.errors import ImpactAreaError, ParameterError
from ia_plugin.core.filter_state import FilterState, day_in_words, words_of_date
from ia_plugin.core.marking import MARKING
from ia_plugin.core.material.ask import ask
from ia_plugin.core.sentence import changed, in_words_of, joined, phrase, sentence
from ia_plugin.core.words import capitalised, count_of, with_likely
from tests.support.eight_weeks import FIRST, eight_weeks
from tests.support.pseudo_words import left_in_english, pseudo
from tools.translations import CORE, gather

WELSH = {
    "{area}: about {hours} an hour": "tua {hours} yr awr: {area}",
    "{number} {unit}": "{number} {unit}",
    "h": "awr",
    "{number} {things}": "{number} {things}",
    "days": "diwrnod",
    "{amount}, likely {ends}": "{amount}, {ends} mae'n debyg",
}


def welsh(template: str) -> str:
    return WELSH.get(template, template)


@pytest.mark.parametrize(
    "text, english, other",
    [
        (sentence("{area}: about {hours} an hour", area="Aston", hours=3), "Aston: about 3 an hour", "tua 3 yr awr: Aston"),
        (with_likely(41.3, 38.2, 44.4, "h"), "41 h, likely 38–44", "41 awr, 38–44 mae'n debyg"),
        (count_of(2, "days"), "2 days", "2 diwrnod"),
        (count_of(1, "days"), "1 day", "1 day"),  # not translated yet
        (joined("; ", ["x", phrase("days")]), "x; days", "x; diwrnod"),
        (phrase("days") + ".", "days.", "diwrnod."),
        ("(" + phrase("days"), "(days", "(diwrnod"),
        (capitalised(phrase("days")), "Days", "Diwrnod"),
        (changed(phrase("days") + ".", str.rstrip, "."), "days", "diwrnod"),
        ("days", "days", "days"),  # a name that reads like a phrase is a name
    ],
)  # fmt: skip
def test_a_sentence_is_its_english_and_is_rendered_through_its_templates(text, english, other) -> None:
    assert text == english and str(text) == english and hash(text) == hash(english) and f"{text}" == english
    assert in_words_of(text, welsh) == other
    assert in_words_of(text, lambda template: template) == english


@pytest.mark.parametrize(
    "theirs",
    [
        "tua yr awr: {area}",
        "{area}: tua {hours} yr awr {more}",
        "{area}: tua {hours yr awr",
        "{area}: tua {oriau}",
        "{hours:.1f} {area}",
        "",
    ],
)
def test_a_translation_that_lost_a_placeholder_is_not_used(theirs) -> None:
    text = sentence("{area}: about {hours} an hour", area="Aston", hours=3)
    assert in_words_of(text, lambda _template: theirs) == "Aston: about 3 an hour"


def test_values_are_data_and_never_templates() -> None:
    text = sentence("{area}: about {hours} an hour", area="{hours} days", hours="{area}")
    assert (
        text == "{hours} days: about {area} an hour" and in_words_of(text, welsh) == "tua {area} yr awr: {hours} days"
    )


def test_a_sentence_goes_through_copies_files_and_tables_as_the_text_it_is() -> None:
    text = with_likely(41.3, 38.2, 44.4, "h")
    for again in (pickle.loads(pickle.dumps(text)), copy.deepcopy(text)):
        assert again == text and in_words_of(again, welsh) == "41 awr, 38–44 mae'n debyg"
    assert json.loads(json.dumps({text: text})) == {"41 h, likely 38–44": "41 h, likely 38–44"}


def test_days_that_were_kept_as_text_are_read_again() -> None:
    french = {"May": "mai", "{day} {month} {year}": "le {day} {month} {year}"}
    kept = words_of_date(str(day_in_words(date(2024, 5, 3))))
    assert in_words_of(kept, lambda t: french.get(t, t)) == "le 3 mai 2024" and kept == "3 May 2024"
    assert [words_of_date(t) for t in ("", "a b c", "May", "32x May 2024")] == ["", "a b c", "May", "32x May 2024"]


def test_an_error_says_itself_and_its_literals_are_their_own_templates() -> None:
    error = ParameterError("There is no shift.", sentence("Say it in {n}.", n=5))
    assert error.sentence == str(error) == "There is no shift. Say it in 5."
    assert (
        in_words_of(error.sentence, pseudo) == f"{pseudo('There is no shift.')} {pseudo('Say it in {n}.').format(n=5)}"
    )


# --- the dock in another language ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def material():
    return eight_weeks()


@pytest.fixture(scope="module")
def in_pseudo():
    """Renders in a language that knows the templates of today's sources, and says what was left in English."""
    known = gather().texts[CORE]

    def left(text: str) -> list[str]:
        assert in_words_of(text, str) == text
        data = {
            MARKING,
            *(f"Area {i:02}" for i in range(12)),
            "North",
            "South",
            "Local",
            "Traffic",
            "any",
        }
        return left_in_english(in_words_of(text, lambda t: pseudo(t) if t in known else t), data)

    return left


FILTERS = {
    "all": FilterState(first=FIRST + timedelta(28), last=FIRST + timedelta(55)),
    "one area, evenings": FilterState(("a01",), FIRST + timedelta(30), FIRST + timedelta(50), 18, 3, (4, 5)),
    "gap": FilterState(first=FIRST + timedelta(14), last=FIRST + timedelta(24), modes=("foot",)),
    "a comparison area": FilterState(("a07",), FIRST, FIRST + timedelta(6), kinds=("crime",)),
    "no data": FilterState(first=date(2023, 1, 2), last=date(2023, 1, 8)),
    "open": FilterState(units=("North",)),
    "two areas": FilterState(("a01", "a02"), FIRST + timedelta(1), FIRST + timedelta(3), categories=("any",)),
}


@pytest.mark.parametrize("name", FILTERS)
def test_the_front_the_areas_and_what_is_copied_leave_nothing_in_english(material, in_pseudo, name) -> None:
    state, texts = FILTERS[name], []
    for comparison in ("before", "year", "none"):
        answer = ask(material, state, comparison)
        front, figures = overview(answer, state, comparison), answer.figures
        texts += [t for v in [front.verdict] if v is not None for t in (v.sentence, v.beside)]
        for tile in front.tiles:
            texts += [tile.title, tile.value, tile.beside, tile.why, tile.sentence, *tile.lines, *tile.details]
        texts += [figures.state.in_words(material.names()), *figures.notes]
        texts += [t for row in lines_of(figures) for n in ("label", "here", "earlier", "comparison") for t in row[n]]
        texts += [t for row in lines_of(figures) for t in (row["why"], row["tip"])]
        if answer.refusal is not None:
            texts += [answer.refusal.why, answer.refusal.offer]
    code = figures.code
    copies = [
        as_table(figures, material.names()),
        *(as_answer(figures, k, material.names()) for k in figures.table["key"]),
    ]
    texts += [changed(text, str.replace, code, "") for text in copies]
    for key in SHOWN:
        rows = area_rows(material, state, key, now=front.areas)
        texts += [rows.title, rows.weeks_title, rows.comparison_words, *(r.words(rows.measure) for r in rows.rows)]
        classes = map_classes(material, state, key, front.areas)
        texts += [classes.title, *classes.labels, *classes.whys]
    assert {text: words for text in texts if (words := in_pseudo(text))} == {}


@pytest.mark.parametrize("name", FILTERS)
def test_charts_leave_nothing_in_english(material, in_pseudo, name) -> None:
    texts: list[str] = []
    for kind in CHARTS:
        for what in AMONG.get(kind, ("presence",)):
            for against in AGAINST if kind == "week" else AGAINST[:1]:
                choice = Choice(kind, what, against, apart=against == "crimes", beside=against == "demand")
                chart = prepare(material, FILTERS[name], choice)
                texts += [chart.title, chart.subtitle, chart.lead, chart.footer, chart.unit, chart.why, *chart.notes]
                texts += [
                    *(b.label for b in chart.bars),
                    *(b.share for b in chart.bars),
                    as_sentence(chart),
                    table_of_chart(chart),
                ]
                texts += [
                    cell_in_words(chart, r, c) for r in range(chart.shape[0]) for c in range(0, chart.shape[1], 5)
                ]
                texts += [as_sentence(replace(chart, why=phrase("no data in this period")))]
    assert {text: words for text in texts if (words := in_pseudo(text))} == {}


def test_about_these_data_leaves_nothing_in_english(in_pseudo) -> None:
    counts = {"visits": (2, 1, 1, 0), "source rows": (2, 2, 0, 0)}
    sheets = (Sheet(1, "1 Jul 2024", "2 Jul 2024", counts, 1), Sheet(2, "3 Jul 2024", "", {"events": (2, 0, 0, 0)}))
    agreement = Agreement.of_text(Agreement(sheets).as_text())
    whole = About(
        "7", "7", data_to=((phrase("officers' time"), day_in_words(date(2024, 7, 1))),), refreshed=Refresh("2024-07-01T04:00:00Z", False, ""),
        sources=(Source("events", 2, 9, 7, tuple((f"{i}", 9 - i) for i in range(6)), words_of_date("1 Jul 2024")),),
        observed=ObservedUnits.of_text(ObservedUnits("June 2024", 80, (("North", 70),), True).as_text()), findings=(), findings_at=day_in_words(date(2024, 7, 1)),
        agreement=agreement, card=Card(owner="7", review_date="2020-01-01", recorded=day_in_words(date(2024, 7, 1))), way=Way("linear", 600.0, 12), in_restricted=True,
    )  # fmt: skip
    for about in (
        whole,
        About("7", "7"),
        replace(whole, refreshed=replace(whole.refreshed, good=True), way=Way(), findings=None),
    ):
        page = about_html(about, date(2024, 7, 2))
        assert in_pseudo(page) == [], page


def test_an_area_of_ones_own_and_what_refuses_it_leave_nothing_in_english(in_pseudo) -> None:
    none = pd.DataFrame({"area_id": [], "geometry": pd.Series([], dtype=object)})
    stored, house = shapely.box(0, 0, 600, 600), shapely.box(600, 0, 612, 12)
    known = pd.DataFrame({"area_id": ["Area 01"], "role": ["impact"], "geometry": [shapely.union(stored, house)]})
    texts = [own_blocks(shapely.box(0, 0, 430, 390), none).text, own_blocks(shapely.box(5000, 0, 5200, 200), none).text]
    for shape, areas in (
        (shapely.box(0, 0, 16, 16), none),
        (shapely.box(0, 0, 3000, 22), none),
        (shapely.Polygon(), none),
        (stored, known),
    ):
        with pytest.raises(ImpactAreaError) as refused:
            own_blocks(shape, areas)
        assert refused.value.sentence == str(refused.value)
        texts.append(refused.value.sentence)
    assert {text: words for text in texts if (words := in_pseudo(text))} == {}


def test_a_figure_opened_again_leaves_nothing_in_english(material, in_pseudo) -> None:
    today = ask(material, FILTERS["all"]).figures
    at = datetime(2024, 7, 1, tzinfo=timezone.utc)
    same = entry_of(material, today, at=at, version="0.1")
    other = {k: replace(v, value=2 * v.value + 1) for k, v in same.values.items()}
    kept = entry_of(material, ask(material, FILTERS["gap"]).figures, at=at, version="0.2")
    since = Since(at, 212, {"crime": 1}, {"incident": 2}, {"stop_search": 3}, {"crime": 4})
    texts: list[str] = []
    for entries in (
        (),
        (same,),
        (replace(same, values=other),),
        (same, replace(same, values=other)),
        (replace(same, values=kept.values, areas="7"),),
    ):
        for known in (since, Since(at), Since()):
            texts += reopened("IA-1A2B-3C4D", entries, today, since=known, version="0.2", areas="8").sentences()
    assert len(set(texts)) > 20 and {text: words for text in texts if (words := in_pseudo(text))} == {}


def test_what_is_left_in_english_is_found(in_pseudo) -> None:
    assert in_pseudo("more") == ["more"] and in_pseudo(sentence("{figure} per km²", figure="Hours")) == ["Hours"]
