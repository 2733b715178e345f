"""The table `results`: what a figure may be taken for, in numbers and in words."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.columns import RESULTS
from ia_plugin.core.errors import ParameterError
from ia_plugin.core.evaluation.caveats import CAVEATS, Facts, detected
from ia_plugin.core.evaluation.emmie import Hours, emmie
from ia_plugin.core.evaluation.poisson import fit_poisson
from ia_plugin.core.evaluation.results import P_KINDS, Result, from_fit, judged, result_of_nothing, results_table
from ia_plugin.core.evaluation.sentences import NOTHING_SEEN, banned, sentence_of, verdict
from ia_plugin.core.evaluation.strength import e_value, holm, smallest_change
from ia_plugin.core.evaluation.trial_facts import TrialFacts
from ia_plugin.core.words import ASSOCIATION
from tests.support.long import long_after

NAN, INF = math.nan, math.inf
HOURS = "ten more patrol hours a month"
ONE = Result(
    "association", "two-way panel", "burglaries", HOURS, "rate_ratio", 0.9, 0.82, 0.99, p=0.03, p_kind="jackknife", areas=39,
    periods=24, events=4120, degrees=38, primary=True,
)  # fmt: skip


# --- figures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "p, adjusted",
    [
        ([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]),  # 3 × 0.01, 2 × 0.03, and never below the one before
        ([0.03], [0.03]),
        ([0.5, 0.9], [1.0, 1.0]),
        ([0.02, NAN, 0.01], [0.02, NAN, 0.02]),
        ([], []),
        ([NAN], [NAN]),
    ],
)
def test_holm(p, adjusted):
    assert holm(np.array(p)) == pytest.approx(adjusted, nan_ok=True)


@pytest.mark.parametrize(
    "ratio, low, high, estimate, limit",
    [
        (3.9, 1.8, 8.7, 7.26, 3.0),  # the paper's example: breast feeding and deaths by respiratory infection
        (0.80, 0.71, 0.91, 1.81, 1.43),  # the paper's example below 1
        (0.9, 0.8, 1.1, 1.46, 1.0),
        (1.0, 0.8, 1.1, 1.0, 1.0),
        (2.0, NAN, NAN, 3.41, NAN),
        (0.0, 0.0, 1.0, NAN, NAN),
        (NAN, 0.5, 0.6, NAN, NAN),
        (2.0, 1.5, INF, 3.41, 2.37),
    ],
)
def test_e_values(ratio, low, high, estimate, limit):
    assert list(e_value(ratio, low, high)) == pytest.approx([estimate, limit], abs=0.005, nan_ok=True)


def test_the_smallest_change_is_seen_in_eighty_of_a_hundred():
    """By hand for the normal law, (1.960 + 0.842) standard errors; by drawing for t."""
    assert smallest_change(1.95996, 0.95, 0.05) == pytest.approx(2.8016, abs=1e-3)
    assert smallest_change(1.95996, 0.95, 0.05 / 7) > smallest_change(1.95996, 0.95, 0.05)
    rng = np.random.default_rng(1)
    quantile = 2.0243941639  # of t with 38 degrees
    change = smallest_change(quantile * 0.1, 0.95, 0.05, 38)
    se = 0.1 * np.sqrt(rng.chisquare(38, 200_000) / 38)
    seen = np.abs(rng.normal(change, 0.1, 200_000) / se) > quantile
    assert seen.mean() == pytest.approx(0.80, abs=0.01)
    for width in (0.0, NAN, INF):
        assert math.isnan(smallest_change(width, 0.95, 0.05))


def test_the_table_is_the_contract():
    table = results_table([ONE, replace(ONE, primary=False)])
    assert tuple(table.columns) == RESULTS.names
    assert tuple(results_table([]).columns) == RESULTS.names
    row = table.iloc[0]
    assert (row["estimate"], row["p"], row["primary"], row["areas"]) == (0.9, 0.03, True, 39)
    assert row["smallest_detectable"] == pytest.approx(
        math.exp(math.log(0.99 / 0.82) / 2 * (1 + 0.8512 / 2.0244)), rel=1e-3
    )
    assert math.isnan(row["p_holm"]) and table["p_holm"][1] == 0.03


def test_exploratory_results_are_adjusted_for_their_number():
    many = [replace(ONE, primary=False, p=p) for p in (0.01, 0.04, 0.03, NAN)]
    assert results_table(many)["p_holm"].tolist() == pytest.approx([0.03, 0.06, 0.06, NAN], nan_ok=True)
    assert [r.comparisons for r in judged([ONE, *many])] == [1, 3, 3, 3, 3]
    seven = judged([replace(ONE, primary=False)] * 7)[0]
    assert seven.smallest_detectable > judged([ONE])[0].smallest_detectable
    assert (verdict(judged([ONE])[0]), verdict(seven)) == ("fewer", "cannot tell")


def test_three_are_declared_at_most():
    assert len(results_table([ONE] * 3)) == 3
    with pytest.raises(ParameterError, match="4 comparisons"):
        results_table([ONE] * 4)


@pytest.mark.parametrize(
    "change", [dict(measure="odds"), dict(p_kind="by eye"), dict(form="song"), dict(low=1.2), dict(level=95)]
)
def test_a_result_is_checked_where_it_is_made(change):
    with pytest.raises(ParameterError):
        replace(ONE, **change)


def test_a_fit_becomes_a_result():
    rng = np.random.default_rng(1)
    area, period = np.repeat([f"A{i}" for i in range(12)], 10), np.tile(np.arange(10), 12)
    x, y = rng.normal(size=(120, 2)), rng.poisson(5, 120)
    y[area == "A3"] = 0
    fit = fit_poisson(y, x, area=area, period=period)
    made = from_fit(
        fit, question="association", outcome="thefts", exposure="presence", per=-2.0, column=1, permutation_p=0.4
    )
    assert made.estimate == pytest.approx(math.exp(-2 * fit.beta[1]))
    assert (made.low, made.high) == (
        pytest.approx(math.exp(-2 * fit.high[1])),
        pytest.approx(math.exp(-2 * fit.low[1])),
    )
    assert made.p == fit.p[1] and made.areas == 11 and made.events == y.sum()
    assert dict(made.other_p) == {"permutation": 0.4, "cr1": pytest.approx(fit.p_cr1[1])}
    assert "areas_without_events" in made.caveats and "A3" in sentence_of(made)


@pytest.mark.parametrize(
    "ids", [lambda n: n, lambda n: f"D{n}", np.int64, str], ids=["number", "text", "int64", "digits"]
)
def test_an_area_is_told_by_its_name_whatever_its_id_is(ids):
    """Area 3 has no event, and area 5 alone moves the figure: both are named, for a bare number reads as another area's name."""
    rng = np.random.default_rng(1)
    area, period = np.repeat(np.arange(12), 10), np.tile(np.arange(10), 12)
    x, y = rng.normal(size=120), rng.poisson(5, 120)
    y[area == 3] = 0
    x[area == 5] *= 30
    y[(area == 5) & (x > 0)] *= 3
    named = {ids(n): f"Name of {chr(65 + n)}" for n in range(12)}
    labels = np.array([ids(n) for n in area])
    fit = fit_poisson(y, x, area=labels, period=period)
    known = from_fit(fit, question="q", outcome="thefts", exposure="presence", names=named).facts
    assert known.leans_on == "Name of F" and known.dropped_areas == ("Name of D",)


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change, begin",
    [
        ({}, "Ten more patrol hours a month went with fewer burglaries: best estimate −10 %, likely (95 %) −18.0 to −1.0. An association, not an effect."),
        (dict(estimate=1.2, low=1.05, high=1.3), "Ten more patrol hours a month went with more burglaries: best estimate 20"),
        (dict(high=1.1), "Ten more patrol hours a month went with about as many burglaries"),
        (dict(high=1.4), "Cannot tell whether ten more patrol hours a month went with more or fewer burglaries: best estimate"),
        (dict(primary=False), "Exploratory: ten more patrol hours a month went with fewer burglaries"),
        (dict(estimate=3.2, low=1.1, high=9.4), "Ten more patrol hours a month went with more burglaries: best estimate 3.20 times as many, likely (95 %) 1.10–9.40."),
        (dict(low=0.0, high=INF), "Cannot tell whether"),
        (dict(estimate=NAN, low=NAN, high=NAN, p=NAN), "Cannot tell whether ten more patrol hours a month went with more or fewer burglaries. An"),
        (dict(reliability=0.5), "Cannot tell whether ten more patrol hours a month went with more or fewer burglaries. Only 50 % of what"),
        (dict(facts=Facts(cut_by=("new radios",))), "This comparison is cut by: new radios. Ten more"),
        (dict(facts=Facts(cut_by=("new radios",), placebo_p=0.01)), "This comparison is cut by: new radios. Cannot tell"),
        (dict(events=0.0), "Cannot tell whether"),
        (dict(measure="difference", form="", estimate=-12.0, low=-20.0, high=-3.0, unit="burglaries"), "Ten more patrol hours a month went with fewer burglaries: best estimate −12 burglaries, likely (95 %) −20 to −3."),
        (dict(measure="correlation", form="", estimate=0.4, low=0.1, high=0.6, exposure="calls for service"), "Burglaries and calls for service rose and fell together: best estimate 0.40, likely (95 %) 0.10–0.60."),
        (dict(form="times", exposure="comparison areas", estimate=0.97, low=0.54, high=1.75), "Cannot tell whether Impact Areas had more or fewer burglaries than comparison areas: best estimate 0.97 times as many, likely (95 %) 0.54–1.75."),
        (dict(form="times", exposure="comparison areas", estimate=0.9, low=0.81, high=0.99), "Impact Areas had about as many burglaries as comparison areas"),
        (dict(form="times", exposure="comparison areas", estimate=1.9, low=1.3, high=2.6), "Impact Areas had more burglaries than comparison areas: best estimate 1.90 times as many"),
    ],
)  # fmt: skip
def test_sentences(change, begin):
    sentence = sentence_of(judged([replace(ONE, **change)])[0])
    assert sentence.startswith(begin), sentence


