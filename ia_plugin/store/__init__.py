"""Where tables rest: a GeoPackage on disk (embedded default) or PostGIS (shared)."""
