"""What each file of a store says of itself: which store it is of, in which layout, and which operation it knows as the last."""

from __future__ import annotations

from ..gpkg.geopackage import GeoPackage
from .folder import MARKS

STORE, LAYOUT, OPERATION = "store", "layout", "operation"
"""Names of marks: the same random id in both files; how tables are laid out; the number of the last operation on both."""
# 1: before there were marks; 2: units and events in the summary; 3: cells by group and events in the restricted file alone; 4: time of
# weeks by officer, which a version that does not know it would neither mark as due nor purge. One more required column of a computed
# table makes one.
NEWEST_LAYOUT = 4


def has_table(package: GeoPackage, name: str) -> bool:
    """Whether the file has a table, in its contents or not."""
    return bool(package.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (name,)))


def marks_of(package: GeoPackage) -> dict[str, str]:
    """The marks of a file; none of one that no store of this layout wrote.

    >>> with GeoPackage(":memory:") as package:
    ...     set_marks(package, layout="2")
    ...     marks_of(package)
    {'layout': '2'}
    """
    if not has_table(package, MARKS):
        return {}
    return {str(name): str(value) for name, value in package.execute("SELECT name, value FROM store_marks")}


def set_marks(package: GeoPackage, **marks: str) -> None:
    """Give a file marks, in the caller's transaction where there is one."""
    with package.transaction():  # a table that is no layer for anybody, so it is in no contents
        package.execute("CREATE TABLE IF NOT EXISTS store_marks (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        package.executemany("INSERT OR REPLACE INTO store_marks VALUES (?, ?)", list(marks.items()))


def operation_of(package: GeoPackage) -> int:
    """The number of the last operation on both files that this one knows; 0 where there was none."""
    return int(marks_of(package).get(OPERATION, 0))
