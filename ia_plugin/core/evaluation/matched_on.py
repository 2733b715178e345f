"""How areas were matched, as one text in their table, so that their weights can be fitted anew wherever they are used."""

from __future__ import annotations

import json
import warnings
from typing import Optional

import numpy as np
import pandas as pd

from ..errors import ImpactAreaError, ImpactAreaWarning
from ..params import MatchParams
from .day_window import Window, window_of
from .matching import Matching, matching_of

COLUMN = "matched_on"
AS_THEY_STAND = "The weights of the matched areas cannot be fitted anew, so they are taken as they stand: the range may be too wide or too narrow."
SAME = 1e-5


def with_record(areas: pd.DataFrame, found: Matching) -> pd.DataFrame:
    """Areas with ``matched_on``: the covariates and parameters of a matching.

    >>> from .matching import matching_of
    >>> areas = pd.DataFrame({"area_id": list("abcd"), "role": ["impact"] * 2 + ["comparison"] * 2, "imd": [3.0, 2.0, 2.1, 3.3]})
    >>> text = with_record(areas, matching_of(areas, ["imd"], MatchParams(method="optimal")))["matched_on"][0]
    >>> recorded_covariates(text)
    ['imd']
    """
    record = {"covariates": [str(c) for c in found.balance["covariate"]], **found.params.as_dict()}
    return areas.assign(**{COLUMN: json.dumps(record, ensure_ascii=False)})


def recorded_covariates(text: object) -> list[str]:
    """The covariates that a record names; none where it is no record."""
    try:
        names = json.loads(str(text))["covariates"]
    except (ValueError, KeyError, TypeError):
        return []
    return [str(n) for n in names] if isinstance(names, list) else []


def matched_window(weights: object) -> Optional[Window]:
    """Days of the earlier crime that areas were matched on, of a Matching or of matched areas; None where there is none."""
    if isinstance(weights, Matching):
        first, last = weights.params.prior_from, weights.params.prior_to
    elif isinstance(weights, pd.DataFrame) and COLUMN in weights.columns and len(weights):
        try:
            record = json.loads(str(weights[COLUMN].iloc[0]))
            first, last = str(record.get("prior_from", "")), str(record.get("prior_to", ""))
        except (ValueError, AttributeError):
            return None
    else:
        return None
    return window_of(first, last, ("prior_from", "prior_to"))


def matching_again(areas: pd.DataFrame) -> Optional[Matching]:
    """The matching behind matched areas, which can be fitted anew; None where they are pairs or have no record.

    Parameters
    ----------
    areas : ``area_id, role, weight, matched_on`` and the covariates

    Warns
    -----
    ImpactAreaWarning
        where areas have a record, and what it says gives other weights or none.
    """
    if COLUMN not in areas.columns:
        return None
    texts = {str(t) for t in areas[COLUMN] if isinstance(t, str) and t}
    names = recorded_covariates(next(iter(texts))) if len(texts) == 1 else []
    if not texts:
        return None
    try:
        record = json.loads(next(iter(texts)))
        params = MatchParams(**{k: v for k, v in record.items() if k != "covariates"})
        if params.method != "entropy":
            return None
        found = matching_of(areas, names, params) if names else None
    except (ImpactAreaError, ValueError, TypeError, AttributeError):
        found = None
    if found is not None:
        own = pd.Series(areas["weight"].to_numpy(), index=areas["area_id"].astype(str)).reindex(found.areas)
        if np.allclose(own.to_numpy(dtype=np.float64), found.weights, rtol=SAME, atol=SAME):
            return found
    warnings.warn(AS_THEY_STAND, ImpactAreaWarning, stacklevel=2)
    return None
