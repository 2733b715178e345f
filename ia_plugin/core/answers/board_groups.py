"""Which groups a board may see at which place: none follows from what is told of other places, whose time adds up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ..material.places import FORCE, PLACE_NAMES, Place
from ..summaries.zones import role_label
from ..suppression import OTHER, hidden_everywhere, labels_of, merged_labels

Labels = dict[str, str]
NOTHING_H = 1e-6  # hours


def board_labels(spent: Mapping[Place, pd.Series], officers: Mapping[str, pd.Series]) -> dict[str, Labels]:
    """The label of each group at each place, "other" where few officers stand behind it or would follow by subtracting.

    The parts of the force (roles of areas, the rest) share no ground, so each hides its own few. The whole force names a group that
    every part names, for the one part that does not would be what is left. The areas of a role name groups of it together.

    Parameters
    ----------
    spent : hours of each place by group, of groups with time there
    officers : how many officers at the least stand behind each, by label of the place

    Returns
    -------
    Label of each group by label of the place.
    """
    parts = [p for p in spent if p.label in PLACE_NAMES and p.label != FORCE]
    labels = {p.label: merged_labels(officers[p.label]) for p in parts}
    areas = [p for p in spent if p.label not in PLACE_NAMES]
    for role in sorted({p.role for p in areas}):
        labels |= _of_areas([p for p in areas if p.role == role], labels.get(role_label(role), {}), officers)
    for whole in (p for p in spent if p.label == FORCE):
        labels[FORCE] = _of_all(spent[whole], [(spent[p], labels[p.label]) for p in parts])
    return labels


def _of_all(whole: pd.Series, parts: Sequence[tuple[pd.Series, Labels]]) -> Labels:
    # Where a part has others, a group that is not named there may be of them: all less the rest would tell that it is not.
    hidden = {
        str(g)
        for _, names in parts
        if OTHER in names.values()
        for g in whole.index
        if names.get(str(g), OTHER) == OTHER
    }
    known = {str(g): sum(float(hours.get(g, 0.0)) for hours, _ in parts) for g in whole.index}
    hidden |= {g for g, hours in known.items() if abs(hours - float(whole[g])) > NOTHING_H}  # time of no part
    return {str(g): OTHER if str(g) in hidden else str(g) for g in whole.index}


def _of_areas(areas: Sequence[Place], of_role: Labels, officers: Mapping[str, pd.Series]) -> dict[str, Labels]:
    """Labels of the areas of one role, of groups as the role names them."""
    named = {p.label: {str(g): of_role.get(str(g), OTHER) for g in officers[p.label].index} for p in areas}
    rows = {label: officers[label].groupby(pd.Series(own)).max() for label, own in named.items()}
    told = merged_among(pd.DataFrame(rows).T)
    return {label: {g: told[label][name] for g, name in own.items()} for label, own in named.items()}


def merged_among(officers: pd.DataFrame) -> dict[str, Labels]:
    """One label of each group for places whose sum is told; those of the fewest officers are not split where that tells more of the others.

    Of places that are not split nothing more is known than what they have together, so they count as one.

    Parameters
    ----------
    officers : number of distinct officers, or a lower bound of it, by place (rows) and group (columns); NaN without time

    Returns
    -------
    Label of each group by place.

    Examples
    --------
    At "r" one officer was; what "q" and "r" have together is of six:

    >>> seen = pd.DataFrame({"A": [9, 6, 1], "B": [9, 7, np.nan]}, index=["p", "q", "r"])
    >>> {place: sorted(set(labels.values())) for place, labels in merged_among(seen).items()}
    {'r': ['other'], 'q': ['other'], 'p': ['A', 'B']}
    """
    officers = officers.sort_index(axis=1, kind="stable")
    officers = officers.loc[officers.max(axis=1).sort_values(kind="stable").index]
    values = officers.to_numpy(dtype=np.float64)
    together = np.fmax.accumulate(values) if len(values) else values
    best, whole, labels = -1, 0, dict[str, str]()
    for size in range(len(values)):
        split = values[size:]
        rows = np.vstack([split, together[size - 1 : size]])
        groups, hidden = hidden_everywhere(rows, last_joins=False)
        if (count := int((~np.isnan(split[:, groups[hidden:]])).sum())) > best:
            best, whole, labels = count, size, labels_of(officers.columns, groups, hidden)
    unsplit = dict.fromkeys(labels, OTHER)
    return {str(place): unsplit if i < whole else labels for i, place in enumerate(officers.index)}


__all__ = ["board_labels", "merged_among"]
