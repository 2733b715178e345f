"""An export of what a look has shown: where it may lie is looked at, and it is recorded, before the file is written."""

from __future__ import annotations

from pathlib import Path
from typing import Union

import pandas as pd

from ..core.write_file import check_writable
from ..gpkg.geopackage import GeoPackage
from .audit import add_run
from .folder import check_folder
from .local_time import zone_of
from .look import refuse_no_look
from .open_summary import is_shared
from .pair import refuse_newer
from .summary import summary_path
from .tables import RESTRICTED


def recorded_export(store: Union[str, Path], path: Path, run: pd.DataFrame) -> tuple[int, str]:
    """Record an export out of a store, a folder or a database; (EPSG code, time zone) of that store.

    Raises
    ------
    FileError
        where `path` cannot be written.
    StoreError
        for a folder that is removable or synchronised to a cloud, and where the export cannot be recorded.
    """
    shared = is_shared(store)
    place = store if shared else summary_path(store).parent
    refuse_no_look(place)
    check_folder(path.parent)
    check_writable(path)
    if shared:
        from .postgis.home import PostgisStore

        with PostgisStore(str(place)) as home:
            home.add_run(run)
            return home.epsg, home.timezone
    with GeoPackage(Path(place) / RESTRICTED, create=False) as package:
        refuse_newer(RESTRICTED, package)
        add_run(package, run)
        return package.epsg, zone_of(package)


__all__ = ["recorded_export"]
