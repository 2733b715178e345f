"""What a run of an algorithm gave, or said when it refused."""

from __future__ import annotations

import pytest


def rows_of(layer):
    """Features of a layer as dictionaries."""
    names = layer.fields().names()
    return [dict(zip(names, f.attributes())) for f in layer.getFeatures()]


def refused(call, *words):
    """The call raises QGIS's exception of algorithms, and its text has all the words."""
    from qgis.core import QgsProcessingException

    with pytest.raises(QgsProcessingException) as caught:
        call()
    for word in words:
        assert word in str(caught.value)
