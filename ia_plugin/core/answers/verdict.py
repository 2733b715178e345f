"""The verdict: one sentence on how much officer time the chosen areas had beside the comparison areas, or why that cannot be told.

One function for dock, page, answers and copies (METHODS, *Verdict*). It refuses before it compares: a group of few officers, too
few days or too little observed, nothing to compare with. Of five areas and more it is the ratio of pooled rates with its 90 % interval
from how areas differ; of one to four, where their pooled rate lies among the comparison areas.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..arrays import Floats
from ..evaluation.baseline import LEAST_AREAS, LEAST_HOURS, LEAST_OBSERVED
from ..evaluation.pooled import PooledRatio, pooled_ratio
from ..evaluation.sentences import ABOUT_AS_MANY
from ..filter_state import FilterState
from ..material.days import days_asked, days_of_data, ground_of
from ..material.kept import kept_time, seconds_of
from ..material.measures import NO_DAY, measured
from ..material.mode_ranges import whys_untold
from ..material.places import area_places, chosen_place, comparison_place
from ..material.summary_tables import Material
from ..material.sums import by_place, outside_sites
from ..nouns import UNITS
from ..presence.likely import likely_range
from ..sentence import changed, joined, phrase, sentence
from ..suppression import LEAST
from ..words import CANNOT_TELL, LIKELY, amount, capitalised, count_of, range_of, ratio, share

LEVEL = LIKELY
WELL_OBSERVED = 0.9
POINTS_APART = 0.10  # between the observed shares of the groups
PER = {"crimes": "crime", "incidents": "incident"}
FEW_OFFICERS = phrase("Fewer than five officers: not shown.")
UNIT = "h per km²"
ABOUT = phrase("about as many")
NOT_AN_EFFECT = phrase("A description, not an effect.")


@dataclass(frozen=True, eq=False)
class Group:
    """Areas whose officer time is set beside that of others.

    Attributes
    ----------
    name : "Impact Areas", "Northgate"
    areas : names of the areas (n,)
    hours, km2 : (n,) officer hours, and ground times days, in km² × days ÷ days
    variance : (n,) of each area's own error, hours squared
    systematic : (n,) error that all areas share, hours
    days, asked : days with data, and days asked
    observed : share of officers' time observed, 0 to 1; None where it is not known
    """

    name: str
    areas: tuple[str, ...]
    hours: Floats
    km2: Floats
    variance: Floats
    systematic: Floats
    days: int
    asked: int
    observed: Optional[float] = None

    @property
    def share(self) -> float:
        """Days share × observed share."""
        return (self.days / self.asked if self.asked else 0.0) * (1.0 if self.observed is None else self.observed)

    @property
    def rate(self) -> float:
        """Pooled: hours over km²."""
        return float(self.hours.sum() / self.km2.sum()) if self.km2.sum() > 0 else math.nan

    @property
    def shared_error(self) -> float:
        """Relative error that all areas of the group share."""
        return float(self.systematic.sum() / self.hours.sum()) if self.hours.sum() > 0 else 0.0

    def likely(self) -> tuple[float, float]:
        """The likely range of the pooled rate, from gaps between fixes."""
        sd = math.sqrt(float(self.variance.sum() + self.systematic.sum() ** 2))
        low, high = likely_range(np.array([self.hours.sum()]), np.array([sd]))
        return float(low[0] / self.km2.sum()), float(high[0] / self.km2.sum())


@dataclass(frozen=True)
class Verdict:
    """What may be said.

    Attributes
    ----------
    word : more, fewer, about as many, within, near the edge, cannot tell, or not compared
    sentence : as it stands everywhere
    beside : the second sentence: medians of areas, not an effect; blank where nothing is compared
    ratio : of pooled rates, where there are five areas and more; None otherwise
    """

    word: str
    sentence: str
    beside: str = ""
    ratio: Optional[PooledRatio] = None


def verdict(
    chosen: Group,
    comparison: Group,
    *,
    officers: Optional[int] = None,
    among: Sequence[str] = (),
    events: Optional[Mapping[str, tuple[float, float]]] = None,
) -> Verdict:
    """The verdict on two groups of areas.

    Parameters
    ----------
    chosen, comparison : the groups
    officers : distinct officers behind a filter by unit, department, role or mode; None where there is no such filter
    among : names of comparison areas that are among the chosen
    events : by kind, "crime", "incident", how many there were in the chosen and in the comparison areas, where both are known

    Examples
    --------
    >>> def group(name, hours):
    ...     n = len(hours)
    ...     return Group(name, tuple("abcdefgh"[:n]), np.array(hours), np.ones(n), np.zeros(n), np.zeros(n), 28, 28)
    >>> verdict(group("Impact Areas", [30.0] * 6), group("Comparison areas", [10.0, 11.0, 9.0, 10.0, 10.0])).word
    'more'
    """
    why = _refusal(chosen, comparison, officers, among)
    if why:
        return Verdict(phrase("not compared"), why)
    prefix = _prefix(chosen, comparison)
    found = _of_many(chosen, comparison) if len(chosen.areas) >= LEAST_AREAS else _of_few(chosen, comparison)
    return Verdict(found.word, prefix + found.sentence, _beside(chosen, comparison, events or {}), found.ratio)


def verdict_of(material: Material, state: FilterState) -> Verdict:
    """The verdict on the areas of a filter, of officer hours per km²; filters by unit and the like are told by whole months elsewhere."""
    here = chosen_place(material, state)
    others = [a for a in material.of_role("comparison") if a not in state.areas]
    overlap = [a for a in material.of_role("comparison") if a in state.areas]
    names = material.names()
    chosen = _group(
        material,
        state,
        here.areas,
        phrase("Impact Areas")
        if not state.areas
        else capitalised(here.name)
        if here.label.startswith("(")
        else here.name,
    )
    comparison = _group(material, state, others, phrase("Comparison areas"))
    # Of fewer than five the time by mode is told nowhere: how many they are does not matter then.
    officers = 0 if state.modes and whys_untold(material, state, [here])[0] else None
    return verdict(
        chosen,
        comparison,
        officers=officers,
        among=[names[a] for a in overlap],
        events=_events_of(material, state, others),
    )


def _events_of(material: Material, state: FilterState, others: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Crimes and incidents in the chosen and in the comparison areas, of the kinds that are known in both."""
    where = [chosen_place(material, state), comparison_place(material, state)]
    if not others or not where[1].rows:
        return {}
    found = measured(material, state, where, keys=tuple(PER))
    return {
        kind: (float(found[key][0]), float(found[key][1])) for key, kind in PER.items() if np.isfinite(found[key]).all()
    }


