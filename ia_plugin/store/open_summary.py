"""The summary of a store, opened to be read, wherever it rests: STORE is a folder, a file, or the connection to a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Union

from ..core.connection_text import connection_of, names_a_database, shown_name
from ..core.errors import StoreError
from ..core.sentence import sentence
from ..gpkg.geopackage import GeoPackage
from .file_rows import FileRows
from .interface import ReadHome, SummaryHome
from .local_time import zone_of
from .marks import STORE, marks_of
from .pair import refuse_lost_columns, refuse_newer
from .tables import SUMMARY

ABOUT = "about"  # facts of the summary: name, value


def summary_path(folder: Union[str, Path]) -> Path:
    """The summary file of a store: the file itself, or the one in a folder.

    Raises
    ------
    StoreError
        where there is none, or this user may not enter the folder.
    """
    path = Path(folder)
    try:
        path = path / SUMMARY if path.is_dir() else path
        found = path.is_file()
    except OSError:  # a folder that this user may not enter
        raise StoreError(f"You may not read the folder {str(folder)!r}.", "Ask who keeps the store for access to it.") from None  # fmt: skip
    if not found:
        raise StoreError(
            sentence("There is no {file} in {folder!r}.", file=SUMMARY, folder=str(folder)),
            "Choose the folder of the store; Daily refresh makes it.",
        )
    return path


def is_shared(store: Union[str, Path]) -> bool:
    """Whether a store is in a database: STORE as a user gives it."""
    return isinstance(store, str) and names_a_database(store) and not Path(store).exists()


def place_of(store: Union[str, Path]) -> Union[str, Path]:
    """STORE as it is kept: the words for a database as they are, else a path."""
    return str(store) if is_shared(store) else Path(store)


def name_of(place: Union[str, Path]) -> str:
    """What a person calls a store: its folder's name, or its database's."""
    return shown_name(str(place)) if is_shared(place) else Path(place).name


def settings_of_place(place: Union[str, Path]) -> dict[str, str]:
    """libpq's settings of the database that a text names, without a password.

    Raises
    ------
    ParameterError
        for a text that libpq cannot read.
    """
    from ..pgcopy.driver import driver
    from ..pgcopy.target import settings_of

    text, _ = connection_of(str(place))
    return {name: str(value) for name, value in settings_of(text, driver()).items() if "password" not in name}


class SummaryFile(FileRows):
    """A summary file, open to be read."""

    def __init__(self, package: GeoPackage) -> None:
        self.package, self.epsg = package, package.epsg

    def package_of(self, table: str) -> GeoPackage:
        return self.package

    def tables(self) -> list[str]:
        return self.package.tables()

    @property
    def mark(self) -> str:
        """The id of the store, which figures bear; "" of a summary without one."""
        return marks_of(self.package).get(STORE, "")

    @property
    def timezone(self) -> str:
        """The IANA name of the store's time zone."""
        return zone_of(self.package)


@contextmanager
def opened_summary(store: Union[str, Path], *, checked: bool = False) -> Iterator[SummaryHome]:
    """The summary of a store, open in the block, and of one moment.

    A refresh that ends between two tables would leave figures of before and after it side by side.

    Parameters
    ----------
    store : a folder, a summary file, or libpq's words for a database
    checked : refuse a file of a newer version, or one that has lost a column; a database is always checked

    Raises
    ------
    StoreError
        where there is none, or it cannot be read.

    Examples
    --------
    >>> with opened_summary("service=force") as summary:                 # doctest: +SKIP
    ...     areas = summary.read("areas")
    """
    if is_shared(store):
        from .postgis.home import PostgisStore

        with PostgisStore(str(store)) as shared, shared.db.snapshot():
            yield shared
        return
    path = summary_path(store)
    with GeoPackage(path, create=False) as package, package.snapshot():
        if checked:
            refuse_newer(path.name, package)
            refuse_lost_columns(path.name, package)
        yield SummaryFile(package)


def facts_of(summary: ReadHome) -> dict[str, str]:
    """Name -> value of the facts that a summary says of itself."""
    if ABOUT not in summary.tables():
        return {}
    found = summary.read(ABOUT)
    return dict(zip(found["name"], found["value"]))


__all__ = [
    "ABOUT",
    "SummaryFile",
    "facts_of",
    "is_shared",
    "name_of",
    "opened_summary",
    "place_of",
    "settings_of_place",
    "summary_path",
]
