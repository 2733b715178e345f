"""Where a layer's features come from: what decides whether its file may be read directly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Optional

from qgis.core import QgsFields, QgsProviderRegistry, QgsVectorLayer


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
        return cls(**facts)

    @property
    def is_file(self) -> bool:
        """Whether OGR can open the same source a second time."""
        return self.provider == "ogr" and bool(self.path) and not self.subset.strip().lower().startswith("select")

    def covers(self, names: Iterable[str], source_features: int) -> bool:
        """Whether reading the file gives exactly what the source would: no edits, no selection or limit, own fields only."""
        return (
            self.is_file
            and not self.edited
            and set(names) <= self.fields
            and source_features >= 0
            and source_features == self.features
        )
