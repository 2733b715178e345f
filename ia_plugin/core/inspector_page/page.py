"""The inspector's page as one HTML file: data, drawing and style inside, nothing asked of a network, and no script that is not its own.

The browser is told so too: a Content-Security-Policy names each script and style by its hash and allows nothing else, so that no
value of the data can become a program, whatever stands in it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Optional

from ..checked import Checked
from ..colours import COLOURS, PAGE_DARK, PAGE_LIGHT
from ..errors import ImpactAreaError
from ..html_page import rendered
from ..marking import FOR
from ..resources import resource_text
from ..sentence import sentence
from ..words import capitalised
from .engine_files import ENGINE
from .released import AUDIENCE

LIBRARY = "vendor/d3"
# In the order in which each may use what stands before it.
VIEW = (
    "dom",
    "route",
    "chips",
    "editors",
    "tiles",
    "map",
    "areas",
    "grids",
    "bars",
    "trend",
    "searches",
    "copies",
    "about",
    "main",
)


def inspector_page(data: str, *, marking: str, audience: str = AUDIENCE, checked: Optional[Checked] = None) -> str:
    """The whole page.

    Parameters
    ----------
    data : text of :func:`~ia_plugin.core.inspector_page.packed.packed`
    marking : protective marking, printed on every sheet; never blank
    audience : whom the page is for, printed on every sheet
    checked : how many checks of the store agree, of how many

    Raises
    ------
    ParameterError
        for a blank marking.
    ImpactAreaError
        where Jinja2 is missing, or a file of the plugin has an end of a script in it.

    Examples
    --------
    >>> page = inspector_page(packed(cube.facts, cube.arrays), marking="OFFICIAL")  # doctest: +SKIP
    >>> "default-src 'none'" in page  # doctest: +SKIP
    True
    """
    from markupsafe import Markup  # comes with Jinja2, whose absence `rendered` words

    styles = _styles()
    scripts = [asset(f"{name}.js") for name in script_names()]
    return rendered(
        "inspector.html.j2",
        marking=marking,
        reader=capitalised(FOR[audience]),
        checked=checked,
        policy=policy(scripts, styles),
        styles=page_styles(),
        scripts=[Markup(_whole(s, "script")) for s in scripts],
        data=data,
    )


def page_styles() -> list[str]:
    """The styles of the page, ready to stand in another page of the same look."""
    from markupsafe import Markup

    return [Markup(_whole(style, "style")) for style in _styles()]


def _styles() -> list[str]:
    return [palette_css(), asset("inspector.css")]


def script_names() -> tuple[str, ...]:
    """The scripts of the page below resources/page, without their ending, in their order."""
    return (LIBRARY, *(f"engine/{n}" for n in ENGINE), *(f"view/{n}" for n in VIEW))


def policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    """The Content-Security-Policy that allows these scripts and styles, pictures that stand in the page, and nothing else.

    >>> policy(["alert"], [])[:60]
    "default-src 'none'; script-src 'sha256-35BQWN1npAn++BSA6B5HN"
    """
    hashes = {
        name: " ".join(f"'sha256-{_hash(text)}'" for text in texts)
        for name, texts in (("script-src", scripts), ("style-src", styles))
    }
    rules = {"default-src": "'none'", **hashes, "img-src": "data:", "base-uri": "'none'", "form-action": "'none'"}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def palette_css() -> str:
    """The colours of :mod:`~ia_plugin.core.colours` as variables: light, and dark on a screen that asks for it; paper is light."""
    modes = "".join(
        f".mode-{mode}{{background:{COLOURS[mode]}}}" for mode in ("foot", "vehicle", "bicycle", "stationary")
    )
    # What is not known is hatched, so that it is no colour among others.
    hatched = f".mode-unknown{{background:repeating-linear-gradient(135deg,{COLOURS['unknown']} 0 2px,#fff 2px 4px)}}"
    dark = f"@media screen and (prefers-color-scheme:dark){{{_variables(PAGE_DARK)}}}"
    return f"{_variables(PAGE_LIGHT)}{dark}{modes}{hatched}"


def _variables(colours: Mapping[str, str]) -> str:
    return f":root{{{';'.join(f'--{name}:{value}' for name, value in colours.items())}}}"


def asset(name: str, folder: str = "page") -> str:
    """A script or style of a folder of resources, with the line ends that a browser hashes."""
    return resource_text(folder, *name.split("/")).replace("\r\n", "\n")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _whole(text: str, element: str) -> str:
    """A text that does not end its own element."""
    if re.search(rf"</{element}|<!--", text, re.IGNORECASE):
        raise ImpactAreaError(
            sentence("A file of the page would end its own {element}.", element=element),
            "Write the sign < of it in another way.",
        )
    return text


__all__ = ["asset", "inspector_page", "page_styles", "palette_css", "policy", "script_names"]