# --- parts ------------------------------------------------------------------------------------------------------------


def _group(material: Material, state: FilterState, areas: Sequence[str], name: str) -> Group:
    ground = ground_of(material, state)
    # An area that does not count in the period has no ground, and is none of the areas compared.
    places = [p for p in (area_places(material, areas) if areas else []) if ground.get(p.label, 0.0) > 0]
    table, keep = material.time_use.table, kept_time(material, state) & outside_sites(material.time_use)
    amounts = {
        "seconds": seconds_of(table, state.modes),
        "variance": table["variance"],
        "systematic": table["systematic"],
    }
    sums = by_place(material.time_use, keep, [p.rows for p in places], amounts)
    asked = len(days_asked(state)) if state.first and state.last else days_of_data(material, state)
    return Group(
        name, tuple(p.name for p in places), sums["seconds"] / 3600, np.array([ground[p.label] for p in places]),
        sums["variance"] / 3600**2, sums["systematic"] / 3600, days_of_data(material, state), asked,
    )  # fmt: skip


def _refusal(chosen: Group, comparison: Group, officers: Optional[int], among: Sequence[str]) -> str:
    """Why nothing is compared, by the first rule that holds; blank where it may be."""
    if officers is not None and officers < LEAST:
        return FEW_OFFICERS
    if not chosen.asked and not chosen.days:
        return joined("", (capitalised(NO_DAY), "."))
    for group in (chosen, comparison):
        if group.asked and group.days / group.asked < LEAST_OBSERVED:
            return sentence("Cannot compare: data on {n} of {days}.", n=group.days, days=count_of(group.asked, "days"))
        if group.observed is not None and group.observed < LEAST_OBSERVED:
            return sentence(
                "Cannot compare: only {observed} of officers' time observed.", observed=share(100 * group.observed)
            )
    own = _own_figure(chosen)
    if among:
        be = phrase("is a comparison area itself") if len(among) == 1 else phrase("are comparison areas themselves")
        return sentence("{figure} Nothing to compare with: {areas} {be}.", figure=own, areas=joined(", ", among), be=be)
    if len(comparison.areas) < LEAST_AREAS:
        return sentence(
            "{figure} Nothing to compare with: {areas}; {least} are the least.",
            figure=own,
            areas=count_of(len(comparison.areas), "comparison areas"),
            least=LEAST_AREAS,
        )
    for group in (chosen, comparison):
        if group.hours.sum() < LEAST_HOURS:
            return sentence(
                "{figure} Nothing to compare with: under {hours} in {areas}.",
                figure=own,
                hours=amount(LEAST_HOURS, "h"),
                areas=_lower(group.name),
            )
    return ""


