"""What is known of a store beside its figures, as plain facts; who gathers them is :mod:`ia_plugin.store.about_facts`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Optional

from ..checked import beta_words
from ..disclosure.shown_texts import NOTE_WITHHELD
from ..filter_state import words_of_date
from ..imports.words import mentions_a_person
from ..sentence import phrase, sentence
from .agreement import Agreement
from .card import Card
from .method import Way

LONGEST_OUTCOME = 600  # letters
KIND_WORDS = {
    "affiliations": phrase("positions of radios"),
    "events": phrase("crimes, incidents and searches"),
    "postings": phrase("who belonged where"),
    "duties": phrase("turns of duty"),
    "radios": phrase("list of radios"),
}


@dataclass(frozen=True)
class Refresh:
    """The last refresh: when it began (ISO, UTC), whether it came to its end without complaints, and what became of it."""

    at: str
    good: bool
    outcome: str

    def as_text(self) -> str:
        """JSON, as the summary keeps it; what may name a person stays out."""
        return json.dumps({"at": self.at, "good": self.good, "outcome": safe_outcome(self.outcome)})

    @classmethod
    def of_text(cls, text: Optional[str]) -> Optional[Refresh]:
        """From :meth:`as_text`; None where there is none."""
        try:
            found = json.loads(text or "")
            return cls(str(found["at"]), bool(found["good"]), safe_outcome(str(found["outcome"])))
        except (ValueError, TypeError, KeyError):
            return None


def safe_outcome(text: str) -> str:
    """What a run came to, for everybody who reads the summary: without persons, and no longer than a few lines.

    >>> safe_outcome("Set aside: a.csv has no column of times."), safe_outcome("Set aside: 'PC Example.csv' is empty.")
    ('Set aside: a.csv has no column of times.', '(a note is withheld, for it may name a person)')
    """
    words = " ".join(text.split())
    if mentions_a_person(words):
        return NOTE_WITHHELD
    return words if len(words) <= LONGEST_OUTCOME else f"{words[: LONGEST_OUTCOME - 1]}…"


@dataclass(frozen=True)
class Source:
    """All files of a kind: how many, rows read and kept, and rows left out by reason, the commonest first; `last` is the day of the last import."""

    kind: str
    files: int
    read: int
    kept: int
    dropped: tuple[tuple[str, int], ...] = ()
    last: str = ""

    @property
    def label(self) -> str:
        return KIND_WORDS.get(self.kind, self.kind)


@dataclass(frozen=True)
class ObservedUnits:
    """How much of officers' time was observed, by unit, in whole per cent; units of fewer than five officers together.

    Attributes
    ----------
    month : in words, "" where no month is closed yet
    all : of all units together; None where not known
    units : (unit, per cent), alphabetical, what is merged last
    withheld : whether the merged rest has fewer than five officers itself, so that it is not told
    """

    month: str = ""
    all: Optional[int] = None
    units: tuple[tuple[str, int], ...] = ()
    withheld: bool = False

    @property
    def sentence(self) -> str:
        """How much was observed of all units together; "" where it is not known."""
        if self.all is None:
            return ""
        return sentence(
            "In {month} {n} % of the time between officers' first and last reports of a turn was observed.",
            month=self.month,
            n=self.all,
        )

    @property
    def words(self) -> str:
        """The same beside a heading: "June 2024: 91 % observed between officers' first and last reports"; "" where it is not known."""
        if self.all is None:
            return ""
        return sentence(
            "{month}: {n} % observed between officers' first and last reports", month=self.month, n=self.all
        )

    def as_text(self) -> str:
        """JSON, as the summary keeps it."""
        return json.dumps({"month": self.month, "all": self.all, "units": self.units, "withheld": self.withheld})

    @classmethod
    def of_text(cls, text: Optional[str]) -> ObservedUnits:
        """From :meth:`as_text`; nothing known where there is none."""
        try:
            found = json.loads(text or "{}")
            whole = found.get("all")
            units = tuple((str(u), int(p)) for u, p in found.get("units", ()))
            return cls(
                words_of_date(str(found.get("month", ""))),
                None if whole is None else int(whole),
                units,
                bool(found.get("withheld")),
            )
        except (ValueError, TypeError, AttributeError):
            return cls()


@dataclass(frozen=True)
class Finding:
    """One finding on the quality of the data that asks for a decision: what was found, and what it means."""

    sentence: str
    consequence: str


@dataclass(frozen=True)
class About:
    """All that the page tells.

    Attributes
    ----------
    name, folder : of the store
    data_to : (what, last moment of its data in civil time, in words)
    findings : those to decide; None where the quality of the data was not looked at for this store
    findings_at : the day it was, in words
    in_restricted : whether the restricted half lies beside the summary
    why_no_writing : why this user may not change the store; "" where they may
    why_no_refresh : why this user cannot refresh it from here; "" where they can
    delays : (kind of event, how late its records come), in words
    looks : repeated looks at one officer, a sentence each that names no officer; of who may open the restricted half
    """

    name: str
    folder: str
    timezone: str = "Europe/London"
    data_to: tuple[tuple[str, str], ...] = ()
    refreshed: Optional[Refresh] = None
    sources: tuple[Source, ...] = ()
    observed: ObservedUnits = field(default_factory=ObservedUnits)
    findings: Optional[tuple[Finding, ...]] = None
    findings_at: str = ""
    agreement: Agreement = field(default_factory=Agreement)
    card: Optional[Card] = None
    way: Way = field(default_factory=Way)
    in_restricted: bool = False
    why_no_writing: str = ""
    why_no_refresh: str = ""
    read_at: Optional[datetime] = None
    looks: tuple[str, ...] = ()
    delays: tuple[tuple[str, str], ...] = ()

    @property
    def nothing_found(self) -> str:
        """Why there is no finding to decide; "" where there is one."""
        if self.findings is None:
            return phrase("The quality of these data was not looked at yet: run Data quality with this store.")
        if self.findings:
            return ""
        return sentence("Nothing was found on {day} that asks for a decision.", day=self.findings_at)

    @property
    def beta(self) -> str:
        """What stands on every output of this store."""
        return beta_words(self.agreement.checked)