def test_every_sentence_says_the_smallest_change():
    assert "could have shown is about −12.5 % or +14.3 %." in results_table([ONE])["sentence"][0]
    assert NOTHING_SEEN in results_table([replace(ONE, high=INF)])["sentence"][0]


def test_what_is_withheld_stands_in_no_column():
    row = results_table([replace(ONE, reliability=0.69, primary=False)]).iloc[0]
    assert all(math.isnan(row[c]) for c in ("estimate", "low", "high", "p", "p_holm", "e_value"))
    assert row["caveats"] == "unreliable_exposure" and row["reliability"] == 0.69


def test_nothing_known_is_a_result_too():
    row = results_table([result_of_nothing("baseline", "burglaries", "adoption", "no_before")]).iloc[0]
    assert "no data from before adoption in the same system" in row["sentence"] and row["areas"] == 0


OF_TRIALS = {
    "schedule_altered": TrialFacts(altered="The schedule was drawn after its first day had begun."),
    "drained": TrialFacts(drained=18.0, drained_low=14.0, drained_high=22.0, most_drained=10.0),
    "not_drained": TrialFacts(drained=-2.0, drained_low=-4.0, drained_high=1.0, most_drained=10.0),
    "drain_unknown": TrialFacts(drain_unknown="Nobody can tell."),
    "not_delivered": TrialFacts(contrast=0.98, contrast_low=0.9),
    "delivery_unsure": TrialFacts(contrast=1.02, contrast_low=0.97),
    "less_than_half_delivered": TrialFacts(delivered=0.4),
    "few_visits_delivered": TrialFacts(reached=0.4, visit_minutes=15.0),
    "few_trial_days": TrialFacts(days=27),
    "few_drawn_areas": TrialFacts(per_day=2),
    "trial_not_over": TrialFacts(days_left=3),
    "schedule_not_stored": TrialFacts(not_stored=True),
}


