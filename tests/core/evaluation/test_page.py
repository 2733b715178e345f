"""The page of results: the sentence first, then the chart, what must be known beside it, and how it was done."""

import base64
import math
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.charts.intervals import Interval, interval_chart
from ia_plugin.core.errors import ParameterError
from ia_plugin.core.evaluation.caveats import Facts
from ia_plugin.core.evaluation.match_page import matching_page
from ia_plugin.core.evaluation.matching import matching_of
from ia_plugin.core.evaluation.page import results_page, results_section
from ia_plugin.core.evaluation.result import Result
from ia_plugin.core.evaluation.results import judged, results_table
from ia_plugin.core.evaluation.sentences import banned, headline_of
from ia_plugin.core.params import MatchParams

pytest.importorskip("matplotlib", reason="the page's chart needs matplotlib")
ONE = Result(
    "association", "two-way panel", "burglaries", "ten more patrol hours a month", "rate_ratio", 0.9, 0.82, 0.99, p=0.03,
    p_kind="jackknife", areas=39, periods=24, events=4120, degrees=38, primary=True, reference="Somebody 2023",
    other_p=(("permutation", 0.04),), dispersion=1.7,
)  # fmt: skip
MANY = [
    ONE,
    replace(ONE, outcome="drug <offences>", primary=False, facts=Facts(police_generated=True, compares_areas=True)),
    replace(ONE, outcome="thefts", primary=False, reliability=0.4),
    replace(ONE, outcome="calls", measure="correlation", form="", estimate=0.4, low=0.1, high=0.6, primary=False),
]


def words_of(page):
    return re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>|data:image[^\"]+", " ", page, flags=re.S))
    )


def test_the_sentence_stands_first_and_is_the_tables():
    page = results_page(results_section(MANY, title="Crime and patrol"), about="2023–2024", runs_before=2)
    text = words_of(page)
    first = headline_of(judged(MANY)[0])
    assert text.index(first) < text.index("Each dot") < text.index("Exploratory:") < text.index("To be read with it")
    assert first in results_table(MANY)["sentence"][0]
    assert "The smallest change that these data could have shown" in first
    assert "Evaluations that touched these data before this one: 2." in text
    assert "Burglaries, p of other kinds: permutation of areas 0.040." in text and "Somebody 2023" in text
    assert "To be read with it Drug &lt;offences&gt;: These records are made by officers" in text
    assert banned(text) == [] and text.count("OFFICIAL-SENSITIVE") == 2 and "<offences>" not in page
    assert "http:" not in page and "https:" not in page and "<script" not in page


def test_results_on_different_scales_have_charts_of_their_own():
    pictures = re.findall(r"data:image/png;base64,([^\"]+)", results_page(results_section(MANY, title="x")))
    assert len(pictures) == 2 and all(base64.b64decode(p).startswith(b"\x89PNG") for p in pictures)


def test_the_page_of_a_matching_says_where_the_smallest_change_is_told():
    rng = np.random.default_rng(1)
    areas = pd.DataFrame({"area_id": range(24), "role": ["impact", "comparison"] * 12, "imd": rng.normal(30, 5, 24)})
    text = words_of(matching_page(matching_of(areas, ["imd"], MatchParams(method="optimal"))))
    assert "the smallest change that these areas could have shown is said by each tool" in text and banned(text) == []


def test_nothing_primary_is_said():
    text = words_of(results_page(results_section([replace(ONE, primary=False)], title="x"), runs_before=0))
    assert "No comparison was declared as primary" in text and "No evaluation touched these data before" in text


def test_nothing_leaves_unmarked():
    with pytest.raises(ParameterError):
        results_page(results_section([ONE], title="x"), marking=" ")


@pytest.mark.parametrize(
    "rows, ratios",
    [
        ([Interval("a", 0.9, 0.8, 1.1, 1.2), Interval("b", math.nan, math.nan, math.nan, text="cannot tell")], True),
        ([Interval("a", 1.3, 0.0, math.inf)], True),
        ([Interval("a", 1.0, 1.0, 1.0)], True),
        ([Interval("$\\frac{$ thefts under $5", 1.1, 1.0, 1.2)], True),
        ([Interval("a", 0.001, 1e-9, 900.0)], True),
        ([Interval("a", -12.0, -math.inf, 3.0, 8.0)], False),
        ([Interval("a", 0.0, 0.0, 0.0)], False),
        ([Interval("a", math.nan, math.nan, math.nan)], False),
    ],
)
def test_any_interval_can_be_drawn(rows, ratios):
    figure = interval_chart(rows, ratios=ratios, unit="times as many")
    figure.canvas.draw()
    low, high = figure.axes[0].get_xlim()
    assert low < (1 if ratios else 0) < high
    assert len(figure.axes[0].get_yticks()) == len(rows)
