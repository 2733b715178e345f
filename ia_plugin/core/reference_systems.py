"""Reference systems by their code, positions brought from one to another, and the ground that each is meant for."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from .arrays import Bools, Floats
from .british_land import on_british_land
from .errors import CrsError

if TYPE_CHECKING:
    from pyproj import CRS, Transformer

# OSGB36 from WGS 84 by the Ordnance Survey's seven parameters (A guide to coordinate systems in Great Britain, 2020,
# section 6.6): about 3 m. Written out, so that it needs no database and no grid, and is the same everywhere.
_TO_BRITISH_GRID = (
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 +step +proj=cart +ellps=WGS84 "
    "+step +inv +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489 "
    "+convention=position_vector +step +inv +proj=cart +ellps=airy +step +proj=pop +v_3 "
    "+step +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy"
)


def british_grid(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """Easting and northing (EPSG:27700) of WGS 84 degrees; NaN stays NaN."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyproj looks for a database that this pipeline does not need
        from pyproj import Transformer

        return _through(Transformer.from_pipeline(_TO_BRITISH_GRID), np.asarray(lon, float), np.asarray(lat, float))


def _through(transformer: Transformer, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Positions of one shape after a transformation, in that shape; NaN for what it cannot place."""
    # pyproj 3.7 takes an array of one for a point, gives back numbers, and numpy 2 warns of it. It takes no list so.
    found = transformer.transform(x.tolist(), y.tolist()) if x.size == 1 else transformer.transform(x, y)
    east, north = (np.reshape(v, x.shape) for v in found)
    wrong = ~(np.isfinite(east) & np.isfinite(north))
    return np.where(wrong, np.nan, east), np.where(wrong, np.nan, north)


def reference_system(epsg: int) -> CRS:
    """The ``pyproj.CRS`` of a code.

    Raises
    ------
    CrsError
        for a code that PROJ does not know, and where PROJ's database itself is not found.
    """
    from pyproj import CRS
    from pyproj.exceptions import CRSError, DataDirError

    try:
        return CRS.from_epsg(epsg)
    except DataDirError as error:
        raise CrsError(
            "PROJ's database (proj.db) is not found.", "Set the environment variable PROJ_DATA to the folder it is in."
        ) from error
    except CRSError as error:
        raise CrsError(f"EPSG:{epsg} is not known.", "Give the code of a projected system, such as 27700.") from error


def projected(x: Floats, y: Floats, source: int, target: int) -> tuple[Floats, Floats]:
    """Positions from one reference system to another, by their EPSG codes; NaN stays NaN."""
    if source == target:
        return x, y
    if (source, target) == (4326, 27700):
        return british_grid(x, y)
    from pyproj import Transformer

    systems = reference_system(source), reference_system(target)
    return _through(Transformer.from_crs(*systems, always_xy=True), x, y)


def on_own_ground(x: Floats, y: Floats, epsg: int) -> Bools:
    """Whether positions lie where a reference system is meant for, bool (n,): British land, else its area of use.

    The area of use is taken as a rectangle, a tenth wider on each side; all lies in a system that names none.
    """
    if epsg == 27700:
        return on_british_land(x, y)
    system = reference_system(epsg)
    if system.area_of_use is None:
        known: Bools = np.isfinite(x) & np.isfinite(y)
        return known
    from pyproj import Transformer

    west, south, east, north = Transformer.from_crs(4326, system, always_xy=True).transform_bounds(
        *system.area_of_use.bounds
    )
    wide, high = (east - west) / 10, (north - south) / 10
    near: Bools = (x >= west - wide) & (x <= east + wide) & (y >= south - high) & (y <= north + high)
    return near
