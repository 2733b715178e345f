"""GeoPackages as files: tables written by the million rows and read back. It knows no force and no officer."""
