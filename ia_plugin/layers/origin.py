"""Where a layer's features come from: what decides whether its file may be read directly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Optional

from qgis.core import QgsDataSourceUri, QgsFields, QgsProviderRegistry, QgsVectorLayer


@dataclass(frozen=True)
class Database:
    """The rows of a PostgreSQL server that a layer shows.

    connection : libpq's words, its password among them: in memory alone, in no text that is kept
    rows : the table or query, as SQL writes it behind FROM
    geometry : the column, "" without one
    where : SQL of the layer's filter, "" without one
    counted : the number of features is the server's own, not its estimate
    """

    connection: str = field(repr=False)
    rows: str
    geometry: str = ""
    where: str = ""
    counted: bool = True


@dataclass(frozen=True)
class Origin:
    """A layer, described so that another thread can open its source without touching the layer.

    Make it with :meth:`of` on the layer's own thread (``prepareAlgorithm``).
    `fields` are the names that come from the file itself: not joined, not computed.
    """

    provider: str
    path: str = ""
    layer_name: Optional[str] = None
    layer_id: Optional[int] = None
    subset: str = ""
    open_options: tuple[str, ...] = ()
    encoding: str = "UTF-8"
    fields: frozenset[str] = field(default_factory=frozenset)
    features: int = -1
    edited: bool = False
    database: Optional[Database] = None

    @classmethod
    def of(cls, layer: object) -> Optional[Origin]:
        """The origin of a vector layer; None for None or another kind of layer, an `Origin` as it is."""
        if layer is None or isinstance(layer, cls):
            return layer
        if not isinstance(layer, QgsVectorLayer) or layer.dataProvider() is None:
            return None
        fields = layer.fields()
        own = frozenset(
            fields.at(i).name()
            for i in range(fields.count())
            if fields.fieldOrigin(i) == QgsFields.FieldOrigin.OriginProvider
        )
        facts = dict(
            provider=layer.providerType(), fields=own, features=layer.featureCount(), edited=layer.isEditable()
        )
        if layer.providerType() == "ogr":
            parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
            number = parts.get("layerId")
            facts.update(
                path=parts.get("path") or "",
                layer_name=parts.get("layerName") or None,
                layer_id=int(number) if number not in (None, "") else None,
                subset=layer.subsetString() or parts.get("subset") or "",
                open_options=tuple(parts.get("openOptions") or ()),
                encoding=layer.dataProvider().encoding() or "UTF-8",
            )
            vsi = parts.get("vsiPrefix") or ""
            if vsi and not facts["path"].startswith(vsi):
                facts["path"] = vsi + facts["path"] + (parts.get("vsiSuffix") or "")
        elif layer.providerType() == "postgres":
            facts["database"] = _database(QgsDataSourceUri(layer.source()))
        return cls(**facts)

    @property
    def is_file(self) -> bool:
        """Whether OGR can open the same source a second time."""
        return self.provider == "ogr" and bool(self.path) and not self.subset.strip().lower().startswith("select")

    def covers(self, names: Iterable[str], source_features: int) -> bool:
        """Whether the file or the server gives exactly what the source would: no edits, no selection or limit, own fields only."""
        return (
            (self.is_file or self.database is not None)
            and not self.edited
            and set(names) <= self.fields
            and source_features >= 0
            and source_features == self.features
        )


def _database(uri: QgsDataSourceUri) -> Optional[Database]:
    """Where a PostgreSQL layer's rows are; None where they can be read by QGIS alone (as another role, as a topology's faces)."""
    if uri.hasParam("session_role") or uri.hasParam("topology") or not (uri.table() or uri.schema()):
        return None
    query = not uri.schema() and uri.table().startswith("(")
    return Database(
        connection=uri.connectionInfo(True),
        rows=f"{uri.table()} AS layer_rows" if query else uri.quotedTablename(),
        geometry=uri.geometryColumn(),
        where=uri.sql(),
        counted=not uri.useEstimatedMetadata(),
    )
