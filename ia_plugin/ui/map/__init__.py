"""The filter on the map: layers of the project and of the store, the Temporal Controller, areas drawn by hand."""
