"""Results as one HTML page: the sentence first, a chart, what must be known beside it, and how it was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Optional

from ..charts.intervals import Interval, interval_chart
from ..checked import Checked
from ..html_page import PageTable, inline_png, rendered
from ..marking import MARKING
from ..words import CANNOT_TELL, DASH, capitalised, likely_range, number, p_value, ratio, share
from .emmie import REFERENCE, TITLE, Part
from .result import Result
from .results import judged
from .sentences import caveats_of, figure_in_words, headline_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

P_WORDS = {
    "jackknife": "jackknife over areas",
    "permutation": "permutation of areas",
    "randomisation": "randomisation of days",
    "cr1": "clustered by area (CR1)",
    "bootstrap": "resampled",
}
AXES = {
    "change": "events, times as many",
    "times": "times as many",
    "correlation": "correlation",
    "difference": "difference",
}
OVER_AREAS = (
    "The interval is of how much the figure would change with other areas, and p is the one declared before. Primary comparisons "
    "were declared before the run, three at most; the others are exploratory, and their p is adjusted for their number (Holm)."
)
COMMON_METHOD = (
    "The smallest change is the one that would have been seen in 80 of 100 such data, at the p that counts here. What is smaller "
    "may be there and not show.",
    "An E-value is how strongly something nobody measured would have to go with both, as a ratio, to explain the figure away; the "
    "second is that of the limit nearest to no change. It says nothing of presence that follows crime.",
)
NOTHING_DECLARED = "No comparison was declared as primary: what follows is exploratory."
CLOSING = (
    "A description of the past. Officers are sent where crime is expected, so what goes together here need not come one from the "
    "other. Areas and units stand in alphabetical order."
)


@dataclass(frozen=True, eq=False)
class Section:
    """The results of one run in words, pictures and a table, wherever they stand: on a page of their own, or in a report.

    Attributes
    ----------
    title : of the question
    headline, others : sentences of the declared comparisons, and of the exploratory ones
    charts : (figure, caption)
    caveats : what must be said beside them
    table : of all figures
    method, references : how it was done, and where that is published
    """

    title: str
    headline: tuple[str, ...]
    others: tuple[str, ...]
    charts: tuple[tuple[Figure, str], ...]
    caveats: tuple[str, ...]
    table: PageTable
    method: tuple[str, ...]
    references: tuple[str, ...]


def results_section(
    results: Iterable[Result],
    *,
    title: str,
    notes: Sequence[str] = (),
    method: Sequence[str] = (),
    first: Sequence[str] = (),
    charts: Sequence[tuple[Figure, str]] = (),
    interval: str = OVER_AREAS,
) -> Section:
    """What the results of one run say.

    Parameters
    ----------
    results : of one run; they are judged among each other
    notes : sentences beside the figures, such as what the data do not cover
    method : paragraphs on how it was done
    first : sentences before the results, such as what share of everything the areas have
    charts : further figures of the question with their captions, after those of the estimates
    interval : what the interval is of, for the method

    Raises
    ------
    ParameterError
        for more than three primary results.
    ImpactAreaError
        where matplotlib is missing.
    """
    found = judged(results)
    primary, others = ([r for r in found if r.primary == flag] for flag in (True, False))
    return Section(
        title,
        tuple([*first, *(headline_of(r) for r in primary)] if primary else [*first, NOTHING_DECLARED]),
        tuple(headline_of(r) for r in others),
        (*((_chart(p), _caption(p)) for p in _by_axis(found)), *charts),
        (*_caveats(found), *notes),
        _table(found),
        (*method, *_method(found, interval)),
        tuple(dict.fromkeys(r.reference for r in found if r.reference)),
    )


def results_page(
    section: Section,
    *,
    about: str = "",
    audience: str = "board",
    marking: str = MARKING,
    runs_before: Optional[int] = None,
    parts: Sequence[Part] = (),
    closing: str = CLOSING,
    checked: Optional[Checked] = None,
) -> str:
    """HTML text of the results of one run.

    Parameters
    ----------
    section : see :func:`results_section`
    about : period, areas and sources in words
    audience : who it is for
    marking : protective marking; never blank
    runs_before : how many evaluations touched these data before, from the record of runs
    parts : of the closing section: see :func:`~.emmie.emmie`
    closing : what stands at the end
    checked : of the store that the figures come from, see :func:`~ia_plugin.core.checked.beta_words`

    Raises
    ------
    ParameterError
        for a blank marking.
    ImpactAreaError
        where Jinja2 or matplotlib is missing.
    """
    return rendered(
        "results.html.j2",
        marking=marking, checked=checked, title=section.title, about=about, audience=audience,
        headline=section.headline, others=section.others,
        charts=[{"data": inline_png(f), "caption": c} for f, c in section.charts],
        caveats=section.caveats, table=section.table,
        closing_section={"title": TITLE, "parts": parts, "reference": REFERENCE},
        method=section.method, references=section.references, runs=runs_in_words(runs_before), closing=closing,
    )  # fmt: skip


def _method(results: Sequence[Result], interval: str) -> list[str]:
    """How it was done: each result's own way once, then what is common; a draw by lot needs no E-value."""
    common = COMMON_METHOD if any(r.p_kind != "randomisation" for r in results) else COMMON_METHOD[:1]
    return [*dict.fromkeys(r.method for r in results if r.method), *_other_p(results), interval, *common]