def _own_figure(chosen: Group) -> str:
    if not chosen.areas or not chosen.km2.sum() > 0:
        return phrase("No area is chosen.")
    low, high = chosen.likely()
    if not high > low:  # of a single source without error of its own
        return sentence("{areas}: {figure}.", areas=chosen.name, figure=amount(chosen.rate, UNIT))
    return sentence(
        "{areas}: {figure}, likely {ends}.",
        areas=chosen.name,
        figure=amount(chosen.rate, UNIT),
        ends=range_of(chosen.rate, low, high, UNIT),
    )


def _prefix(chosen: Group, comparison: Group) -> str:
    least = min(chosen.share, comparison.share)
    apart = abs((chosen.observed or 1.0) - (comparison.observed or 1.0))
    return (
        sentence("Only {share} observed: ", share=share(100 * least))
        if least < WELL_OBSERVED or apart > POINTS_APART
        else ""
    )


def _of_many(chosen: Group, comparison: Group) -> Verdict:
    """The ratio of pooled rates with its interval from how areas differ."""
    hours, km2 = (np.concatenate([getattr(g, n) for g in (chosen, comparison)]) for n in ("hours", "km2"))
    impact = np.arange(len(hours)) < len(chosen.areas)
    found = pooled_ratio(hours, km2, impact, shared=(chosen.shared_error, comparison.shared_error), level=LEVEL)
    word = word_of(found.low, found.high)
    ends = sentence("{low} to {high} times", low=ratio(found.low), high=ratio(found.high))
    if word == CANNOT_TELL:
        told = sentence(
            "Cannot tell whether {chosen} had more or fewer officer hours per km² than {comparison}: {ends}.",
            chosen=chosen.name,
            comparison=_lower(comparison.name),
            ends=ends,
        )
    else:
        told = sentence(
            "{chosen} had about as many officer hours per km² as {comparison}: {times} times, likely {low}–{high}."
            if word == ABOUT
            else "{chosen} had {word} officer hours per km² than {comparison}: {times} times, likely {low}–{high}.",
            chosen=chosen.name,
            word=word,
            comparison=_lower(comparison.name),
            times=ratio(found.estimate),
            low=ratio(found.low),
            high=ratio(found.high),
        )
    turning = _turning(found, word, (*chosen.areas, *comparison.areas))
    if turning:
        told += sentence(' Without {area} it would read "{word}".', area=turning[0], word=turning[1])
    return Verdict(word, told, ratio=found)