@pytest.mark.parametrize("code", CAVEATS)
def test_every_caveat_is_found_by_its_fact_and_by_nothing_else(code):
    facts = {
        "cut_by_note": Facts(cut_by=("a",)), "no_events": Facts(events=0), "no_before": Facts(no_before=True),
        "before_scored_areas": Facts(before_scored_areas=True), "placebo": Facts(placebo_p=0.04),
        "order_unknown": Facts(follows_p=0.01, same_time=True), "follows_events": Facts(follows_p=0.01),
        "not_compared": Facts(not_compared="Nothing to compare."), "looks_chosen": Facts(looks_chosen=True),
        "no_figure": Facts(no_figure=True),
        "unreliable_exposure": Facts(reliability=0.69), "rests_on_one_area": Facts(rests_on=("a",)),
        "leans_on_one_area": Facts(leans_on="a"),
        "turns_on_one_area": Facts(turns_on=("a", "b", "c")), "trends_differ": Facts(trend_p=0.01),
        "few_areas": Facts(areas=9), "few_events": Facts(events=29), "varies_more_than_chance": Facts(dispersion=5.1),
        "police_generated": Facts(police_generated=True), "areas_without_events": Facts(dropped_areas=("a",)),
        "periods_left_out": Facts(periods_left_out=1), "not_chosen_at_random": Facts(compares_areas=True),
        "none_before": Facts(none_before=True), "no_ring": Facts(no_ring=True), "too_few_for_public": Facts(too_few_for_public=True),
        "snapped_points": Facts(snapped_m=100.0), "scoring_unknown": Facts(scoring_unknown=True),
        **{c: Facts(trial=t) for c, t in OF_TRIALS.items()},
    }[code]  # fmt: skip
    assert detected(facts) == (code,)
    quiet = Facts(areas=39, events=4000, reliability=0.9, dispersion=2.0, placebo_p=0.5, trend_p=0.5)
    assert detected(quiet) == detected(Facts()) == ()
    assert detected(quiet, also=[code]) == (code,)
    words = CAVEATS[code].sentence(facts)
    assert words.endswith(".") and words[0].isupper() and not banned(words)


