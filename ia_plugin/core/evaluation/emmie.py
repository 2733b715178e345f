"""What deploying officers here went with, compared with similar areas: what can be said and what cannot, laid out by EMMIE.

EMMIE (Johnson, Tilley & Bowers 2015) asks five things of an evaluation: Effect, Mechanism, Moderators, Implementation and Economic
cost. Each has its part here even where the answer is "not measured". It is made of rows of the table `results`, of one run or of
several; the declared comparisons come first, and all others are adjusted together for their number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np
import pandas as pd

from ..columns import RESULTS, require
from ..words import CANNOT_TELL, MODE_WORDS, amount, count_of, known, number, p_value, share_of, with_likely
from .results import MOST_PRIMARY
from .strength import holm

REFERENCE = "Johnson, Tilley & Bowers 2015 (EMMIE)"
NOT_MEASURED = "Not measured"
TITLE = "What we can and cannot say"
TRIAL = "trial"
LEVEL = 0.05
MODERATORS = ("how officers moved", "type of resource")
"""Declared: with what else the association may differ."""
PUBLIC_CONFIDENCE = "Public confidence and victims' satisfaction: not measured."


@dataclass(frozen=True)
class Part:
    """One letter of EMMIE: its title, and what can be said of it."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Hours:
    """Officer hours in the Impact Areas, in all areas asked about where none has that role: what was planned, and what was observed; None where it is not known."""

    observed: Optional[float] = None
    planned: Optional[float] = None


def emmie(results: pd.DataFrame, hours: Hours = Hours()) -> tuple[Part, ...]:
    """The closing section of a report.

    Parameters
    ----------
    results : rows of the table `results`, of one run or several
    hours : in the areas that are asked about

    Returns
    -------
    Five parts, in the order of the letters, and a sixth on what was not measured.

    Examples
    --------
    >>> [p.title for p in emmie(pd.DataFrame(columns=list(RESULTS.names)))]
    ['Effect', 'Mechanism', 'Moderators', 'Implementation', 'Economic cost', 'Not measured']
    """
    require(results, RESULTS.required, "results")
    primary, others = _declared(results)
    return (
        Part("Effect", tuple(_effect(primary, others))),
        Part("Mechanism", tuple(_mechanism(results))),
        Part("Moderators", tuple(_moderators(others))),
        Part("Implementation", tuple(_implementation(hours))),
        Part("Economic cost", tuple(_cost(hours))),
        Part(NOT_MEASURED, (PUBLIC_CONFIDENCE, "Harm to those who were stopped or searched, and fairness between groups: not measured here.")),
    )  # fmt: skip


# --- parts ------------------------------------------------------------------------------------------------------------


def _declared(results: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The declared comparisons, three at most, and the others with p adjusted among all of them."""
    flags = results["primary"].astype(bool).to_numpy()
    first = flags & (np.cumsum(flags) <= MOST_PRIMARY)
    others = results[~first].copy()
    p = pd.to_numeric(others["p"], errors="coerce").to_numpy(dtype=np.float64)
    return results[first], others.assign(p_holm=holm(p))


def _effect(primary: pd.DataFrame, others: pd.DataFrame) -> list[str]:
    rows = pd.concat([primary, others])
    if not len(rows):
        return ["Nothing was compared."]
    trial = rows["question"].eq(TRIAL) & rows["estimate"].notna()
    out = [
        "The days on which areas were visited were drawn by chance: of these days alone an effect may be spoken of."
        if trial.any()
        else "None of these comparisons can tell an effect: officers are sent where crime is expected, and the areas were not drawn by "
        "chance. What follows goes together, and no more."
    ]
    out += [str(s) for s in primary["sentence"]]
    clear = others[others["p_holm"] <= LEVEL]
    known_p = int(others["p_holm"].notna().sum())
    if known_p:
        many = f"Of {count_of(known_p, 'exploratory comparisons')}, {number(len(clear))} are clear after adjusting for their number."
        out.append(many)
        out += [f"{s} p adjusted among all {p_value(p)}." for s, p in zip(clear["sentence"], clear["p_holm"])]
    held = int(rows["estimate"].isna().sum())
    if held:
        out.append(f"Comparisons of which nobody can tell: {number(held)} of {number(len(rows))}.")
    return out


def _mechanism(results: pd.DataFrame) -> list[str]:
    rows = results[results["design"].isin(["case-crossover", "since the last visit"])]
    declared = [str(s) for s, flag in zip(rows["sentence"], rows["primary"]) if flag]
    first = "How presence might act (being seen, stopping people, calls answered sooner) was not observed."
    return [first, *(declared or ["Whether events are rarer in the hours after presence: not measured."])]


def _moderators(others: pd.DataFrame) -> list[str]:
    """The two declared ones: rows of exploratory comparisons that differ in them alone."""
    text = others["exposure"].astype(str)
    by_mode = text.str.contains("|".join([MODE_WORDS["foot"], MODE_WORDS["vehicle"]]))
    by_resource = text.str.contains(r"hours? of |minutes? of ") & ~by_mode
    out = []
    for name, rows in zip(MODERATORS, (others[by_mode], others[by_resource])):
        if not len(rows):
            out.append(f"By {name}: not measured.")
            continue
        figures = [
            f"{e}, {o}: {_figure(r)}" for e, o, r in zip(rows["exposure"], rows["outcome"], rows.to_dict("records"))
        ]
        out.append(f"By {name} (exploratory): {'; '.join(figures)}.")
    return [*out, "Two were declared; others were not looked at."]


def _figure(row: dict[str, object]) -> str:
    """A ratio as a change with its likely range."""
    best, low, high = (100 * (float(str(row[c])) - 1) if known(row[c]) else None for c in ("estimate", "low", "high"))
    return with_likely(best, low, high, "%", float(str(row["level"]))) if known(best) else CANNOT_TELL


def _implementation(hours: Hours) -> list[str]:
    if hours.observed is None or not known(hours.observed):
        return ["How many officer hours were given: not measured."]
    observed = f"Officer hours observed in the areas asked about, without police sites: {amount(hours.observed, 'h')}."
    if hours.planned is None or not known(hours.planned) or not hours.planned:
        return [observed, "How many were planned: not known, so how far the plan was carried out cannot be told."]
    return [
        f"{observed} Planned: {amount(hours.planned, 'h')}; observed {share_of(hours.observed, hours.planned)} of them."
    ]


def _cost(hours: Hours) -> list[str]:
    if hours.observed is None or not known(hours.observed):
        return ["Officer hours: not measured. Money: not measured."]
    return [
        f"The cost that is known is officer hours: {amount(hours.observed, 'h')} in the areas asked about. What else these officers would have done, "
        "and money, were not measured."
    ]


__all__ = ["MODERATORS", "TITLE", "Hours", "Part", "emmie"]
