"""What must be said beside a result, each with the rule that finds it: the one home of the evaluation's caveats.

A caveat is printed only where its detector finds it: one that always stands there is read by nobody. Those that `withhold` are
so grave that no figure is given, and the sentence says "cannot tell"; those that stand `first` open the sentence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ..words import NOT_CHOSEN, count_of, number, share
from .scored_window import UNKNOWN
from .trial_facts import NO_TRIAL, TRIAL_CAVEATS, TrialCaveat, TrialFacts

LEAST_RELIABILITY = 0.7  # under it the error of measuring presence has drowned it (METHODS, evaluation)
FEW_AREAS = 10
FEW_EVENTS = 30
LEVEL = 0.05
MUCH_DISPERSION = 5.0
MOST_NAMES = 6


@dataclass(frozen=True)
class Facts:
    """What the detectors look at; what is not known is left at its default and detects nothing.

    Attributes
    ----------
    areas, events : that the figure rests on; −1 where not known
    compares_areas : whether impact areas stand beside comparison areas
    reliability : of the exposure after areas and periods are taken out
    dispersion : Pearson's φ
    rests_on : areas without which there is no figure
    leans_on : the area that more than half of the figure's uncertainty comes from; blank where there is none
    turns_on : areas each of which, left out, changes the words of the verdict
    dropped_areas : areas without any event, or seen in one period only
    periods_left_out : periods under 90 % covered
    cut_by : texts of notes (system changes, outages, operations) that cut the comparison
    placebo_p : p of presence *after* the period
    trend_p : p of the difference in trends before adoption
    before_scored_areas : whether the window that scored the areas serves as *before*
    police_generated : whether officers themselves make the records that are counted
    no_before : whether there are no data of before adoption in the same system
    scoring_unknown : whether nobody said which window scored the areas
    snapped_m : a ring's width, where points lie on anchors and it is too narrow for them
    none_before : whether there was nothing before, in treated areas or in what they are held against
    no_ring : whether no ground is left around the areas
    too_few_for_public : whether the public is not told it
    no_figure : whether the counts tell of no ratio
    not_compared : why groups cannot be compared, as a sentence; blank where they can
    looks_chosen : whether the areas are told apart by the very counts of the time before, and nobody has said what scored them
    follows_p : p that officers come no more often in an event's own hour and the next than at other times
    same_time : whether presence is of the same period as the events
    trial : of a trial alone
    """

    areas: int = -1
    events: float = -1.0
    compares_areas: bool = False
    reliability: float = math.nan
    dispersion: float = math.nan
    rests_on: Sequence[str] = ()
    leans_on: str = ""
    turns_on: Sequence[str] = ()
    dropped_areas: Sequence[str] = ()
    periods_left_out: int = 0
    cut_by: Sequence[str] = ()
    placebo_p: float = math.nan
    trend_p: float = math.nan
    before_scored_areas: bool = False
    police_generated: bool = False
    no_before: bool = False
    scoring_unknown: bool = False
    snapped_m: float = math.nan
    none_before: bool = False
    no_ring: bool = False
    too_few_for_public: bool = False
    no_figure: bool = False
    not_compared: str = ""
    looks_chosen: bool = False
    follows_p: float = math.nan
    same_time: bool = False
    trial: TrialFacts = NO_TRIAL


@dataclass(frozen=True)
class Caveat:
    """A code, the rule that finds it, and the sentence made of the facts."""

    code: str
    detect: Callable[[Facts], bool]
    sentence: Callable[[Facts], str]
    withholds: bool = False
    first: bool = False


def _of_trial(c: TrialCaveat) -> Caveat:
    return Caveat(c.code, lambda f: c.detect(f.trial), lambda f: c.sentence(f.trial), c.withholds, c.first)


def _plain(text: str) -> Callable[[Facts], str]:
    return lambda _: text


CAVEATS: dict[str, Caveat] = {
    c.code: c
    for c in (
        Caveat(
            "cut_by_note",
            lambda f: bool(f.cut_by),
            lambda f: f"This comparison is cut by: {in_a_list(f.cut_by)}.",
            first=True,
        ),
        Caveat(
            "no_events",
            lambda f: f.events == 0,
            _plain("No such events were recorded, so there is nothing to compare."),
            withholds=True,
        ),
        Caveat("not_compared", lambda f: bool(f.not_compared), lambda f: f.not_compared, withholds=True),
        Caveat(
            "no_before",
            lambda f: f.no_before,
            _plain("There are no data from before adoption in the same system."),
            withholds=True,
        ),
        Caveat(
            "before_scored_areas",
            lambda f: f.before_scored_areas,
            _plain(
                "The time before is the time that scored the areas: places chosen for a high count fall back of themselves, whatever is done there."
            ),
            withholds=True,
        ),
        Caveat(
            "none_before",
            lambda f: f.none_before,
            _plain(
                "There were no such events before, in the Impact Areas or in what they are held against, so no change can be measured."
            ),
            withholds=True,
        ),
        Caveat(
            "looks_chosen",
            lambda f: f.looks_chosen,
            _plain(
                "The impact areas are those with the highest counts of the time before, more sharply than afterwards, and nobody has said by which time areas were scored: what was chosen for a high count falls back of itself."
            ),
            withholds=True,
        ),
        Caveat(
            "no_ring",
            lambda f: f.no_ring,
            _plain("There is no ground around the areas that is not another area's or in two rings."),
            withholds=True,
        ),
        Caveat(
            "too_few_for_public",
            lambda f: f.too_few_for_public,
            _plain("It rests on too few events to be published."),
            withholds=True,
        ),
        Caveat(
            "placebo",
            lambda f: f.placebo_p < LEVEL,
            _plain(
                "Presence afterwards goes with such events before it: officers were sent where these were, and the order of the two cannot be told."
            ),
            withholds=True,
        ),
        Caveat(
            "order_unknown",
            lambda f: f.same_time and f.follows_p < LEVEL,
            _plain(
                "Officers come where such an event has just happened, so that presence and events of one period cannot be told apart in order."
            ),
            withholds=True,
        ),
        Caveat(
            "follows_events",
            lambda f: not f.same_time and f.follows_p < LEVEL,
            _plain(
                "Officers come where such an event has just happened: where one follows another within hours, presence before it may be the answer to the first."
            ),
            first=True,
        ),
        Caveat(
            "unreliable_exposure",
            lambda f: f.reliability < LEAST_RELIABILITY,
            lambda f: (
                f"Only {share(100 * f.reliability)} of what changes in the measured presence is more than its own error; under {share(100 * LEAST_RELIABILITY)} no figure is given."
            ),
            withholds=True,
        ),
        Caveat(
            "no_figure",
            lambda f: f.no_figure,
            _plain("The counts tell of no ratio: too few events, or none at all on one side."),
            withholds=True,
        ),
        Caveat(
            "rests_on_one_area",
            lambda f: bool(f.rests_on),
            lambda f: f"Without {in_a_list(f.rests_on)} there would be no figure at all, so it has no interval.",
            withholds=True,
        ),
        Caveat(
            "leans_on_one_area",
            lambda f: bool(f.leans_on),
            lambda f: (
                f"More than half of its uncertainty comes from one area, {f.leans_on}: read it without that area too."
            ),
        ),
        Caveat(
            "turns_on_one_area",
            lambda f: bool(f.turns_on),
            lambda f: f"Leaving out {in_a_list(f.turns_on, 'or')} changes these words.",
        ),
        Caveat(
            "trends_differ",
            lambda f: f.trend_p < LEVEL,
            _plain(
                "The two groups of areas already moved apart before adoption, so a later difference may be that same movement."
            ),
        ),
        Caveat(
            "few_areas",
            lambda f: 0 < f.areas < FEW_AREAS,
            lambda f: (
                f"It rests on {count_of(f.areas, 'areas')} only: another choice of areas may give another figure."
            ),
        ),
        Caveat(
            "few_events",
            lambda f: 0 < f.events < FEW_EVENTS,
            lambda f: f"It rests on {count_of(f.events, 'events')} only.",
        ),
        Caveat(
            "varies_more_than_chance",
            lambda f: f.dispersion > MUCH_DISPERSION,
            lambda f: (
                f"Counts vary {number(f.dispersion)} times as much as chance alone would make them; the interval allows for that."
            ),
        ),
        Caveat(
            "snapped_points",
            lambda f: f.snapped_m > 0,
            lambda f: (
                f"Public points lie on anchors in the middle of streets, not where it happened: a ring of {number(f.snapped_m)} m is "
                "narrower than that is exact, and means nothing by itself."
            ),
        ),
        Caveat(
            "scoring_unknown",
            lambda f: f.scoring_unknown,
            _plain(UNKNOWN),
        ),
        Caveat(
            "police_generated",
            lambda f: f.police_generated,
            _plain("These records are made by officers themselves: where more officers are, more is recorded."),
        ),
        Caveat(
            "areas_without_events",
            lambda f: bool(f.dropped_areas),
            lambda f: (
                f"Areas that have no such event, or were seen in one period only, take no part: {in_a_list(f.dropped_areas)}."
            ),
        ),
        Caveat(
            "periods_left_out",
            lambda f: f.periods_left_out > 0,
            lambda f: f"Periods less than 90 % covered by their source are left out: {number(f.periods_left_out)}.",
        ),
        *map(_of_trial, TRIAL_CAVEATS),
        Caveat("not_chosen_at_random", lambda f: f.compares_areas, _plain(NOT_CHOSEN)),
    )
}


def detected(facts: Facts, also: Iterable[str] = ()) -> tuple[str, ...]:
    """Codes of the caveats that facts call for, in the order in which they are read; `also` names some by code.

    >>> detected(Facts(areas=6, events=400, compares_areas=True))
    ('few_areas', 'not_chosen_at_random')
    """
    wanted = set(also)
    unknown = wanted - set(CAVEATS)
    if unknown:
        raise KeyError(f"no caveat {sorted(unknown)[0]!r}")
    return tuple(code for code, caveat in CAVEATS.items() if code in wanted or caveat.detect(facts))


def for_the_public(facts: Facts) -> Facts:
    """Facts of which a sentence counts the areas without events: to name them tells an exact nought of each.

    >>> for_the_public(Facts(dropped_areas=("Northgate", "Eastgate"))).dropped_areas
    ('2 areas',)
    """
    dropped = facts.dropped_areas
    return replace(facts, dropped_areas=(count_of(len(dropped), "areas"),)) if dropped else facts


def in_a_list(names: Sequence[object], word: str = "and") -> str:
    """ "a", "a and b", "a, b and c"; from the seventh on they are counted."""
    shown = [str(n) for n in names]
    if len(shown) > MOST_NAMES:
        return f"{', '.join(shown[: MOST_NAMES - 1])} {word} {len(shown) - MOST_NAMES + 1} more"
    return f" {word} ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


__all__ = ["CAVEATS", "LEAST_RELIABILITY", "Caveat", "Facts", "detected", "for_the_public", "in_a_list"]
