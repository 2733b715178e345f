"""The inspector's page of a store, and the page of the folder that it is left in: from the summary alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Optional, Union

from ..core.about.facts import About
from ..core.errors import FileError, ParameterError
from ..core.inspector_page.cube import cube_of
from ..core.inspector_page.folder_page import GENERATOR, NAME, FolderPage
from ..core.inspector_page.page import inspector_page
from ..core.inspector_page.released import AUDIENCE, refuse_other
from ..core.material.days import as_of_in_words
from ..core.material.places import area_places
from ..core.material.summary_tables import Material
from ..core.sentence import sentence
from .about_facts import about_of
from .small_ground import refuse_small_of
from .summary import read_summary

_HEAD = 2_000  # letters of a page in which it says what made it


def pages_of(
    store: Union[str, Path],
    path: Union[str, Path],
    *,
    marking: str,
    audience: str = AUDIENCE,
    with_folder: bool = False,
    made_at: Optional[datetime] = None,
) -> Mapping[Path, str]:
    """The text of the inspector's page of a store by the file it is for, and that of the page of its folder where it is asked for.

    Parameters
    ----------
    store : the store's folder, or its summary file
    path : the file that the page is for; its folder need not be the store's
    marking : protective marking
    audience : whom the page is for; a board alone can be promised what METHODS §6 asks
    with_folder : whether ``index.html`` beside it is made too
    made_at : now where it is not given

    Raises
    ------
    StoreError, PrivacyError, ParameterError, EstimateError
        where there is no summary, for another audience, for areas that are too small for a board, for a blank marking, and for data
        without a whole day.
    FileError
        where ``index.html`` is somebody else's.
    """
    refuse_other(audience)
    path, made = Path(path), made_at or datetime.now(timezone.utc)
    if with_folder and path.name.lower() == NAME:
        raise ParameterError(sentence("{name} is the page of the folder.", name=NAME), "Give the inspector's page another name.")  # fmt: skip
    material = read_summary(store)
    refuse_small_of(store, material, reader="a board")
    about = about_of(store)
    cube = cube_of(material, marking=marking, about=about, audience=audience, made_at=made)
    found = {path: inspector_page(cube.text(), marking=marking, audience=audience, checked=material.checked)}
    if with_folder:
        refuse_foreign(path.with_name(NAME))
        found[path.with_name(NAME)] = _folder_page(material, about, path, made).html(marking)
    return found


def refuse_foreign(index: Path) -> None:
    """Refuse to write over a page of a folder that this plugin did not make.

    Raises
    ------
    FileError
        for another's page, and for one that cannot be read.
    """
    try:
        head = index.read_text(encoding="utf-8", errors="replace")[:_HEAD] if index.exists() else GENERATOR
    except OSError:
        head = ""
    if GENERATOR not in head:
        raise FileError(
            sentence("{name} in {folder!r} is not a page of Impact Area.", name=NAME, folder=str(index.parent)),
            "Leave the pages in a folder of their own.",
        )


def _folder_page(material: Material, about: About, path: Path, made: datetime) -> FolderPage:
    areas = [(p.label, p.name) for p in area_places(material) if p.role == "impact"]
    beside = [p.name for p in path.parent.iterdir() if p.is_file()] if path.parent.is_dir() else []
    end = material.as_of
    return FolderPage(path.name, areas, about, as_of_in_words(material), _refreshed(about, made), beside, end)


def _refreshed(about: About, made: datetime) -> datetime:
    """When the store was refreshed last; when the page was made where that is not known."""
    try:
        at = datetime.fromisoformat(about.refreshed.at.replace("Z", "+00:00")) if about.refreshed else made
    except ValueError:
        return made
    return at if at.tzinfo else at.replace(tzinfo=timezone.utc)


__all__ = ["pages_of", "refuse_foreign"]
