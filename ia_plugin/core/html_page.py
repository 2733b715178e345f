"""Pages as one HTML file each: no network, no script, every value escaped, pictures inside, a marking that is never blank."""

from __future__ import annotations

import base64
import io
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Optional

from .checked import Checked, beta_words
from .errors import ImpactAreaError
from .marking import checked_marking
from .resources import plugin_version, resource_path
from .words import DASH

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class PageTable:
    """A table as it stands on a page: its heads, and rows of what their cells say."""

    header: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    @classmethod
    def of(cls, header: Sequence[str], rows: Sequence[Sequence[object]], *, without: Container[int] = ()) -> PageTable:
        """A table without the columns of which nothing is known: each cell of them is a dash.

        >>> PageTable.of(["", "hours", "visits"], [["Northgate", "12", DASH]])
        PageTable(header=('', 'hours'), rows=(('Northgate', '12'),))
        """
        keep = [i for i in range(len(header)) if i not in without and (not rows or any(row[i] != DASH for row in rows))]
        return cls(tuple(header[i] for i in keep), tuple(tuple(row[i] for i in keep) for row in rows))


def rendered(template: str, *, marking: str, checked: Optional[Checked] = None, **values: object) -> str:
    """HTML text of a template of resources/templates, with the marking, what is known of its checks, and the plugin's version.

    Parameters
    ----------
    checked : of the store that the figures come from, see :func:`~.checked.beta_words`; None for layers and files

    Raises
    ------
    ParameterError
        for a blank marking.
    ImpactAreaError
        where Jinja2 is missing.
    """
    marking = checked_marking(marking)
    try:
        import jinja2
    except ImportError:
        raise ImpactAreaError(
            "The page needs Jinja2, which is not installed.", "Install jinja2 into QGIS's Python."
        ) from None
    loader = jinja2.FileSystemLoader(str(resource_path("templates")))
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    text: str = environment.get_template(template).render(
        marking=marking, beta=beta_words(checked), version=plugin_version(), **values
    )
    return text


def inline_png(figure: Figure) -> str:
    """A figure of matplotlib as base64 of a PNG, to stand in a page."""
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=110, bbox_inches="tight")
    return base64.b64encode(stream.getvalue()).decode("ascii")
