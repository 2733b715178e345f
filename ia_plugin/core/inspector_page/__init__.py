"""The inspector's page: figures of a store as one file that a browser opens without QGIS, a server or a network."""
