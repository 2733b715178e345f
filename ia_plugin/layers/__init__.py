"""The door between QGIS layers and DataFrames, both ways.

Nothing else in the plugin turns features into rows or rows into features. Reading opens a data source handle of its own
and touches no project, canvas or widget, so it may run on any thread.
"""

from .bulk_output import BulkOutput
from .metric_system import metric_system_of
from .origin import Origin
from .polygons import read_areas, read_lines
from .positions import epsg_code, to_crs
from .read_layers import read_legs, read_points, read_table
from .write_layers import describe, fields_for, mark_utc, write_table

__all__ = [
    "BulkOutput",
    "Origin",
    "describe",
    "epsg_code",
    "fields_for",
    "mark_utc",
    "metric_system_of",
    "read_areas",
    "read_legs",
    "read_lines",
    "read_points",
    "read_table",
    "to_crs",
    "write_table",
]
