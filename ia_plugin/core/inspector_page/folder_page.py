"""The page of a shared folder, ``index.html``: the inspector's page and its areas, data quality, what lies beside, and how old it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Optional
from urllib.parse import quote

from ..about.facts import About
from ..filter_state import day_in_words
from ..html_page import rendered
from ..sentence import joined, phrase, sentence
from ..times.civil import pandas_zone
from .page import asset, policy

NAME = "index.html"
GENERATOR = '<meta name="generator" content="Impact Area'
STALE_HOURS = 36
LAG_HOURS = 24  # more, of the data: extracts of a day may come a night later, which the user guide says
OLD_AFTER_HOURS = STALE_HOURS + LAG_HOURS  # of the data, here and on the inspector's page
REFRESH_OLD = phrase(
    "This is old: the store was last refreshed {age} ago. Ask whoever looks after the nightly refresh."
)
DATA_OLD = phrase(
    "The data are old: officers' time ends {age} ago, whenever the store was refreshed. Ask whoever sends the extracts."
)
TECHNICAL = "technical"  # how the name of a technical report begins
_ENDS = (".html", ".pdf")


@dataclass(frozen=True)
class Link:
    """A line of the list: what it opens, and its words."""

    href: str
    words: str


@dataclass(frozen=True)
class Stale:
    """What is said at opening where a moment lies more than some hours back; ``{age}`` in the words is how long, in hours or, from four days on, in days."""

    since: datetime
    hours: int
    words: str

    @property
    def moment(self) -> str:
        """For the script of the page."""
        return self.since.astimezone(timezone.utc).isoformat(timespec="seconds")


@dataclass(frozen=True)
class FolderPage:
    """What stands on the page.

    Attributes
    ----------
    page : name of the file of the inspector's page, beside this one
    areas : (id, name) of areas in the order of their names
    beside : names of the files of the folder
    data_to : the last moment of the data, in words
    refreshed : when the store was refreshed last, or the page was made
    data_end : that moment of the data; None where it is not known
    """

    page: str
    areas: Sequence[tuple[str, str]]
    about: About
    data_to: str
    refreshed: datetime
    beside: Sequence[str] = field(default=())
    data_end: Optional[datetime] = None

    @property
    def area_links(self) -> list[Link]:
        """Each area in the inspector's page, by its deep link.

        >>> FolderPage("force.html", [("A 1", "Aston & Hay")], About("demo", ""), "", datetime(2024, 6, 3)).area_links
        [Link(href='force.html#area=A%201', words='Aston & Hay')]
        """
        return [Link(f"{quote(self.page)}#area={quote(a, safe='')}", name) for a, name in self.areas]

    @property
    def reports(self) -> list[Link]:
        """The technical reports of the folder."""
        found = [n for n in sorted(self.beside) if n.lower().startswith(TECHNICAL) and n.lower().endswith(_ENDS)]
        return [Link(quote(n), n) for n in found]

    @property
    def quality(self) -> list[str]:
        """What was found in the data that asks for a decision, or that nothing was."""
        about = self.about
        found = [joined(" ", (f.sentence, f.consequence)) for f in about.findings or ()]
        return [*filter(None, [about.observed.sentence]), *(found or [about.nothing_found])]

    @property
    def age(self) -> str:
        """ "Data to 5 Jul 2024, 07:00; refreshed 5 Jul 2024, 08:12." """
        at = self.refreshed.astimezone(pandas_zone(self.about.timezone))
        moment = joined(", ", (day_in_words(at.date()), f"{at:%H:%M}"))
        return sentence("Data to {moment}; refreshed {refreshed}.", moment=self.data_to, refreshed=moment)

    def html(self, marking: str) -> str:
        """The page as one HTML file; its few lines of script say at opening where the refresh is older than `STALE_HOURS`, and where the
        data end more than that and `LAG_HOURS` ago: a refresh each night of a feed that has stopped keeps no data new.

        Raises
        ------
        ParameterError
            for a blank marking.
        ImpactAreaError
            where Jinja2 is missing.
        """
        from markupsafe import Markup  # comes with Jinja2, whose absence `rendered` words

        script, style = asset("folder.js"), asset("page.css", "templates")
        return rendered(
            "folder.html.j2",
            marking=marking,
            checked=self.about.agreement.checked,
            policy=policy([script], [style]),
            style=Markup(style),
            script=Markup(script),
            folder=self,
            page=quote(self.page),
            stale=(
                Stale(self.refreshed, STALE_HOURS, REFRESH_OLD),
                *([Stale(self.data_end, OLD_AFTER_HOURS, DATA_OLD)] if self.data_end is not None else []),
            ),
        )


__all__ = ["GENERATOR", "NAME", "OLD_AFTER_HOURS", "STALE_HOURS", "FolderPage", "Link"]