def test_areas_are_listed_as_people_do():
    assert "Leaving out a, b or c changes" in CAVEATS["turns_on_one_area"].sentence(Facts(turns_on=("a", "b", "c")))
    many = tuple("abcdefgh")
    assert CAVEATS["areas_without_events"].sentence(Facts(dropped_areas=many)).endswith("a, b, c, d, e and 3 more.")


@pytest.mark.parametrize(
    "text, found",
    [
        ("The best estimate is 3 h", []),
        ("the best unit", ["best"]),
        (
            "This caused it; it proved so, it worked, they failed and stood idle",
            ["caused", "proved", "worked", "failed", "idle"],
        ),
        ("Underperforming areas, the WORST", ["Underperforming", "WORST"]),
        ("an idea, because, provenance, network, a workshop", []),
    ],
)
def test_words_that_no_output_may_have(text, found):
    assert banned(text) == found


def anyone(rng):
    """A result such as nobody would plan: any interval, none at all, zero, no end, any set of caveats."""
    measure = str(rng.choice(["rate_ratio", "difference", "correlation"]))
    ends = np.sort(rng.normal(0, rng.choice([0.01, 0.3, 3, 300]), 3))
    if measure == "rate_ratio":
        ends = np.exp(np.minimum(ends, 700))
    elif measure == "correlation":
        ends = np.tanh(ends)
    low, estimate, high = (float(v) for v in ends)
    odd = rng.random()
    if odd < 0.1:
        estimate = low = high = NAN
    elif odd < 0.2:
        low, high = (0.0 if measure == "rate_ratio" else -INF), INF
    elif odd < 0.25:
        estimate = low = high = float(measure == "rate_ratio")
    elif odd < 0.3:
        low = high = NAN
    few = tuple(f"area {i}" for i in range(rng.integers(0, 9)))

    def some(value, default):
        return value if rng.random() < 0.25 else default

    facts = Facts(
        compares_areas=rng.random() < 0.5, rests_on=some(few, ()), turns_on=some(few, ()), dropped_areas=some(few, ()),
        periods_left_out=int(some(3, 0)), cut_by=some(("new radios", "a strike"), ()), placebo_p=some(rng.random(), NAN),
        trend_p=some(rng.random(), NAN), before_scored_areas=bool(some(True, False)), no_before=bool(some(True, False)),
        police_generated=bool(some(True, False)),
    )  # fmt: skip
    return Result(
        "association", "two-way panel", str(rng.choice(["burglaries", "incidents", "officer hours per km²"])), HOURS, measure,
        estimate, low, high, p=float(some(NAN, rng.random() ** 3)), p_kind=str(rng.choice(P_KINDS)), areas=int(rng.integers(0, 60)),
        periods=int(rng.integers(0, 60)), events=float(rng.choice([0, 1, 12, 4000])), degrees=float(rng.choice([1, 38, INF])),
        primary=bool(rng.random() < 0.3), reliability=float(some(rng.random(), NAN)), dispersion=float(some(9.0, 1.1)),
        form="times" if measure == "rate_ratio" and rng.random() < 0.3 else "", unit="h", facts=facts,
    )  # fmt: skip


