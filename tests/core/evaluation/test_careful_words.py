"""Words that no output may have, over what all evaluations say: sentences, caveats of every kind, the public's, and the closing section."""

import html
import math
import re
from dataclasses import fields, replace

import numpy as np
import pytest

from ia_plugin.core.evaluation.caveats import Facts
from ia_plugin.core.evaluation.emmie import Hours, emmie
from ia_plugin.core.evaluation.for_public import for_public
from ia_plugin.core.evaluation.page import results_page, results_section
from ia_plugin.core.evaluation.result import Result
from ia_plugin.core.evaluation.results import P_KINDS, results_table
from ia_plugin.core.evaluation.sentences import banned
from ia_plugin.core.evaluation.trial_facts import TrialFacts
from tests.support.long import long_after

ASKED = {  # question: designs, exposures, measures as each evaluation gives them
    "baseline": (("pooled rates",), ("comparison areas", "time before adoption"), ("rate_ratio",)),
    "displacement": (("before and after",), ("adoption", "adoption, in rings to 500 m"), ("difference", "rate_ratio")),
    "association": (
        ("two-way panel", "case-crossover", "since the last visit"),
        ("ten more patrol hours a month", "2 more officer hours on foot in a day", "5 more minutes of vans"),
        ("rate_ratio",),
    ),
    "demand": (("correlation",), ("calls for service", "calls for service 1 month later"), ("correlation",)),
    "trial": (("crossover trial",), ("being drawn for visits",), ("rate_ratio",)),
}  # fmt: skip
OUTCOMES = (
    "burglaries",
    "crimes across areas, per km²",
    "officer hours per km²",
    "events of burglary on the day after",
)


def drawn_facts(cls, rng, skip=()):
    """Any fact may be known, by its type: a share or p, a count, names, a sentence, or yes."""
    found = {}
    for field in fields(cls):
        if field.name in skip or rng.random() < 0.7:
            continue
        default = field.default
        if isinstance(default, bool):
            found[field.name] = True
        elif isinstance(default, str):
            found[field.name] = "Nobody can tell." if cls is TrialFacts or field.name == "not_compared" else "a"
        elif isinstance(default, tuple):
            found[field.name] = tuple("abcdefgh"[: rng.integers(1, 9)])
        elif isinstance(default, int):
            found[field.name] = int(rng.integers(0, 60))
        else:
            found[field.name] = float(rng.choice([0.0, rng.random(), rng.normal(0, 20), math.nan]))
    return cls(**found)


def drawn(rng, primary):
    question = str(rng.choice(list(ASKED)))
    design, exposure, measure = (str(rng.choice(values)) for values in ASKED[question])
    low, best, high = np.sort(rng.normal(0, rng.choice([0.02, 0.3, 3.0]), 3)).tolist()
    if measure != "difference":
        low, best, high = (math.exp(v) if measure == "rate_ratio" else math.tanh(v) for v in (low, best, high))
    if rng.random() < 0.1:
        low = best = high = math.nan
    facts = replace(
        drawn_facts(Facts, rng, ("trial", "areas", "events")),
        trial=drawn_facts(TrialFacts, rng) if question == "trial" else TrialFacts(),
    )
    return Result(
        question, design, str(rng.choice(OUTCOMES)), exposure, measure, best, low, high, p=float(rng.random() ** 3),
        p_kind=str(rng.choice(P_KINDS)), areas=int(rng.integers(1, 60)), periods=12, events=float(rng.choice([0, 3, 12, 4000])),
        degrees=float(rng.choice([1, 38])), primary=primary, reliability=float(rng.choice([math.nan, rng.random()])), unit="events",
        form="times" if question == "baseline" else "", facts=facts,
    )  # fmt: skip


TENS = [("analyst", 100), *((audience, 350) for audience in ("analyst", "board", "public"))]


@pytest.mark.parametrize("sample", long_after(1, TENS), ids=str)
def test_ten_thousand_sentences_of_all_evaluations(sample):
    """3,500 results an audience, by tens, and the closing section that each ten make."""
    audience, tens = sample
    rng = np.random.default_rng([18, len(audience)])
    for _ in range(tens):
        results = [drawn(rng, primary=k < 2) for k in range(10)]
        table = results_table([for_public(r) for r in results] if audience == "public" else results)
        hours = Hours(observed=120.0 if rng.random() < 0.7 else None, planned=200.0 if rng.random() < 0.5 else None)
        said = [*table["sentence"], *(s for p in emmie(table, hours) for s in (p.title, *p.sentences))]
        assert not [(s, found) for s in said if (found := banned(s))]


@pytest.mark.parametrize("audience", ["restricted", "board", "public"])
def test_pages_with_their_captions_and_methods(audience):
    pytest.importorskip("matplotlib", reason="pages are drawn by matplotlib, which is not installed")
    rng = np.random.default_rng(19)
    results = [drawn(rng, primary=k < 2) for k in range(10)]
    results = [for_public(r) for r in results] if audience == "public" else results
    page = results_page(
        results_section(results, title="Evaluation"),
        audience=audience,
        runs_before=3,
        parts=emmie(results_table(results)),
    )
    text = html.unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", page, flags=re.S))
    assert not banned(text)
