"""Which columns name officers: by a name that only a reference has, else by values that look like references."""

from __future__ import annotations

import re

import pandas as pd

from ..phrases import yes_or_no
from .text_form import plain
from .time_columns import written_values

# What a column says of officers without saying which: as a part of its plain name.
_ABOUT = re.compile(
    r"rank|grade|status|state$|numbers?of|^noof|^numof|countof|count$|total|initiated|generated|defined|(?<!comm)unit|team|shift|station$|division|time|date|"
    r"ethnic|gender|sex$|age$|type|role$|title|hours|minutes|distance|yn$|flag|outcome|comment|note|remark|name"
)
# Names that only the reference of an officer has; a column that is more than one says so too ("Officer Collar No").
_REFERENCE = re.compile(
    r"collar|shoulder|warrant(?:no|num|card|id)|epaul|badge|payroll|bodynumber|pseudonym|"
    r"(?:officers?|employee|staff|personnel|user|constable|pc)(?:ids?|no|nos|num|numbers?|refs?|references?|codes?|keys?|fin)(?:attending|\d*)$"
)
# A whole number up to 20, under a name that does not tell, is how many officers came.
_COUNT = re.compile(r"(?:1?\d|20)(?:\.0+)?")
_MOMENT = re.compile(r".*\d{1,2}:\d{2}.*|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ].*)?")
_REFERENCE_FORM = re.compile(r"(?=.*\d).{2,60}|[A-Za-z]\d|[A-Za-z0-9+/=_-]{12,}")
_SHORT_CODE = re.compile(r"[A-Za-z][ -]?\d|\d[A-Za-z]")  # "G1", "P 2": a grade


def is_about_officers(column: str) -> bool:
    """Whether a column's name says something of officers other than which they are.

    >>> [is_about_officers(c) for c in ("Officer Rank", "Number of Officers", "Officer Number", "Collar No")]
    [True, True, False, False]
    """
    name = plain(column)
    return bool(_ABOUT.search(name)) and not _REFERENCE.search(name)


def may_name_officers(column: str, values: pd.Series) -> bool:
    """Whether a column can be references of officers.

    Parameters
    ----------
    column, values : its name, and some of what it holds

    Examples
    --------
    >>> [may_name_officers("Officers Attending", pd.Series(v)) for v in (["2", "3"], ["4512;77", "1208"], ["Y", "N"])]
    [False, True, False]
    """
    if is_about_officers(column):
        return False
    said = written_values(values)
    if not len(said):
        return True
    moments = said.str.fullmatch(_MOMENT.pattern).mean() > 0.5
    answers = said.map(lambda v: yes_or_no(v) is not None and not v.strip().isdigit()).mean() > 0.5
    if moments or answers or said.str.len().median() > 80:
        return False
    if _REFERENCE.search(plain(column)):
        return True
    # How many came is one number; "12;13" are two officers.
    parts = said[~said.str.fullmatch(_COUNT.pattern)].str.split(r"[;,|&/\n]+").explode().str.strip()
    like = parts.str.fullmatch(_REFERENCE_FORM.pattern) & ~parts.str.fullmatch(_SHORT_CODE.pattern)
    return bool(like[parts != ""].groupby(level=0).any().sum() >= 0.5 * len(said))


__all__ = ["is_about_officers", "may_name_officers"]
