"""The one question that a filter puts: its figures, and where published tables do not tell its officer time, why and what would.

For a purpose the same question is put to the restricted cells. Then the look is recorded first, and what it shows stays with the
reader: no table, page or picture for a board or the public is made of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Optional, Protocol

from ..errors import PrivacyError
from ..filter_state import GROUPS, FilterState, month_in_words
from ..sentence import joined, phrase, sentence
from ..words import capitalised
from .by_group import (
    BY_MONTH,
    HIDDEN,
    NOT_BY_MODE,
    NOT_CLOSED,
    asked_by_group,
    closed_months_in_words,
    closed_months_until,
    group_seconds,
    hours_by_value,
    months_asked,
    why_no_values,
)
from .figures import Figures, earlier_of, figures
from .measures import NO_TIME
from .places import chosen_place
from .summary_tables import Material

VISITS = "visits"  # of a chart: by their length
ALL_OF_THEM = phrase(
    "this chart shows all units, departments, roles or resource types beside each other: choose none of them in the filter"
)
ALL_OF = {
    "units": phrase("units"),
    "departments": phrase("departments"),
    "officer_roles": phrase("roles"),
    "resources": phrase("resource types"),
}
BANDS = phrase("Lengths of visits are")
BANDS_WHOLE = phrase("lengths of visits are shown of whole closed months, all hours and units together")
NO_PURPOSE = phrase("Restricted cells are shown for a stated purpose only.")


class Look(Protocol):
    """Brings the restricted cells of some periods into a material; records the look before it reads, and raises where it cannot."""

    def __call__(self, material: Material, periods: Sequence[FilterState], purpose: str) -> Material: ...


@dataclass(frozen=True)
class Refusal:
    """Why published tables do not tell what a filter asks of officers' time.

    Attributes
    ----------
    why : one sentence
    instead, offer : the nearest filter that they do tell, and what it is called, "June 2024, all hours"; None and "" for none
    """

    why: str
    instead: Optional[FilterState] = None
    offer: str = ""


@dataclass(frozen=True)
class Answer:
    """The figures of a filter, the material they are drawn from, and why its officer time is not told (None where it is)."""

    figures: Figures
    material: Material
    refusal: Optional[Refusal] = None


def ask(
    material: Material,
    state: FilterState,
    comparison: str = "before",
    *,
    purpose: Optional[str] = None,
    look: Optional[Look] = None,
) -> Answer:
    """The figures of a filter, from published tables; for a purpose, from the restricted cells.

    Parameters
    ----------
    material : of the summary
    comparison : as of :func:`~ia_plugin.core.material.figures.figures`
    purpose : why restricted cells are needed; None for what anyone may read
    look : reads them, see :class:`Look`

    Raises
    ------
    PrivacyError
        for a blank purpose, or one without a way to record it.

    Examples
    --------
    ``ask(material, days_of_a_unit).refusal.offer`` is "June 2024"; ``ask(material, days_of_a_unit, purpose=why, look=look)`` shows them.
    """
    if purpose is None:
        return Answer(figures(material, state, comparison), material, refusal_of(material, state))
    if not purpose.strip() or look is None:
        raise PrivacyError(NO_PURPOSE, "State what they are needed for; it is recorded.")
    earlier = earlier_of(state, comparison)
    cells = look(material, [state, *([earlier] if earlier is not None else [])], purpose)
    return Answer(figures(cells, state, comparison), cells)


def refusal_of(material: Material, state: FilterState, dimension: str = "") -> Optional[Refusal]:
    """Why published tables do not tell the officer time of a filter; None where they do.

    Parameters
    ----------
    dimension : of a chart that splits it: a dimension of groups, or :data:`VISITS` by their length
    """
    why = _why_not(material, state, dimension)
    if not why:
        return None
    of_months = [BANDS] if dimension == VISITS and why != BANDS_WHOLE else []
    by_month = why in (BY_MONTH, NOT_CLOSED)
    words = closed_months_in_words(material, *of_months) if by_month else capitalised(why) + "."
    for other in _nearest(material, state, dimension):
        if other != state and not _why_not(material, other, dimension):
            either = _in_vain(material, state, dimension) if by_month and other.areas != state.areas else []
            return Refusal(joined(" ", (words, *either)), other, _called(other, state))
    return Refusal(joined(" ", (words, *(_in_vain(material, state, dimension) if by_month else []))))


def _in_vain(material: Material, state: FilterState, dimension: str) -> list[str]:
    """Who would choose the offered month by himself is told before that it would be in vain, and why."""
    months = closed_months_until(material, state.last)[-1:]
    whole = [replace(state, first=a, last=b, hour_from=0, hour_to=24, weekdays=tuple(range(7))) for a, b in months]
    whys = [_why_not(material, other, dimension) for other in whole]
    return [sentence("For this choice it is not told in that month either: {why}.", why=w) for w in whys if w in HIDDEN]


def refuse_restricted(material: Material, audience: str) -> None:
    """Refuse an output for a board or the public that would be made of restricted cells.

    Raises
    ------
    PrivacyError
        for a material that was looked at for a purpose.
    """
    if material.purpose and audience != "restricted":
        raise PrivacyError(
            sentence(
                "These are restricted cells, looked at for {purpose!r}: they are not for the {audience}.",
                purpose=material.purpose,
                audience=audience,
            ),
            "Make the output from the store's summary.",
        )


def _why_not(material: Material, state: FilterState, dimension: str) -> str:
    asked = asked_by_group(material, state)
    if material.groups is not None and dimension == VISITS:
        why = months_asked(material, state)[1]
        return why or ("" if asked is None and state.any_time else BANDS_WHOLE)
    if asked is not None and asked.why:
        return asked.why
    if material.groups is not None and dimension in GROUPS.values():
        return _why_no_bars(material, state, dimension)
    if asked is None:
        return ""
    return group_seconds(material, state, asked, [chosen_place(material, state)])[3][0]


def _why_no_bars(material: Material, state: FilterState, dimension: str) -> str:
    if state.modes:
        return NOT_BY_MODE
    if state.groups:
        return ALL_OF_THEM
    if why := months_asked(material, state)[1]:
        return why
    place = chosen_place(material, state)
    known = len(hours_by_value(material, state, dimension, place))
    return "" if known else why_no_values(material, state, dimension, place) or NO_TIME


def _nearest(material: Material, state: FilterState, dimension: str) -> Iterator[FilterState]:
    """Filters that may be told, nearest first: of the last closed month that began by the end of the period, else the last; then with
    all its hours; then of all Impact Areas. A chart by a dimension shows all groups of it, in all modes."""
    months = closed_months_until(material, state.last)
    own = [state, *([replace(state.of_everybody(), modes=())] if dimension else [])]
    for some in (*own, *(replace(s, areas=()) for s in own if s.areas)):
        yield some
        for first, last in months[-1:]:
            month = replace(some, first=first, last=last)
            yield month
            yield replace(month, hour_from=0, hour_to=24)
            yield replace(month, hour_from=0, hour_to=24, weekdays=tuple(range(7)))


def _called(other: FilterState, state: FilterState) -> str:
    """What a filter that is told is called beside the one it stands for."""
    same_days = (other.first, other.last) == (state.first, state.last)
    parts = [month_in_words(other.first)] if other.first is not None and not same_days else []
    parts += [phrase("every day")] if other.weekdays != state.weekdays else []
    parts += [phrase("all hours")] if other.hours != state.hours else []
    parts += [
        sentence("all {groups}", groups=words)
        for name, words in ALL_OF.items()
        if getattr(other, name) != getattr(state, name)
    ]
    parts += [phrase("all modes")] if other.modes != state.modes else []
    parts += [phrase("all Impact Areas")] if other.areas != state.areas else []
    return joined(", ", parts)
