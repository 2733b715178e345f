"""Where the layers of a store come from: the file of a folder, or the tables of a database that anyone with the role of an analyst may read."""

from __future__ import annotations

from pathlib import Path
from typing import Union

from qgis.core import QgsDataSourceUri, QgsMapLayer, QgsSettings

from ...store.open_summary import is_shared, settings_of_place
from .roles import file_of

_TABLE = '"ia_summary"."{table}"'
# Without the further columns that a force keeps of its areas: QGIS complains in its log of each that has none.
_ROWS = {"areas": '"(SELECT fid, area_id, name, role, adopted_on, valid_from, valid_to, geom FROM ia_summary.areas)"'}


def source_of(place: Union[str, Path], table: str) -> tuple[str, str]:
    """(source, provider) of a layer of a store's summary.

    Parameters
    ----------
    place : the summary file, or what names a database; no password comes into a layer, for layers rest in projects
    table : with a geometry

    Examples
    --------
    >>> source_of(Path("store/summary.gpkg"), "areas")
    ('store/summary.gpkg|layername=areas', 'ogr')
    """
    if not is_shared(place):
        return f"{place}|layername={table}", "ogr"
    name = str(place).strip()
    facts = settings_of_place(name)
    # The login of a connection of QGIS rests in its store of authentications, and is named by its id.
    authentication = str(QgsSettings().value(f"PostgreSQL/connections/{name}/authcfg", "") or "")
    if authentication:
        facts = {**facts, "authcfg": authentication}
        facts.pop("user", None)
    known = " ".join(f"{word}='{_escaped(str(value))}'" for word, value in facts.items())
    return f"{known} key='fid' table={_ROWS.get(table, _TABLE.format(table=table))} (geom)", "postgres"


def place_of_layer(layer: QgsMapLayer) -> Union[str, Path]:
    """The file of a layer, or the connection to its database, to compare."""
    if layer.providerType() == "postgres":
        return QgsDataSourceUri(layer.source()).connectionInfo(False)
    return file_of(layer)


def place_to_compare(place: Union[str, Path]) -> Union[str, Path]:
    """What :func:`place_of_layer` says of the layers of a place."""
    return QgsDataSourceUri(source_of(place, "areas")[0]).connectionInfo(False) if is_shared(place) else Path(place)


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


__all__ = ["place_of_layer", "place_to_compare", "source_of"]