def word_of(low: float, high: float) -> str:
    """What the interval of a ratio allows to be said.

    >>> word_of(0.9, 1.2), word_of(1.1, 1.5), word_of(0.6, 0.9), word_of(0.6, 1.5)
    ('about as many', 'more', 'fewer', 'cannot tell')
    """
    if ABOUT_AS_MANY[0] <= low and high <= ABOUT_AS_MANY[1]:
        return ABOUT
    return phrase("more") if low > 1 else phrase("fewer") if high < 1 else CANNOT_TELL


def _turning(found: PooledRatio, word: str, names: Sequence[str]) -> Optional[tuple[str, str]]:
    """The area that, left out, changes the word most, were the interval as wide; None where none does."""
    if not math.isfinite(found.low) or found.low <= 0:
        return None
    down, up = found.low / found.estimate, found.high / found.estimate
    words = [word_of(e * down, e * up) for e in found.without]
    changing = [i for i, w in enumerate(words) if w != word]
    if not changing:
        return None
    far = max(changing, key=lambda i: abs(math.log(found.without[i] / found.estimate)))
    return names[far], words[far]


def _of_few(chosen: Group, comparison: Group) -> Verdict:
    """Where the pooled rate of one to four areas lies among the comparison areas."""
    rates = comparison.hours / comparison.km2
    lower, upper = (float(q) for q in np.quantile(rates, [0.25, 0.75]))
    low, high = chosen.likely()
    many, own = len(rates), changed(_own_figure(chosen), str.removesuffix, ".")
    if low > upper:
        return Verdict(
            "more",
            sentence(
                "{figure}: more than most comparison areas ({n} of {all}).",
                figure=own,
                n=int((rates < chosen.rate).sum()),
                all=many,
            ),
        )
    if high < lower:
        return Verdict(
            "fewer",
            sentence(
                "{figure}: fewer than most comparison areas ({n} of {all}).",
                figure=own,
                n=int((rates > chosen.rate).sum()),
                all=many,
            ),
        )
    if lower <= low and high <= upper:
        return Verdict(
            "within",
            sentence(
                "{figure}: within the middle half of the comparison areas ({ends} {unit}).",
                figure=own,
                ends=range_of(chosen.rate, lower, upper, UNIT),
                unit=UNITS[UNIT],
            ),
        )
    return Verdict(
        CANNOT_TELL,
        sentence(
            "{figure}: near the edge of the comparison areas' middle half ({ends} {unit}): cannot tell.",
            figure=own,
            ends=range_of(chosen.rate, lower, upper, UNIT),
            unit=UNITS[UNIT],
        ),
    )


def _beside(chosen: Group, comparison: Group, events: Mapping[str, tuple[float, float]]) -> str:
    middles = [float(np.median(g.hours / g.km2)) for g in (chosen, comparison)]
    if len(chosen.areas) == 1:
        first = sentence("Comparison areas one by one: median {figure}.", figure=amount(middles[1], UNIT))
    else:
        first = sentence(
            "Areas one by one: median {figure}, comparison areas {other}.",
            figure=amount(middles[0], UNIT),
            other=amount(middles[1], UNIT),
        )
    return joined(" ", [first, *_per_event(chosen, comparison, events), NOT_AN_EFFECT])


def _per_event(chosen: Group, comparison: Group, events: Mapping[str, tuple[float, float]]) -> list[str]:
    """Officer hours per recorded crime and incident, here and in the comparison areas: time beside demand, pooled both."""
    parts = []
    for kind, (here, there) in events.items():
        if here > 0 and there > 0:
            unit = f"h per {kind}"
            own, others = (amount(float(g.hours.sum()) / n, unit) for g, n in ((chosen, here), (comparison, there)))
            parts.append(sentence("{figure}, comparison {other}", figure=own, other=others.removesuffix(unit).strip()))
    return [sentence("Together: {figures}.", figures=joined("; ", parts))] if parts else []


def _lower(name: str) -> str:
    return changed(name, _lowered) if name.startswith("Comparison") else name


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]


__all__ = ["Group", "Verdict", "verdict", "verdict_of", "word_of"]