@pytest.mark.parametrize("fours", long_after(1, [700, 2_500]))
def test_ten_thousand_sentences_are_careful_ones(fours):
    rng, verdicts = np.random.default_rng(18), set()
    for _ in range(fours):
        drawn = [anyone(rng) for _ in range(4)]
        for r in judged([replace(d, primary=d.primary and k < 3) for k, d in enumerate(drawn)]):
            sentence, word = sentence_of(r), verdict(r)
            verdicts.add(word)
            assert banned(sentence) == [], sentence
            assert sentence.endswith(".") and not {"nan", "inf", "None", "NaN"} & set(
                sentence.replace(".", " ").split()
            )
            assert "  " not in sentence and "{" not in sentence and ":." not in sentence
            assert "that these data could have shown" in sentence or NOTHING_SEEN in sentence
            assert ASSOCIATION in sentence or r.withheld
            assert ("best estimate" in sentence) == (not r.withheld and not math.isnan(r.estimate))
            assert ("annot tell" in sentence) == (word == "cannot tell")
            assert r.primary or "Exploratory: " in sentence
            if word in ("more", "fewer"):
                assert (r.low > r.no_change) if word == "more" else (r.high < r.no_change)
                assert r.primary or not r.p_holm > 0.05
    assert verdicts == {"more", "fewer", "about as many", "cannot tell"}


# --- the closing section ----------------------------------------------------------------------------------------------


def closing(results, **hours):
    return {p.title: " ".join(p.sentences) for p in emmie(results_table(results), Hours(**hours))}


def test_emmie_says_what_is_not_measured():
    nothing = closing([])
    assert list(nothing) == ["Effect", "Mechanism", "Moderators", "Implementation", "Economic cost", "Not measured"]
    assert "Public confidence" in nothing["Not measured"] and "not measured" in nothing["Economic cost"]
    assert nothing["Moderators"].startswith("By how officers moved: not measured.")


def test_emmie_adjusts_what_was_not_declared_among_all_runs():
    """Two runs of five exploratory comparisons, p = 0.008 in each: alone 0.04 each, together 0.08."""
    one = [replace(ONE, primary=False, p=p, outcome=f"kind {i}") for i, p in enumerate([0.008, 0.5, 0.6, 0.7, 0.8])]
    assert "1 are clear" in closing(one)["Effect"].replace("5 exploratory comparisons, 1", "1")
    both = pd.concat([results_table(one), results_table(one)])
    assert "10 exploratory comparisons, 0 are clear" in " ".join(emmie(both)[0].sentences)


def test_only_a_trial_may_speak_of_an_effect():
    assert "None of these comparisons can tell an effect" in closing([ONE])["Effect"]
    assert "drawn by chance: of these days alone" in closing([replace(ONE, question="trial")])["Effect"]


def test_planned_hours_beside_observed_ones():
    assert "Planned: 200 h; observed 60 % of them." in closing([ONE], observed=120.0, planned=200.0)["Implementation"]
    assert "cannot be told" in closing([ONE], observed=120.0)["Implementation"]


def test_moderators_are_told_with_their_ranges_and_no_part_has_a_banned_word():
    mode = replace(ONE, primary=False, exposure="2 more officer hours on foot in a day")
    parts = closing([ONE, mode], observed=10.0)
    assert (
        "2 more officer hours on foot in a day, burglaries: −10 %, likely (95 %) −18.0 to −1.0" in parts["Moderators"]
    )
    assert not [w for text in parts.values() for w in banned(text)]


def test_hours_that_are_nan_are_not_known():
    there = {p.title: p.sentences for p in emmie(results_table([]), Hours(observed=float("nan"), planned=100.0))}
    assert there["Implementation"] == ("How many officer hours were given: not measured.",)
    assert there["Economic cost"] == ("Officer hours: not measured. Money: not measured.",)
    plan = {p.title: p.sentences for p in emmie(results_table([]), Hours(observed=40.0, planned=float("nan")))}
    assert plan["Implementation"][1].startswith("How many were planned: not known")
