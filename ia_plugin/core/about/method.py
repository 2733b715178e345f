"""The method in ten lines, what it cannot say, and when a reader must be told of it anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Optional

from ..params import VisitParams
from ..sentence import joined, phrase, sentence
from ..words import NOT_CHOSEN, amount

METHOD_VERSION = "2"
"""Raised with each change of how a figure is made: readers see the page again. `tests/core/about` holds it to the defaults."""
_ESTIMATES = {
    "bridge": phrase("the mean over the paths that could have been taken"),
    "linear": phrase("the part inside of the straight line between them"),
    "last_fix": phrase("all of it where the earlier report lies, until the next"),
}


@dataclass(frozen=True)
class Way:
    """How a store's figures are made, where it may choose.

    Attributes
    ----------
    method : of time in areas; "" where not known
    max_gap_s : the longest gap that is bridged; None where it is measured from each source
    officers : on how many officers of the force the model of movement was calibrated; 0 for the plugin's own model
    """

    method: str = ""
    max_gap_s: Optional[float] = None
    officers: int = 0

    def as_text(self) -> str:
        """JSON, as the summary keeps it."""
        return json.dumps(
            {"method": self.method, "max_gap_s": self.max_gap_s, "officers": self.officers}, sort_keys=True
        )

    @classmethod
    def of_text(cls, text: Optional[str]) -> Way:
        """From :meth:`as_text`; the defaults where there is none."""
        try:
            found = json.loads(text or "{}")
            gap = found.get("max_gap_s")
            return cls(
                str(found.get("method", "")), None if gap is None else float(gap), int(found.get("officers") or 0)
            )
        except (ValueError, TypeError, AttributeError):
            return cls()

    @property
    def version(self) -> str:
        """Another text for each other way of making figures."""
        return f"{METHOD_VERSION}/{self.method or 'bridge'}/{self.max_gap_s or 'by source'}/{self.officers}"


def method_in_ten_lines(way: Way = Way()) -> tuple[str, ...]:
    """How a store's figures are made, a sentence a line."""
    gap = (
        amount(way.max_gap_s / 60, "min")
        if way.max_gap_s
        else phrase("15 minutes, or than 2.5 times the usual interval of its source where that is longer,")
    )
    model = (
        sentence("a model calibrated on labelled shifts of {n:,} officers of the force", n=way.officers)
        if way.officers
        else phrase("a model that was not checked on this force's own shifts")
    )
    return (
        phrase("Radios report a place now and then; two reports of one officer that follow each other make a leg."),
        sentence("A silence longer than {gap} is “not observed”: neither presence nor absence.", gap=gap),
        sentence(
            "The time of a leg in an area is {estimate}.",
            estimate=_ESTIMATES.get(way.method or "bridge", phrase("estimated")),
        ),
        phrase("Officer time adds the time of all officers; cover is time with at least one of them there."),
        sentence(
            "A visit is an unbroken stay of at least {stay}; an absence of {absence} or less does not end it.",
            stay=_seconds("min_visit_s"),
            absence=_seconds("merge_gap_s"),
        ),
        phrase("Time at police sites stands apart, where the areas name them; shared ground counts once in totals."),
        sentence("On foot, in a vehicle, stopped or “cannot tell” comes from {model}.", model=model),
        phrase(
            "Crimes and incidents count by their recorded place and are shared over the hours in which they may have happened."
        ),
        phrase(
            "Ranges are likely ranges (90 %) from the gaps between reports; comparison areas stand beside, the same statistic on both sides."
        ),
        phrase(
            "In what anyone may read, units, departments, roles and types of resource of fewer than five officers are merged or withheld; totals of areas and counts of events stand."
        ),
    )


def _seconds(name: str) -> str:
    return amount(VisitParams.declaration(name).default, "s")


def cannot_say() -> tuple[str, ...]:
    """What no figure of this plugin says."""
    return (
        phrase("What an officer did or saw: a radio report is a place, and the line between two is not the route."),
        phrase("That nobody was there: time that was not observed may have been spent anywhere."),
        phrase(
            "That presence had an effect on crime, or had none: what goes together need not come one from the other."
        ),
        phrase("How any one officer performs: references are no performance data, and nobody is ranked."),
        phrase("All crime: only what was recorded, as it stands in the records now; more officers also record more."),
        phrase("Whether searches were fair between ethnic groups: see the force's disproportionality figures."),
        joined(" ", (phrase("That areas are alike."), NOT_CHOSEN)),
        phrase("What will happen: every figure is of the past."),
    )


def needs_about(seen: object, store: str, version: str) -> bool:
    """Whether a reader must be shown the page: at the first opening of a store, and after each change of method.

    Parameters
    ----------
    seen : what :func:`about_seen` gave last time; None or "" at first
    store : what the store is known by, such as its folder
    version : of the method, see :attr:`Way.version`

    Examples
    --------
    >>> seen = about_seen(None, "demo", "1")
    >>> needs_about(None, "demo", "1"), needs_about(seen, "demo", "1"), needs_about(seen, "demo", "2"), needs_about(seen, "other", "1")
    (True, False, True, True)
    """
    return _seen(seen).get(store) != version


def about_seen(seen: object, store: str, version: str) -> str:
    """The setting once the page of a store was shown; it keeps the others'."""
    return json.dumps({**_seen(seen), store: version}, sort_keys=True)


def _seen(setting: object) -> Mapping[str, str]:
    try:
        found = json.loads(str(setting or "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
