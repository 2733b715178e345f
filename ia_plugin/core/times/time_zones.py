"""The one place that finds a time zone by its name (standard library only, so that a check costs nothing).

Windows has no time-zone database. There the zones come from the package ``tzdata``, or from the files that pytz or
dateutil before 4 carry, one of which comes with every pandas (dateutil 4 requires tzdata); all are the IANA's own, so that no figure depends on it.
"""

from __future__ import annotations

import importlib.util
import io
from functools import cache
from pathlib import Path
from typing import Optional
from zoneinfo import ZoneInfo

from ..errors import ParameterError

NO_DATABASE = "neither this computer nor QGIS's Python has a time-zone database"
REMEDY = "Install the Python package tzdata for QGIS (in its OSGeo4W Shell: python -m pip install tzdata)."
_IN_EVERY_DATABASE = "UTC"


def time_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name, for Python's own times (for pandas see :func:`ia_plugin.core.times.civil.pandas_zone`).

    Raises
    ------
    ParameterError
        for a name that no database has, and where there is no database at all.
    """
    found = _find(name)
    if found is not None:
        return found
    if not has_database():
        raise ParameterError(f"The time zone {name!r} cannot be looked up: {NO_DATABASE}.", REMEDY)
    raise ParameterError(f"The time zone {name!r} is not known.", "Give an IANA name such as Europe/London.")


def has_database() -> bool:
    """Whether zones can be looked up here at all."""
    return _find(_IN_EVERY_DATABASE) is not None


@cache
def _find(name: str) -> Optional[ZoneInfo]:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no such key, no name of a file, the name of a folder
        pass
    for contents in (_of_pytz(name), _of_dateutil(name)):
        if contents is not None:
            try:
                return ZoneInfo.from_file(io.BytesIO(contents), key=name)
            except ValueError:  # a file beside the zones
                continue
    return None


def _of_pytz(name: str) -> Optional[bytes]:
    try:
        import pytz

        with pytz.open_resource(name) as file:
            return bytes(file.read())
    except (ImportError, ValueError, OSError):
        return None


def _of_dateutil(name: str) -> Optional[bytes]:
    import tarfile  # as rare as a computer without a database

    package = importlib.util.find_spec("dateutil")
    if package is None or package.origin is None:
        return None
    try:
        with tarfile.open(Path(package.origin).parent / "zoneinfo" / "dateutil-zoneinfo.tar.gz") as archive:
            file = archive.extractfile(name)
            return file.read() if file is not None else None
    except (KeyError, OSError, tarfile.TarError):
        return None
