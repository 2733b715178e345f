"""A matching in words and as a page: how alike the groups are now, by which weights, and what is left."""

from __future__ import annotations

from typing import Optional

import numpy as np

from ..charts.love_plot import love_plot
from ..html_page import PageTable, inline_png, rendered
from ..marking import MARKING
from ..words import DASH, NOT_CHOSEN, count_of, number, ratio, share
from .balance import USUAL
from .day_window import window_of
from .matching import REFERENCES, Matching
from .page import runs_in_words

METHOD = {
    "entropy": (
        "Comparison areas have the weights closest to equal ones under which their means are those of the impact areas, each impact "
        "area counting once. Weights are refused where they do not exist, where one area has over 25 % of them, where they tell as "
        "much as fewer than 10 areas, or where they would not exist without some one area."
    ),
    "optimal": "Each impact area has one comparison area of its own, so that the sum of the distances of all pairs is the smallest.",
    "nearest": "Each impact area takes the nearest comparison area that is still free; who has the farthest way goes first.",
}
DIFFERENCES = (
    "A standardised difference is the mean of the impact areas less that of the comparison areas, over the root of the mean of both "
    "variances before any weight. Under 0.1 is commonly taken as balance (Austin 2009). Only what was measured is made alike."
)

CLOSING = (
    "Being alike in what was measured is not being alike. Nothing here is about what presence does, and no change is measured: the smallest "
    "change that these areas could have shown is said by each tool that takes the weights."
)


def matching_in_words(found: Matching) -> list[str]:
    """Sentences: the balance reached, the areas it rests on, and who stays without a pair."""
    before, after = (found.balance[f"difference_{w}"].abs() for w in ("before", "after"))
    matched = int((found.weights[found.impact] > 0).sum())
    used = int((found.weights[~found.impact] > 0).sum())
    out = [
        f"The largest difference between impact and comparison areas is {ratio(_largest(after))} standard deviations after matching, "
        f"{ratio(_largest(before))} before it."
    ]
    wide = found.balance.loc[after > USUAL + 1e-9, "covariate"]
    if len(wide):
        out.append(f"Still more than {USUAL} apart: {', '.join(map(str, wide))}.")
    if found.params.method == "entropy":
        largest = found.weights[~found.impact].max() / found.weights[~found.impact].sum()
        out.append(
            f"Comparison areas with a weight: {number(used)}, for {number(matched)} impact areas. Weighted, they tell as much as "
            f"{number(round(found.effective, 1))} areas, and the heaviest has {share(100 * largest)} of the weight."
        )
    else:
        out.append(f"{count_of(matched, 'pairs')}, of {number(int(found.impact.sum()))} impact areas.")
    for names, what in ((found.unmatched, "Without a pair"), (found.left_out, "Left out, a covariate not known")):
        if names:
            out.append(f"{what}: {', '.join(names)}.")
    return out


def matching_page(
    found: Matching,
    *,
    about: str = "",
    audience: str = "board",
    marking: str = MARKING,
    title: str = "Comparison areas",
    runs_before: Optional[int] = None,
) -> str:
    """HTML text with the sentences, the Love plot, the table of balance, and how it was done.

    Raises
    ------
    ParameterError
        for a blank marking.
    ImpactAreaError
        where Jinja2 or matplotlib is missing.
    """
    sentences = matching_in_words(found)
    caption = (
        "Hollow dots before matching, full dots after it. Within the grey band groups are commonly taken as alike."
    )
    return rendered(
        "results.html.j2", marking=marking, title=title, about=about, audience=audience, headline=sentences, others=[],
        charts=[{"data": inline_png(love_plot(found.balance, USUAL)), "caption": caption}],
        caveats=[*found.warnings, NOT_CHOSEN], table=balance_rows(found), method=[METHOD[found.params.method], DIFFERENCES, *_windows(found)],
        references=[REFERENCES[found.params.method]], runs=runs_in_words(runs_before),
        closing=CLOSING,
    )  # fmt: skip


def _largest(values: object) -> float:
    known = np.asarray(values, dtype=np.float64)
    known = known[np.isfinite(known)]
    return float(known.max()) if len(known) else float("nan")


def _value(value: float) -> str:
    """A mean of a covariate: two decimals where it is small, such as a share."""
    return ratio(value) if abs(value) < 10 else number(value)


def _windows(found: Matching) -> list[str]:
    p = found.params
    scored = window_of(p.scored_from, p.scored_to, ("scored_from", "scored_to"))
    return (
        [f"The areas were scored on data of {scored.in_words()}, which serves as before in nothing."] if scored else []
    )


def balance_rows(found: Matching) -> PageTable:
    """The balance of both groups before and after matching, a row a covariate."""
    header = ["", "impact areas", "comparison before", "comparison after", "difference before", "difference after",
              "variance ratio before", "variance ratio after"]  # fmt: skip
    rows = [
        [
            r["covariate"], *(_value(r[c]) for c in ("impact_mean", "comparison_mean_before", "comparison_mean_after")),
            *(ratio(r[c]) if np.isfinite(r[c]) else DASH for c in ("difference_before", "difference_after", "variance_ratio_before", "variance_ratio_after")),
        ]
        for r in found.balance.to_dict("records")
    ]  # fmt: skip
    return PageTable.of(header, rows)