def _by_axis(results: Sequence[Result]) -> list[list[Result]]:
    """Results that can stand on one axis: of one form and unit."""
    groups: dict[tuple[str, str], list[Result]] = {}
    for r in results:
        groups.setdefault((r.form, r.unit), []).append(r)
    # A picture of nothing but "cannot tell" shows nothing; where it is all there is, it stands.
    some = [g for g in groups.values() if any(not r.withheld for r in g)]
    return some or list(groups.values())


def _chart(results: Sequence[Result]) -> Figure:
    rows = [
        Interval(
            label, *((float("nan"),) * 3 if r.withheld else (r.estimate, r.low, r.high)), r.smallest_detectable, r.primary,
            CANNOT_TELL,
        )
        for r, label in zip(results, _row_labels(results))
    ]  # fmt: skip
    first = results[0]
    return interval_chart(rows, ratios=first.is_ratio, unit=first.unit or AXES[first.form])


def _label(result: Result) -> str:
    return capitalised(result.outcome)


def _row_labels(results: Sequence[Result]) -> list[str]:
    """What each row of a chart is of: the outcome, with what it is held against where one outcome stands there more than once."""
    many = len({r.exposure for r in results}) > 1 and len({r.outcome for r in results}) < len(results)
    if not many:
        return [_label(r) for r in results]
    one = len({r.outcome for r in results}) == 1
    return [capitalised(r.exposure) if one else f"{_label(r)}\n{r.exposure}" for r in results]


def _caption(results: Sequence[Result]) -> str:
    many = f"Each dot is a best estimate, each line its {likely_range(results[0].level)}. Full dots are primary, hollow ones exploratory."
    return f"{many} In the grey band lie changes that these data could not have shown; the upright line is no change."


def _caveats(results: Sequence[Result]) -> list[str]:
    """Each once; with what it is about where it is not about all."""
    about: dict[str, list[str]] = {}
    for r in results:
        for sentence in caveats_of(r):
            about.setdefault(sentence, []).append(_label(r))
    every = len(results)
    return [s if len(names) == every else f"{', '.join(dict.fromkeys(names))}: {s}" for s, names in about.items()]


def _table(results: Sequence[Result]) -> PageTable:
    header = ["", "held against", "best estimate", "p", "p adjusted", "smallest change", "E-value", "areas", "periods", "events",
              "reliability", "φ"]  # fmt: skip
    rows = []
    for r in results:
        e = r.e_values
        rows.append([
            _label(r), r.exposure, figure_in_words(r).replace("best estimate ", "") or CANNOT_TELL,
            DASH if r.withheld else f"{p_value(r.p)} {P_WORDS[r.p_kind]}",
            DASH if r.primary or r.withheld else p_value(r.p_holm), _smallest(r),
            DASH if e.estimate != e.estimate else f"{ratio(e.estimate)}; {ratio(e.limit)}", number(r.areas), number(r.periods),
            number(r.events) if r.events >= 0 else DASH, DASH if r.reliability != r.reliability else share(100 * r.reliability),
            ratio(r.dispersion),
        ])  # fmt: skip
    one = len({r.exposure for r in results}) == 1  # then each sentence names it
    return PageTable.of(header, rows, without=(1,) if one else ())


def _other_p(results: Sequence[Result]) -> list[str]:
    """p of other kinds, which decide nothing, an outcome a sentence."""
    return [
        f"{_label(r)}, p of other kinds: {'; '.join(f'{P_WORDS[kind]} {p_value(p)}' for kind, p in r.other_p)}."
        for r in results
        if r.other_p and not r.withheld
    ]


def _smallest(result: Result) -> str:
    size = result.smallest_detectable
    if not size > 0 or size == float("inf"):
        return DASH
    return f"{ratio(1 / size)}; {ratio(size)}" if result.is_ratio else number(size)


def runs_in_words(before: Optional[int]) -> str:
    if before is None:
        return "How many evaluations touched these data before is not known: the record of runs cannot be read here."
    if before == 0:
        return "No evaluation touched these data before this one."
    return f"Evaluations that touched these data before this one: {number(before)}."
